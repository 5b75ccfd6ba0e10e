import { type Challenge, parseChallenge } from "./challenge.ts";
import type { Login } from "./docker-config.ts";
import { type AskTokenService, basicHeader, fetchToken } from "./fetch-token.ts";

/** What a token is asked for: one repository, to read it, or to write or delete in it too. */
export type Scope = { repository: string; actions: "pull" | "pull,push" | "pull,delete" };

export type AuthorizedRegistry = {
  /** The registry speaks plain HTTP: then its token service may too. */
  insecure: boolean;
  loginFor(repository: string): Login | undefined;
  ask: AskTokenService;
};

type Answer = { status: number; challenge: string };

export type RegistryAuth = {
  /**
   * Sends a request, with a login once the registry has said how it wants one; again when its answer is that it wants
   * another. What `canRepeat` denies, a body that streams, is sent once only.
   */
  send<Sent extends Answer>(
    scope: Scope,
    send: (headers: { authorization?: string }) => Promise<Sent>,
    canRepeat?: boolean,
  ): Promise<Sent>;
};

/** A token that is about to end might end on its way. */
const MARGIN_SECONDS = 10;
const MAX_TOKENS = 100;

/** Shows a registry logins as it asks for them: Basic, or Bearer with tokens of one repository each. */
export function createRegistryAuth({ insecure, loginFor, ask }: AuthorizedRegistry): RegistryAuth {
  let challenge: Challenge | undefined;
  const tokens = new Map<string, { header: string; until: number }>();
  return {
    async send(scope, send, canRepeat = true) {
      const header = await headerFor(scope);
      const answer = await send(header === undefined ? {} : { authorization: header });
      if (answer.status !== 401) return answer;
      challenge = parseChallenge(answer.challenge) ?? challenge;
      tokens.delete(keyOf(scope));
      if (!canRepeat) return answer;
      const other = await headerFor(scope);
      return other === undefined || other === header ? answer : send({ authorization: other });
    },
  };

  async function headerFor(scope: Scope): Promise<string | undefined> {
    if (challenge === undefined) return undefined;
    const login = loginFor(scope.repository);
    if (login?.kind === "token") return `Bearer ${login.token}`;
    if (challenge.scheme === "basic") return login?.kind === "password" ? basicHeader(login) : undefined;
    const known = tokens.get(keyOf(scope));
    if (known && known.until > Date.now()) return known.header;
    requireSafe(challenge.realm);
    const { token, seconds } = await fetchToken(ask, challenge, `repository:${keyOf(scope)}`, login);
    if (tokens.size >= MAX_TOKENS) tokens.clear();
    const header = `Bearer ${token}`;
    tokens.set(keyOf(scope), { header, until: Date.now() + (seconds - MARGIN_SECONDS) * 1000 });
    return header;
  }

  /** A registry must not be able to have its login sent where everybody can read it. */
  function requireSafe(realm: string): void {
    if (insecure || new URL(realm).protocol === "https:") return;
    throw new Error(`the registry's token service ${realm} would get the login over plain HTTP`);
  }
}

function keyOf({ repository, actions }: Scope): string {
  return `${repository}:${actions}`;
}
