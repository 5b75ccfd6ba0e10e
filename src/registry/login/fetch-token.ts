import { z } from "zod";
import type { Fetched, FetchOptions } from "../fetch-from.ts";
import type { Challenge } from "./challenge.ts";
import type { Login } from "./docker-config.ts";
import { LoginRefused } from "./login-refused.ts";

export type AskTokenService = (
  url: URL,
  request: Pick<FetchOptions, "method" | "headers" | "body">,
) => Promise<Omit<Fetched, "location">>;

/** `expires_in` counts from when the token was made; without it a minute is what clients may expect. */
const Token = z.object({
  token: z.string().optional(),
  access_token: z.string().optional(),
  expires_in: z.number().positive().default(60),
});

/** Asks a registry's token service for a token of just this scope. */
export async function fetchToken(
  ask: AskTokenService,
  { realm, service }: Extract<Challenge, { scheme: "bearer" }>,
  scope: string,
  login: Login | undefined,
): Promise<{ token: string; seconds: number }> {
  const url = new URL(realm);
  const doing = `asking ${url.origin}${url.pathname} for a token of ${scope}`;
  const answer =
    login?.kind === "identity" ? await exchange(login.token) : await ask(withQuery(), { headers: basic() });
  if (answer.status !== 200) throw new LoginRefused(doing, answer.status);
  const parsed = Token.safeParse(JSON.parse(answer.body.toString("utf8")));
  const token = parsed.data?.token || parsed.data?.access_token;
  if (!parsed.success || !token) throw new Error(`${doing}: its answer has no token`);
  return { token, seconds: parsed.data.expires_in };

  function withQuery(): URL {
    if (service !== undefined) url.searchParams.set("service", service);
    url.searchParams.set("scope", scope);
    return url;
  }

  function basic(): Record<string, string> {
    return login?.kind === "password" ? { authorization: basicHeader(login) } : {};
  }

  /** https://distribution.github.io/distribution/spec/auth/oauth/ */
  function exchange(refreshToken: string): ReturnType<AskTokenService> {
    const form = new URLSearchParams({
      grant_type: "refresh_token",
      client_id: "pushwright",
      refresh_token: refreshToken,
      scope,
      ...(service === undefined ? {} : { service }),
    });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return ask(url, { method: "POST", headers, body: Buffer.from(form.toString()) });
  }
}

export function basicHeader({ user, password }: Extract<Login, { kind: "password" }>): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
