import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { type Account, accountOf } from "./accounts.ts";
import type { Permissions } from "./permissions.ts";

export type App = {
  id: number;
  clientId: string;
  slug: string;
  name: string;
  /** The key's private half as GitHub hands it out: PKCS #1, in PEM. */
  privateKey: string;
  publicKey: string;
  permissions: Permissions;
  events: string[];
  createdAt: Date;
};

/** Registers a GitHub App: its name, what it may do, and a fresh key pair. */
export async function registerApp(permissions: Permissions, createdAt: Date): Promise<App> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return {
    id: 424_242,
    clientId: "Iv23liPushwrightStand",
    slug: "pushwright",
    name: "Pushwright",
    privateKey,
    publicKey,
    permissions,
    events: ["push", "check_run", "issue_comment", "pull_request"],
    createdAt,
  };
}

/** The account under which the app's own comments and statuses appear. */
export function botAccount(app: App): Account {
  return accountOf(`${app.slug}[bot]`);
}
