import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findFreePort } from "./free-port.ts";

/** A registry of a story's own, that pods reach under the same name as the bot. */
export type RegistryServer = {
  /** `host:port` */
  readonly host: string;
  close(): Promise<void>;
};

export type RegistryServerOptions = {
  /** The address that both pods and this machine reach. */
  address: string;
  /** PEM files: the registry then speaks HTTPS. */
  tls?: { certificate: string; key: string };
  /** An htpasswd file: the registry then asks for a login. */
  htpasswd?: string;
};

/** Starts Debian's docker-registry, which is the reference implementation: https://distribution.github.io/distribution/ */
export async function startRegistry({ address, tls, htpasswd }: RegistryServerOptions): Promise<RegistryServer> {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-registry-"));
  const host = `${address}:${await findFreePort()}`;
  const config = {
    version: 0.1,
    storage: { filesystem: { rootdirectory: join(folder, "storage") } },
    http: { addr: host, ...(tls ? { tls } : {}) },
    ...(htpasswd ? { auth: { htpasswd: { realm: "story", path: htpasswd } } } : {}),
  };
  const path = join(folder, "config.yml");
  await writeFile(path, JSON.stringify(config)); // Every JSON text is a YAML text.
  const server = spawn("docker-registry", ["serve", path], { stdio: ["ignore", "ignore", "pipe"] });
  for await (const line of createInterface({ input: server.stderr })) if (line.includes("listening on")) break;
  server.stderr.resume();
  return {
    host,
    async close() {
      server.kill();
      if (server.exitCode === null) await once(server, "exit");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
