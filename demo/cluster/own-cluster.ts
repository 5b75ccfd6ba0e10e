import { existsSync } from "node:fs";
import { KubeConfig } from "@kubernetes/client-node";
import { RegistryPlace } from "../../src/core/image-reference.ts";
import { clusterFolders } from "../../test/local-cluster/folders.ts";
import { localClusterObstacle, stopLocalCluster } from "../../test/local-cluster/local-cluster.ts";
import type { DemoContext } from "../demo-context.ts";
import type { DemoCluster } from "./demo-cluster.ts";
import { runBringUp } from "./run-bring-up.ts";

/** The demo's images go under a path of their own: the registry is the cluster's. */
const PREFIX = "demo";

/** Brings up the project's own cluster, unless it runs. What the demo started, it stops at its end. */
export async function openOwnCluster(
  { options, cleanUp, signal }: DemoContext,
  note: (text: string) => void,
): Promise<DemoCluster> {
  const obstacle = localClusterObstacle();
  if (obstacle) throw new Error(explain(obstacle));
  const run = runBringUp(note, signal);
  cleanUp.later("the cluster (npm run cluster:down ends it)", async () => {
    const cluster = await run.cluster.catch(() => undefined);
    // Its kubeconfig is written last: without one, the start was broken off.
    const isHalfDone = !cluster && run.hasBegun() && !existsSync(clusterFolders().kubeconfig);
    if (isHalfDone || (cluster?.started && !options.keepCluster)) await stopLocalCluster();
  });
  const cluster = await run.cluster;
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

function explain(obstacle: string): string {
  return [
    `The demo's own cluster cannot run here: ${obstacle}.`,
    "",
    "Take a cluster that you have instead: kind, k3d, minikube, or any other context of your kubeconfig:",
    "  npm run demo -- --context NAME",
  ].join("\n");
}
