import type { Builder } from "./builders/builder.ts";
import { createClusterVerifier } from "./builders/cluster-verifier/verifier.ts";
import { createKanikoBuilder } from "./builders/kaniko/builder.ts";
import type { BuilderLog } from "./builders/kaniko/log.ts";
import { resourcesOf } from "./builders/kaniko/resources-of.ts";
import type { KanikoSettings } from "./builders/kaniko/settings.ts";
import type { Verifier } from "./builders/verifier.ts";
import type { Policy } from "./core/policy.ts";
import { loadKubeConfig } from "./load-kube-config.ts";
import { loadBuildRegistries, loadOwnRegistry } from "./load-registries.ts";
import { createOciRegistry } from "./registry/oci-registry.ts";
import type { Registry } from "./registry/registry.ts";
import type { BuildSettings } from "./settings/settings.ts";

/** An ended build whose bot is gone stays so long in the cluster: time to come back and find its result. */
export const TTL_SECONDS = 3600;
const START_GRACE_SECONDS = 120;

/** What runs builds, as the operator wants it. */
export async function composeBuilder(
  settings: BuildSettings,
  policy: Policy,
  log: BuilderLog,
  startGraceSeconds = START_GRACE_SECONDS,
): Promise<Builder> {
  const kaniko = await kanikoSettings(settings, policy);
  if (kaniko.registrySecret !== undefined && kaniko.proxyImage === undefined)
    log.warn(
      { secret: kaniko.registrySecret },
      "every command of a trusted build can read the registry's login: set PUSHWRIGHT_PROXY_IMAGE",
    );
  return createKanikoBuilder({ ...kaniko, startGraceSeconds }, loadKubeConfig(settings.kubeconfig), log);
}

/** What runs pushed images: where builds run, with limits of their own. */
export async function composeVerifier(
  settings: BuildSettings,
  policy: Policy,
  log: BuilderLog,
): Promise<Verifier> {
  const kaniko = await kanikoSettings(settings, policy);
  const resources = resourcesOf(policy.verify);
  return createClusterVerifier({ ...kaniko, resources }, loadKubeConfig(settings.kubeconfig), log);
}

async function kanikoSettings(
  settings: BuildSettings,
  { security, capabilities, limits, placement, cacheTtlSeconds }: Policy,
): Promise<KanikoSettings> {
  const { registrySecret, proxyImage, mirrorsOnly } = settings;
  return {
    namespace: settings.namespace,
    image: settings.kanikoImage,
    security,
    capabilities,
    resources: resourcesOf(limits),
    placement,
    deadlineSeconds: limits.deadlineSeconds,
    ttlSeconds: TTL_SECONDS,
    startGraceSeconds: START_GRACE_SECONDS,
    cacheTtlSeconds,
    registries: await loadBuildRegistries(settings),
    mirrorsOnly,
    ...(registrySecret === undefined ? {} : { registrySecret }),
    ...(proxyImage === undefined ? {} : { proxyImage }),
  };
}

/** The registry that images go to, as the bot reaches it. */
export async function composeRegistry(settings: BuildSettings): Promise<Registry> {
  return createOciRegistry(await loadOwnRegistry(settings));
}
