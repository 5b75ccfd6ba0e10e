import { createSign } from "node:crypto";
import { Octokit } from "@octokit/rest";
import type { GitHub } from "../../fakes/github/github.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

type Claims = { iss?: string | number; iat?: number; exp?: number };

/** Makes an app's JSON web token; claims that are not given are right ones. */
export function appJwt(github: GitHub, claims: Claims = {}, privateKey = github.privateKey): string {
  const now = Math.floor(github.world.clock.now().getTime() / 1000);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const usual = { iss: github.appId, iat: now - 30, exp: now + 540 };
  const text = `${encode({ alg: "RS256", typ: "JWT" })}.${encode({ ...usual, ...claims })}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
}

/** A client with these credentials. */
export function clientWith(github: GitHub, credentials: string): Octokit {
  return new Octokit({ auth: credentials, baseUrl: `${github.url}/api/v3`, log: silent });
}

/** A client with a token of the only installation, narrowed if asked. */
export async function installationClient(github: GitHub, narrowing: object = {}): Promise<Octokit> {
  const app = clientWith(github, appJwt(github));
  const [installation] = github.world.installations.all();
  const installation_id = Number(installation?.id);
  const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id, ...narrowing });
  return clientWith(github, data.token);
}
