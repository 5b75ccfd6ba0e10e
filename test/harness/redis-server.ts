import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findFreePort } from "./free-port.ts";

const program = "redis-server";

/** A Redis of the test's own, in a process and a folder of its own. */
export type RedisServer = {
  port: number;
  url: string;
  /** Stops it as a crash would; `start` starts it again with what it kept. */
  kill(): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
};

/** Why no Redis can be started here, if none can. */
export function redisObstacle(): string | undefined {
  const { error } = spawnSync(program, ["--version"]);
  return error && `${program} cannot be run (${error.message}): install Debian's package ${program}`;
}

/** Starts a Redis on a free port. `settings` as in redis.conf: `{ appendonly: "no", "rename-command": ["GET", "G"] }`. */
export async function startRedis(settings: Record<string, string | string[]> = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-redis-"));
  const port = await findFreePort();
  const all = {
    bind: "127.0.0.1",
    port: String(port),
    dir: folder,
    save: "",
    appendonly: "yes",
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, ...[value].flat()]);
  let server = await run(args).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill("SIGKILL");
    await once(server, "exit");
  };
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill,
    async start() {
      server = await run(args);
    },
    async dispose() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function run(args: string[]): Promise<ChildProcess> {
  const server = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  const printed: string[] = [];
  for await (const line of createInterface({ input: server.stdout })) {
    printed.push(line);
    if (!line.includes("Ready to accept connections")) continue;
    server.stdout.resume();
    return server;
  }
  throw new Error(`starting redis-server: it ended before it was ready\n${printed.join("\n")}`);
}
