import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { addresses } from "../local-cluster/addresses.ts";
import { unpackDebianProgram } from "../local-cluster/binaries/debian-packages.ts";
import { clusterFolders } from "../local-cluster/folders.ts";
import { findFreePort } from "./free-port.ts";
import type { TokenService } from "./token-service.ts";

/** A registry of a story's own. */
export type RegistryServer = {
  /** `host:port`, the same for pods and for this machine. */
  readonly host: string;
  /** PEM file of the authority that signed its certificate. */
  readonly ca: string;
  close(): Promise<void>;
};

/** What registries that ask for a login know, for those who are to know it too. */
export const REGISTRY_LOGIN = { user: "builder", password: "pushes-for-the-story" };
/** The same as registries keep it. */
const KEPT = `${REGISTRY_LOGIN.user}:$2y$05$abcdefghijklmnopqrstuuF/HDacLEJ6DbMf2BV8uY88vLGyKKUX2\n`;

/** Docker's `config.json` with the login to the hosts. */
export function dockerConfig(...hosts: string[]): string {
  const { user, password } = REGISTRY_LOGIN;
  const auth = Buffer.from(`${user}:${password}`).toString("base64");
  return JSON.stringify({ auths: Object.fromEntries(hosts.map((host) => [host, { auth }])) });
}

/**
 * Starts the cluster's own kind of registry on the node's address. `https`: with a certificate of the cluster's private
 * authority. `login`: it lets in who knows {@link REGISTRY_LOGIN}; a token service, who brings its tokens. `place`:
 * where an earlier one was.
 */
export async function startRegistry(
  speaks: "https" | "http",
  access: "open" | "login" | "no-deletions" | TokenService,
  place?: string,
): Promise<RegistryServer> {
  const { binaryCache, pki } = clusterFolders();
  const program = await unpackDebianProgram(
    binaryCache,
    "docker-registry",
    "usr/bin/docker-registry",
    () => {},
  );
  const folder = await mkdtemp(join(tmpdir(), "pushwright-registry-"));
  const host = place ?? `${addresses.node}:${await findFreePort()}`;
  await writeFile(join(folder, "htpasswd"), KEPT);
  // The API server's certificate names the node's address.
  const tls = { certificate: join(pki, "kube-apiserver.crt"), key: join(pki, "kube-apiserver.key") };
  const config = {
    version: 0.1,
    storage: {
      filesystem: { rootdirectory: join(folder, "storage") },
      delete: { enabled: access !== "no-deletions" },
    },
    http: { addr: host, ...(speaks === "https" ? { tls } : {}) },
    ...(access === "login" ? { auth: { htpasswd: { realm: "story", path: join(folder, "htpasswd") } } } : {}),
    ...(typeof access === "object" ? { auth: { token: access.config } } : {}),
  };
  const path = join(folder, "config.yml");
  await writeFile(path, JSON.stringify(config)); // Every JSON text is a YAML text.
  const server = spawn(program, ["serve", path], { stdio: ["ignore", "ignore", "pipe"] });
  for await (const line of createInterface({ input: server.stderr }))
    if (line.includes("listening on")) break;
  server.stderr.resume();
  return {
    host,
    ca: join(pki, "ca.crt"),
    async close() {
      if (server.exitCode === null && server.signalCode === null) {
        server.kill();
        await once(server, "exit");
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}
