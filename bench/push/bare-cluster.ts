import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiException, BatchV1Api, CoreV1Api, KubeConfig, type V1Job, Watch } from "@kubernetes/client-node";

/** A namespace for bare Jobs. Pod Security leaves it alone, because their context is a folder of the node. */
export type BareCluster = {
  namespace: string;
  core: CoreV1Api;
  batch: BatchV1Api;
  /** The latest state of each Job, as a watch tells it. */
  awaitJob(name: string, fits: (bareJob: V1Job) => boolean): Promise<V1Job>;
};

export async function openBareCluster(
  kubeconfig: string,
  cleanUp: AsyncDisposableStack,
): Promise<BareCluster> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  const batch = config.makeApiClient(BatchV1Api);
  const namespace = `bench-bare-${randomBytes(4).toString("hex")}`;
  await core.createNamespace({ body: { metadata: { name: namespace } } });
  cleanUp.defer(() => removeNamespace(core, namespace));

  const waiting = new Set<(bareJob: V1Job) => void>();
  const path = `/apis/batch/v1/namespaces/${namespace}/jobs`;
  const watching = await new Watch(config).watch(
    path,
    {},
    (phase, bareJob: V1Job) => {
      if (phase !== "DELETED") for (const hear of waiting) hear(bareJob);
    },
    () => {},
  );
  cleanUp.defer(async () => watching.abort());

  return {
    namespace,
    core,
    batch,
    awaitJob(name, fits) {
      return new Promise((resolve) => {
        const hear = (bareJob: V1Job) => {
          if (bareJob.metadata?.name !== name || !fits(bareJob)) return;
          waiting.delete(hear);
          resolve(bareJob);
        };
        waiting.add(hear);
      });
    },
  };
}

async function removeNamespace(core: CoreV1Api, name: string): Promise<void> {
  await core.deleteNamespace({ name });
  for (;;) {
    const isGone = await core.readNamespace({ name }).then(
      () => false,
      (error) => error instanceof ApiException && error.code === 404,
    );
    if (isGone) return;
    await sleep(200);
  }
}
