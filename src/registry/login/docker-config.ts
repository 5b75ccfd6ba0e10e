import { z } from "zod";

/** What a registry, or its token service, is shown. */
export type Login =
  | { kind: "password"; user: string; password: string }
  /** What a token service gives tokens for. */
  | { kind: "identity"; token: string }
  /** A token for the registry itself. */
  | { kind: "token"; token: string };

export type LoginBook = {
  /** The login of the longest key that the image's place is below. */
  loginFor(host: string, path: string): Login | undefined;
  /** The hosts that there is a login for. */
  readonly hosts: readonly string[];
};

/** https://github.com/docker/cli/blob/v28.0.0/cli/config/types/authconfig.go */
const AuthEntry = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
  registrytoken: z.string().optional(),
});
const DockerConfig = z.object({ auths: z.record(z.string(), AuthEntry) });

export const NO_LOGINS: LoginBook = { hosts: [], loginFor: () => undefined };

/** Reads a Docker `config.json`, as it also stands in a Secret of type kubernetes.io/dockerconfigjson. */
export function parseDockerConfig(doing: string, text: string): LoginBook {
  const parsed = DockerConfig.safeParse(parseJson(doing, text));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    // Never the text itself: it holds passwords.
    throw new Error(
      `${doing}: expected Docker's config.json with \`auths\`; helpers such as \`credsStore\` are not asked (${faults.join("; ")})`,
    );
  }
  const logins = new Map<string, Login>();
  for (const [key, entry] of Object.entries(parsed.data.auths)) {
    const login = loginOf(entry);
    if (login) logins.set(normalizeKey(key), login);
  }
  return {
    hosts: [...new Set([...logins.keys()].map((key) => key.split("/")[0] ?? key))],
    loginFor(host, path) {
      const parts = [normalizeHost(host), ...path.split("/")];
      for (let length = parts.length; length > 0; length--) {
        const login = logins.get(parts.slice(0, length).join("/"));
        if (login) return login;
      }
      return undefined;
    },
  };
}

function loginOf(entry: z.infer<typeof AuthEntry>): Login | undefined {
  const { auth, username, password, identitytoken, registrytoken } = entry;
  if (registrytoken) return { kind: "token", token: registrytoken };
  if (identitytoken) return { kind: "identity", token: identitytoken };
  if (username && password !== undefined) return { kind: "password", user: username, password };
  const decoded = Buffer.from(auth ?? "", "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  if (colon <= 0) return undefined;
  // Docker itself ends some of them with zero bytes.
  return {
    kind: "password",
    user: decoded.slice(0, colon),
    password: decoded.slice(colon + 1).replace(/\0+$/, ""),
  };
}

/** `https://index.docker.io/v1/` → `docker.io` */
function normalizeKey(key: string): string {
  const [host = "", ...path] = key
    .replace(/^https?:\/\//, "")
    .replace(/\/(?:v[12]\/?)?$/, "")
    .split("/");
  return [normalizeHost(host), ...path].join("/");
}

function normalizeHost(host: string): string {
  return ["index.docker.io", "registry-1.docker.io"].includes(host) ? "docker.io" : host;
}

function parseJson(doing: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${doing}: it is no JSON`);
  }
}
