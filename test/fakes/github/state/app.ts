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

/** What an app is registered with: what it may do, and what it is told. */
export type Manifest = { permissions: Permissions; events: string[] };

/** Registers a GitHub App: its name, what it may do, and a fresh key pair. */
export async function registerApp({ permissions, events }: Manifest, createdAt: Date): Promise<App> {
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
    // GitHub gives this one to every app.
    permissions: { metadata: "read", ...permissions },
    events,
    createdAt,
  };
}

/** The account under which the app's own comments and statuses appear. */
export function botAccount(app: App): Account {
  return accountOf(`${app.slug}[bot]`);
}
