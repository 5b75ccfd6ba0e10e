import type { BuildPlan } from "../builder.ts";
import { secretArguments } from "./secret-arguments.ts";
import type { KanikoSettings } from "./settings.ts";

export const DIGEST_FILE = "/dev/termination-log";
export const REGISTRY_CA_FOLDER = "/kaniko/registry-ca";
export const REGISTRY_CA_FILE = "ca.pem";
/** Where Kaniko unpacks what comes through stdin. */
export const UNPACKED_CONTEXT = "/kaniko/buildcontext";

/** https://github.com/GoogleContainerTools/kaniko/tree/v1.24.0#additional-flags */
export function kanikoArguments(plan: BuildPlan, settings: KanikoSettings): string[] {
  const { contextFolder, dockerfile, target, platform } = plan;
  const { registryCa } = settings;
  const open = [
    "--context=tar://stdin",
    ...(contextFolder === "" ? [] : [`--context-sub-path=${contextFolder}`]),
    // Kaniko would look for a relative path in its own working directory before it looks in the context.
    `--dockerfile=${UNPACKED_CONTEXT}/${dockerfile}`,
    ...(target === undefined ? [] : [`--target=${target}`]),
    ...(platform === undefined ? [] : [`--custom-platform=${platform}`]),
    ...Object.entries(plan.args).map(([name, value]) => `--build-arg=${name}=${value}`),
    ...(plan.destinations.length === 0 ? ["--no-push"] : []),
    ...plan.destinations.map((destination) => `--destination=${destination}`),
    ...Object.entries(plan.imageLabels).map(([key, value]) => `--label=${key}=${value}`),
    ...cacheArguments(plan, settings),
    `--digest-file=${DIGEST_FILE}`,
    "--log-format=json",
    ...settings.insecureRegistries.map((host) => `--insecure-registry=${host}`),
    ...(registryCa
      ? [`--registry-certificate=${registryCa.host}=${REGISTRY_CA_FOLDER}/${REGISTRY_CA_FILE}`]
      : []),
  ];
  return [...open.map(literal), ...secretArguments(plan)];
}

/** What strangers wrote may be built from the cache, and must not get into it. */
function cacheArguments(
  { cacheRepository, isTrusted }: BuildPlan,
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

/** Kubernetes would replace `$(NAME)`: https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/ */
function literal(argument: string): string {
  return argument.replaceAll("$", "$$$$");
}
