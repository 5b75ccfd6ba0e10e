import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { KubeConfig } from "@kubernetes/client-node";
import { RegistryPlace } from "../../src/core/image-reference.ts";
import {
  ensureLocalCluster,
  localClusterObstacle,
  stopLocalCluster,
} from "../../test/local-cluster/local-cluster.ts";
import type { DemoContext } from "../demo-context.ts";
import type { DemoCluster } from "./demo-cluster.ts";

const PROGRAM = join(import.meta.dirname, "../../test/local-cluster/main.ts");
/** The images of the demo go under a path of their own: the registry is shared. */
const PREFIX = "demo";

/** Brings up the project's own cluster, unless it runs. What the demo started, it stops at its end. */
export async function openOwnCluster(
  { options, cleanUp, signal }: DemoContext,
  note: (text: string) => void,
): Promise<DemoCluster> {
  const obstacle = localClusterObstacle();
  if (obstacle) throw new Error(explain(obstacle));
  if ((await runProgram("status", () => {}, signal)) !== 0) {
    if (!options.keepCluster) cleanUp.later("the cluster", () => stopLocalCluster());
    // In a process of its own, so that Ctrl-C also ends a start that builds Kubernetes for minutes.
    const exitCode = await runProgram("up", note, signal);
    if (exitCode !== 0)
      throw new Error(`bringing up the cluster: exit code ${exitCode}; the reason is above`);
  }
  const cluster = await ensureLocalCluster(() => {});
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(cluster.kubeconfig);
  const { push, pull, api } = cluster.registry;
  const under = (place: string) => RegistryPlace.parse(`${place}/${PREFIX}`);
  return {
    kubeConfig,
    kubeconfigFile: cluster.kubeconfig,
    registry: { push: under(push), pull: under(pull), api: under(new URL(api).host) },
    kanikoImage: options.kanikoImage ?? cluster.kanikoImage,
    // Builds run in pods, which know the registry by another name than the node.
    baseImage: options.baseImage ?? cluster.baseImage.replace(pull, push),
  };
}

async function runProgram(
  command: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const child = spawn(process.execPath, [PROGRAM, command], { stdio: ["ignore", "ignore", "pipe"] });
  const abort = () => child.kill("SIGTERM");
  signal.addEventListener("abort", abort);
  createInterface({ input: child.stderr }).on("line", onLine);
  const [exitCode] = await once(child, "close");
  signal.removeEventListener("abort", abort);
  signal.throwIfAborted();
  return exitCode ?? 1;
}

function explain(obstacle: string): string {
  return [
    `The demo's own cluster cannot run here: ${obstacle}.`,
    "Take a cluster that you have instead (kind, k3d, minikube, or any other context of your kubeconfig):",
    "",
    "  npm run demo -- --context NAME",
  ].join("\n");
}
