/** What can go wrong between a build and a registry. */
export type RegistryTrouble =
  | "not-found"
  | "unauthorized"
  | "denied"
  | "rate-limited"
  | "dns"
  | "unreachable"
  | "tls"
  | "plain-http"
  | "server-error";

/** The words of Go's network code and of https://github.com/google/go-containerregistry */
const WORDS: [RegistryTrouble, RegExp][] = [
  ["plain-http", /server gave HTTP response to HTTPS client/],
  ["tls", /x509: |tls: /],
  ["dns", /no such host/],
  ["rate-limited", /TOOMANYREQUESTS|429 Too Many Requests/],
  ["not-found", /MANIFEST_UNKNOWN|NAME_UNKNOWN|NOT_FOUND|404 Not Found/],
  ["unauthorized", /UNAUTHORIZED|401 Unauthorized/],
  ["denied", /DENIED|403 Forbidden/],
  ["server-error", /5\d\d (?:Internal|Bad|Service|Gateway)|UNKNOWN: |BLOB_UPLOAD/],
  [
    "unreachable",
    /connection refused|connection reset|i\/o timeout|timeout|no route to host|network is unreachable|server misbehaving|\bEOF\b|broken pipe/,
  ],
];

export function registryTroubleIn(words: string): RegistryTrouble | undefined {
  return WORDS.find(([, pattern]) => pattern.test(words))?.[0];
}

/** These may well be gone when it is tried again. */
export function isPassing(trouble: RegistryTrouble): boolean {
  return trouble === "rate-limited" || trouble === "unreachable" || trouble === "server-error";
}

/** The registry's host, from the request that failed. */
export function registryHostIn(words: string): string | undefined {
  return /https?:\/\/([^/"\s]+)\//.exec(words)?.[1];
}
