import { z } from "zod";
import { boundText } from "../../core/bound-text.ts";
import { fetchAnswer, readText } from "../common/fetch-answer.ts";
import { formatApiPath, type PathPart } from "./api-path.ts";
import { GiteaRefusal } from "./fault.ts";

export type GiteaRequest = {
  method?: "GET" | "POST" | "PATCH";
  /** After `/api/v1`, part by part: each is escaped. */
  path: readonly PathPart[];
  query?: Record<string, string | number | boolean>;
  /** Sent as JSON. */
  body?: unknown;
};

export type GiteaAccess = {
  /** Its address, with its path if it has one: `https://gitea.example.com`. */
  url: string;
  /** An access token of the bot's account. */
  token: string;
};

export type Patience = { signal?: AbortSignal | undefined; answerMs?: number | undefined };

const MAX_REFUSAL = 500;

/** The answer to a request, if it is a good one. Rejects with a GiteaRefusal otherwise. */
export async function sendRequest(
  { url: root, token }: GiteaAccess,
  { method = "GET", path, query = {}, body }: GiteaRequest,
  { signal, answerMs }: Patience,
): Promise<Response> {
  const url = new URL(`${root}/api/v1${formatApiPath(path)}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  const options: RequestInit = {
    method,
    headers: { authorization: `token ${token}`, "content-type": "application/json" },
    redirect: method === "GET" ? "follow" : "manual",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  };
  const answer = await fetchAnswer(url.href, options, answerMs);
  const moved = movedTo(answer, url);
  const last = moved ? await fetchAnswer(moved.href, options, answerMs) : answer;
  if (last.ok) return last;
  throw new GiteaRefusal(last.status, await readRefusal(last));
}

/**
 * A renamed repository is answered with a redirect, at which fetch would make a GET of a POST. Followed within the same
 * server only: the token goes nowhere else.
 */
function movedTo({ status, headers }: Response, from: URL): URL | undefined {
  if (status < 300 || status > 399) return undefined;
  const to = URL.parse(headers.get("location") ?? "", from.href);
  return to?.origin === from.origin ? to : undefined;
}

/** Refusals come as `{ message }`, or from a proxy as whatever it likes. */
async function readRefusal(answer: Response): Promise<string> {
  const text = answer.body ? await readText(answer.body, 100_000).catch(() => "") : "";
  try {
    return boundText(z.object({ message: z.string() }).parse(JSON.parse(text)).message, MAX_REFUSAL);
  } catch {
    return boundText(text.trim() || answer.statusText, MAX_REFUSAL);
  }
}
