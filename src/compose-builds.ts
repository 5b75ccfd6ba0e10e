import type { Builder } from "./builders/builder.ts";
import { createKanikoBuilder } from "./builders/kaniko/builder.ts";
import type { BuilderLog } from "./builders/kaniko/log.ts";
import type { Policy } from "./core/policy.ts";
import { loadKubeConfig } from "./load-kube-config.ts";
import { loadBuildRegistries, loadOwnRegistry } from "./load-registries.ts";
import { createOciRegistry } from "./registry/oci-registry.ts";
import type { Registry } from "./registry/registry.ts";
import type { BuildSettings } from "./settings/settings.ts";

/** An ended build whose bot is gone stays so long in the cluster: time to come back and find its result. */
const TTL_SECONDS = 3600;
const START_GRACE_SECONDS = 120;

/** What runs builds, as the operator wants it. */
export async function composeBuilder(
  settings: BuildSettings,
  { security, capabilities, limits, cacheTtlSeconds }: Policy,
  log: BuilderLog,
): Promise<Builder> {
  const { registrySecret, proxyImage, mirrorsOnly } = settings;
  return createKanikoBuilder(
    {
      namespace: settings.namespace,
      image: settings.kanikoImage,
      security,
      capabilities,
      resources: {
        requests: { cpu: limits.cpu.request, memory: limits.memory.request },
        limits: { cpu: limits.cpu.limit, memory: limits.memory.limit },
      },
      deadlineSeconds: limits.deadlineSeconds,
      ttlSeconds: TTL_SECONDS,
      startGraceSeconds: START_GRACE_SECONDS,
      cacheTtlSeconds,
      registries: await loadBuildRegistries(settings),
      mirrorsOnly,
      ...(registrySecret === undefined ? {} : { registrySecret }),
      ...(proxyImage === undefined ? {} : { proxyImage }),
    },
    loadKubeConfig(settings.kubeconfig),
    log,
  );
}

/** The registry that images go to, as the bot reaches it. */
export async function composeRegistry(settings: BuildSettings): Promise<Registry> {
  return createOciRegistry(await loadOwnRegistry(settings));
}
