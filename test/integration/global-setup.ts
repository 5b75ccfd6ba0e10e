import { existsSync } from "node:fs";
import { redisObstacle } from "../harness/redis-server.ts";
import { installDebianPackages } from "../local-cluster/binaries/debian-packages.ts";

/** Installs Redis where that can be done; elsewhere its stories are skipped, with the reason. */
export async function setup(): Promise<void> {
  const canInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (redisObstacle() === undefined || !canInstall) return;
  await installDebianPackages({ "redis-server": "the stories of the queue on Redis" }, (line) =>
    process.stderr.write(`${line}\n`),
  );
}
