/** How a registry wants to be shown a login. */
export type Challenge =
  | { scheme: "basic" }
  | { scheme: "bearer"; realm: string; service: string | undefined };

/** Reads a `WWW-Authenticate`: https://distribution.github.io/distribution/spec/auth/token/ */
export function parseChallenge(header: string): Challenge | undefined {
  const bearer = /\bBearer\s+((?:\w+="[^"]*"[\s,]*)+)/i.exec(header)?.[1];
  if (bearer !== undefined) {
    const values = new Map([...bearer.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
    const realm = values.get("realm");
    if (realm !== undefined) return { scheme: "bearer", realm, service: values.get("service") };
  }
  return /\bBasic\b/i.test(header) ? { scheme: "basic" } : undefined;
}
