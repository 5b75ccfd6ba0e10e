import { printStatus } from "./lifecycle/print-status.ts";
import { ensureLocalCluster, stopLocalCluster } from "./local-cluster.ts";
import { rightsObstacle } from "./obstacle.ts";

const usage = "usage: node test/local-cluster/main.ts up | down [--purge] | status";
const toStderr = (line: string) => console.error(line);

async function main([command, ...options]: string[]): Promise<number> {
  const purge = options.includes("--purge");
  if (options.some((option) => command !== "down" || option !== "--purge")) throw new Error(usage);
  if (command !== "up" && command !== "down" && command !== "status") throw new Error(usage);
  const obstacle = rightsObstacle();
  if (obstacle) throw new Error(`The local cluster cannot run here: ${obstacle}.`);
  if (command === "status") return (await printStatus(console.log)) ? 0 : 1;
  if (command === "down") await stopLocalCluster({ purge, progress: toStderr });
  else console.log((await ensureLocalCluster(toStderr)).kubeconfig);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
