import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addresses, ports } from "../addresses.ts";
import type { ClusterFolders } from "../folders.ts";
import type { Daemon } from "../processes/daemon.ts";

/**
 * One registry behind two addresses: 127.0.0.1 for the node and the host, the bridge for pods. The program takes only
 * one, and listening on all of them would open an unguarded registry to the machine's network. So there are two
 * processes on one storage, which the registry supports as long as the secret is the same and nothing is cached.
 */
export function registries(folders: ClusterFolders, program: string): Daemon[] {
  mkdirSync(folders.registry, { recursive: true });
  mkdirSync(folders.config, { recursive: true });
  return [
    registry(folders, program, "registry", "127.0.0.1"),
    registry(folders, program, "registry-for-pods", addresses.node),
  ];
}

function registry(folders: ClusterFolders, program: string, name: string, address: string): Daemon {
  const config = {
    version: "0.1",
    log: { level: "info", accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: folders.registry }, delete: { enabled: true } },
    http: { addr: `${address}:${ports.registry}`, secret: "pushwright-cluster" },
  };
  const configFile = join(folders.config, `${name}.yml`);
  writeFileSync(configFile, JSON.stringify(config, null, 2));
  return { name, command: program, args: ["serve", configFile], env: { OTEL_TRACES_EXPORTER: "none" } };
}
