import { readFile } from "node:fs/promises";
import type { Builder } from "./builders/builder.ts";
import { createKanikoBuilder } from "./builders/kaniko/builder.ts";
import type { BuilderLog } from "./builders/kaniko/log.ts";
import { splitPlace } from "./core/image-reference.ts";
import type { Policy } from "./core/policy.ts";
import { loadKubeConfig } from "./load-kube-config.ts";
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
  const { host } = splitPlace(settings.registryPush);
  const pem = await readCa(settings);
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
      insecureRegistries: settings.registryInsecure ? [host] : [],
      ...(pem === undefined ? {} : { registryCa: { host, pem } }),
    },
    loadKubeConfig(settings.kubeconfig),
    log,
  );
}

/** The registry that images go to, as the bot reaches it. */
export async function composeRegistry(settings: BuildSettings): Promise<Registry> {
  const { registryPush, registryApi: place = registryPush, registryInsecure: insecure } = settings;
  const ca = await readCa(settings);
  return createOciRegistry({ place, insecure, ...(ca === undefined ? {} : { ca }) });
}

async function readCa({ registryCa }: BuildSettings): Promise<string | undefined> {
  return registryCa === undefined ? undefined : readFile(registryCa, "utf8");
}
