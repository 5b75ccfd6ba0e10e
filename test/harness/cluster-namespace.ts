import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiException, BatchV1Api, CoreV1Api, KubeConfig } from "@kubernetes/client-node";

/** A namespace of one story's own, under a level of Pod Security: the chart's, unless the story needs another. */
export type ClusterNamespace = {
  readonly name: string;
  readonly core: CoreV1Api;
  readonly batch: BatchV1Api;
  /** Names of all Jobs and pods in it. */
  leftovers(): Promise<string[]>;
  remove(): Promise<void>;
};

export async function createNamespace(
  kubeconfig: string,
  podSecurity: "baseline" | "privileged" = "baseline",
): Promise<ClusterNamespace> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  const batch = config.makeApiClient(BatchV1Api);
  const name = `story-${randomBytes(4).toString("hex")}`;
  const labels = { "pod-security.kubernetes.io/enforce": podSecurity };
  await core.createNamespace({ body: { metadata: { name, labels } } });
  return {
    name,
    core,
    batch,
    async leftovers() {
      const [jobs, pods] = await Promise.all([
        batch.listNamespacedJob({ namespace: name }),
        core.listNamespacedPod({ namespace: name }),
      ]);
      return [...jobs.items, ...pods.items].map(({ metadata }) => metadata?.name ?? "");
    },
    async remove() {
      await core.deleteNamespace({ name });
      while (await exists(core, name)) await sleep(200);
    },
  };
}

async function exists(core: CoreV1Api, name: string): Promise<boolean> {
  try {
    await core.readNamespace({ name });
    return true;
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return false;
    throw error;
  }
}
