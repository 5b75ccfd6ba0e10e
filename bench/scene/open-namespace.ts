import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiException, BatchV1Api, CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import type { CleanUp } from "../clean-up.ts";

export type BenchNamespace = {
  name: string;
  config: KubeConfig;
  core: CoreV1Api;
  batch: BatchV1Api;
  /** Resolves when there is no Job and no pod left in it. */
  untilEmpty(): Promise<void>;
};

/** A namespace of its own, removed with `cleanUp`. The bot's has Pod Security's `baseline`, as the chart asks for. */
export async function openNamespace(
  kubeconfig: string,
  labels: Record<string, string>,
  cleanUp: CleanUp,
): Promise<BenchNamespace> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  const batch = config.makeApiClient(BatchV1Api);
  const name = `bench-${randomBytes(4).toString("hex")}`;
  await core.createNamespace({ body: { metadata: { name, labels } } });
  cleanUp.defer(async () => {
    await core.deleteNamespace({ name });
    while (await exists(core, name)) await sleep(200);
  });
  return {
    name,
    config,
    core,
    batch,
    async untilEmpty() {
      for (;;) {
        const jobs = await batch.listNamespacedJob({ namespace: name });
        const pods = await core.listNamespacedPod({ namespace: name });
        if (jobs.items.length + pods.items.length === 0) return;
        await sleep(100);
      }
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
