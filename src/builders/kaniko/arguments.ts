import type { BuildPlan } from "../builder.ts";
import { literal } from "./literal.ts";
import { planRegistryAccess } from "./registry-access.ts";
import { registryCertificates } from "./registry-certificates.ts";
import { secretArguments } from "./secret-arguments.ts";
import type { KanikoSettings } from "./settings.ts";

export const DIGEST_FILE = "/dev/termination-log";
/** Where Kaniko unpacks what comes through stdin. */
export const UNPACKED_CONTEXT = "/kaniko/buildcontext";

/** https://github.com/GoogleContainerTools/kaniko/tree/v1.24.0#additional-flags */
export function kanikoArguments(plan: BuildPlan, settings: KanikoSettings): string[] {
  const { contextFolder, dockerfile, target, platform } = plan;
  const { destinations, cacheRepository, insecure, maps } = planRegistryAccess(plan, settings);
  const open = [
    "--context=tar://stdin",
    ...(contextFolder === "" ? [] : [`--context-sub-path=${contextFolder}`]),
    // Kaniko would look for a relative path in its own working directory before it looks in the context.
    `--dockerfile=${UNPACKED_CONTEXT}/${dockerfile}`,
    ...(target === undefined ? [] : [`--target=${target}`]),
    ...(platform === undefined ? [] : [`--custom-platform=${platform}`]),
    ...Object.entries(plan.args).map(([name, value]) => `--build-arg=${name}=${value}`),
    ...(destinations.length === 0 ? ["--no-push"] : []),
    ...destinations.map((destination) => `--destination=${destination}`),
    ...Object.entries(plan.imageLabels).map(([key, value]) => `--label=${key}=${value}`),
    ...cacheArguments({ ...plan, cacheRepository }, settings),
    `--digest-file=${DIGEST_FILE}`,
    "--log-format=json",
    ...insecure.map((host) => `--insecure-registry=${host}`),
    ...registryCertificates(settings).map(({ host, file }) => `--registry-certificate=${host}=${file}`),
    ...maps.map(({ host, by }) => `--registry-map=${kanikoName(host)}=${by}`),
    ...(settings.mirrorsOnly ? ["--skip-default-registry-fallback"] : []),
  ];
  return [...open.map(literal), ...secretArguments(plan)];
}

/** What strangers wrote may be built from the cache, and must not get into it. */
function cacheArguments(
  { cacheRepository, isTrusted }: { cacheRepository: string | undefined; isTrusted: boolean },
  { cacheTtlSeconds }: KanikoSettings,
): string[] {
  if (cacheRepository === undefined) return [];
  return [
    "--cache=true",
    `--cache-repo=${cacheRepository}`,
    "--cache-copy-layers=true",
    // Kaniko would keep each compressed layer in memory, within the build's limit.
    "--compressed-caching=false",
    ...(cacheTtlSeconds === undefined ? [] : [`--cache-ttl=${cacheTtlSeconds}s`]),
    ...(isTrusted ? [] : ["--no-push-cache"]),
  ];
}

/** https://github.com/google/go-containerregistry/blob/v0.20.4/pkg/name/registry.go */
function kanikoName(host: string): string {
  return host === "docker.io" ? "index.docker.io" : host;
}
