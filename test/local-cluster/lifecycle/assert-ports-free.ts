import { createServer } from "node:net";
import { ports } from "../addresses.ts";
import { runCommand } from "../run-command.ts";

/** Fails with who has it when a port that the cluster needs is taken. */
export async function assertPortsFree(): Promise<void> {
  for (const port of Object.values(ports)) {
    if (await isFree(port)) continue;
    const owner = await runCommand("ss", ["-Hltnp", `sport = :${port}`]).catch(() => "");
    const program = /users:\(\("([^"]+)",pid=(\d+)/.exec(owner);
    const who = program ? `${program[1]} (process ${program[2]})` : "another program";
    throw new Error(
      `starting the cluster: it needs port ${port}, which ${who} listens on; stop that and try again`,
    );
  }
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once("error", () => resolve(false));
  server.listen(port, "0.0.0.0", () => server.close(() => resolve(true)));
  return promise;
}
