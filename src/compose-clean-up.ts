import type { Logger } from "pino";
import { createClusterImageUses } from "./builders/kaniko/cluster-image-uses.ts";
import { createClusterLeftovers } from "./builders/kaniko/cluster-leftovers.ts";
import type { CleanUpPorts } from "./builds/clean-up/clean-up-ports.ts";
import { TTL_SECONDS } from "./compose-builds.ts";
import type { History } from "./history/history.ts";
import { loadKubeConfig } from "./load-kube-config.ts";
import { loadOwnRegistry } from "./load-registries.ts";
import { createOciImageShelf } from "./registry/shelf/oci-image-shelf.ts";
import { loadPolicy } from "./settings/load-policy.ts";
import type { Settings } from "./settings/settings.ts";

/** Joins what a clean-up needs to its adapters. */
export async function composeCleanUp(
  settings: Settings,
  history: History,
  log: Logger,
): Promise<{ ports: CleanUpPorts; close(): void }> {
  const { cleanUp: policy, limits } = await loadPolicy(settings);
  const kubeConfig = loadKubeConfig(settings.kubeconfig);
  const uses = createClusterImageUses(kubeConfig, policy.namespaces);
  const leftovers = createClusterLeftovers(kubeConfig, {
    namespace: settings.namespace,
    deadlineSeconds: limits.deadlineSeconds,
    ttlSeconds: TTL_SECONDS,
  });
  const shelf = createOciImageShelf(await loadOwnRegistry(settings));
  return {
    ports: { history, shelf, uses, leftovers, policy, now: Date.now, log },
    close() {
      uses.close();
      leftovers.close();
    },
  };
}
