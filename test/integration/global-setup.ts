import { existsSync } from "node:fs";
import { chromiumObstacle } from "../harness/chromium.ts";
import { redisObstacle } from "../harness/redis-server.ts";
import { installDebianPackages } from "../local-cluster/binaries/debian-packages.ts";

/** Installs what stories need where that can be done; elsewhere they are skipped, with the reason. */
export async function setup(): Promise<void> {
  const canInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (!canInstall) return;
  const packages = {
    ...(redisObstacle() === undefined ? {} : { "redis-server": "the stories of the storage on Redis" }),
    ...(chromiumObstacle() === undefined ? {} : { chromium: "the stories of pages in a browser" }),
  };
  await installDebianPackages(packages, (line) => process.stderr.write(`${line}\n`));
}
