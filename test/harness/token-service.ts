import { randomUUID, sign, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { addresses } from "../local-cluster/addresses.ts";
import { clusterFolders } from "../local-cluster/folders.ts";
import { findFreePort } from "./free-port.ts";

/** Gives out what a registry asks for: https://distribution.github.io/distribution/spec/auth/jwt/ */
export type TokenService = {
  /** How a registry is told to trust it. */
  readonly config: { realm: string; service: string; issuer: string; rootcertbundle: string };
  /** What tokens were asked for, by whom (`""` for nobody). */
  readonly asked: { scope: string; user: string }[];
  close(): Promise<void>;
};

const SERVICE = "story-registry";
const ISSUER = "story-tokens";
const SECONDS = 300;

/** Whoever shows `login` gets the token that he asks for, and nobody else any. */
export async function startTokenService(login: { user: string; password: string }): Promise<TokenService> {
  const { pki } = clusterFolders();
  // The API server's certificate names the node's address, and signs as well as any other.
  const key = readFileSync(join(pki, "kube-apiserver.key"));
  const cert = readFileSync(join(pki, "kube-apiserver.crt"));
  const asked: TokenService["asked"] = [];
  const known = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString("base64")}`;
  const server = createServer({ key, cert }, (request, response) => {
    const { searchParams } = new URL(request.url ?? "", "https://tokens");
    const scope = searchParams.get("scope") ?? "";
    const isKnown = request.headers.authorization === known;
    asked.push({ scope, user: isKnown ? login.user : "" });
    response.writeHead(isKnown ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(isKnown ? { token: tokenOf(scope), expires_in: SECONDS } : {}));
  });
  const port = await findFreePort();
  await new Promise<void>((resolve) => server.listen(port, addresses.node, resolve));
  return {
    config: {
      realm: `https://${addresses.node}:${port}/token`,
      service: SERVICE,
      issuer: ISSUER,
      rootcertbundle: join(pki, "ca.crt"),
    },
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  function tokenOf(scope: string): string {
    const [type = "", name = "", actions = ""] = scope.split(":");
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, nbf: now - 10, exp: now + SECONDS };
    const header = { typ: "JWT", alg: "ES256", x5c: [new X509Certificate(cert).raw.toString("base64")] };
    const claims = {
      ...{ iss: ISSUER, sub: login.user, aud: SERVICE, jti: randomUUID() },
      ...times,
      access: [{ type, name, actions: actions.split(",") }],
    };
    const signed = [header, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
    return `${signed}.${signature.toString("base64url")}`;
  }
}
