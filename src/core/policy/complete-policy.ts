import type { CleanUpPolicy, Policy, ResourceBounds } from "../policy.ts";
import { quantityValue } from "../quantity.ts";
import { boundsOf } from "./bounds-of.ts";
import { completeClasses, placementOf } from "./complete-classes.ts";
import { completeVerify } from "./complete-verify.ts";
import type { PolicyFile } from "./policy-file.ts";

/** Three repositories that push a lot at once leave a place of the ten that there are by default to the next one. */
const CONCURRENCY_PER_REPOSITORY = 3;

/** What the settings say of what a policy file may say too. */
export type PolicySettings = {
  concurrency: number;
  deadline: number;
  contextLimit: number;
  cpuRequest: string;
  cpuLimit: string;
  memoryRequest: string;
  memoryLimit: string;
  security: Policy["security"];
  cacheTtl: number;
  imageRoots: Policy["imageRoots"];
};

/** The policy that holds: the file's word where it has one, else the settings', else the default. */
export function completePolicy(
  file: PolicyFile,
  settings: PolicySettings,
): { policy: Policy } | { faults: string[] } {
  const { limits = {}, permissions = {} } = file;
  const cpu = boundsOf(limits.cpu, { request: settings.cpuRequest, limit: settings.cpuLimit });
  const memory = boundsOf(limits.memory, { request: settings.memoryRequest, limit: settings.memoryLimit });
  const { verify, faults: verifyFaults } = completeVerify(file);
  const { classes, faults: classFaults } = completeClasses(file, { cpu, memory });
  const faults = [...faultsOf("cpu", cpu), ...faultsOf("memory", memory), ...classFaults, ...verifyFaults];
  if (faults.length > 0) return { faults };

  const concurrency = limits.concurrency ?? settings.concurrency;
  const perRepository = limits.concurrencyPerRepository ?? CONCURRENCY_PER_REPOSITORY;
  return {
    policy: {
      repositories: { allow: file.repositories?.allow ?? ["**"], deny: file.repositories?.deny ?? [] },
      images: file.images ?? [],
      bases: file.bases ?? [],
      imageRoots: settings.imageRoots,
      limits: {
        concurrency,
        concurrencyPerRepository: Math.min(perRepository, concurrency),
        contextBytes: limits.context ?? settings.contextLimit,
        deadlineSeconds: limits.deadline ?? settings.deadline,
        cpu,
        memory,
      },
      placement: placementOf(file.placement),
      classes,
      verify,
      security: file.security ?? settings.security,
      capabilities: file.capabilities ?? [],
      secrets: file.secrets ?? {},
      permissions: { commands: permissions.commands ?? "write", approve: permissions.approve ?? "write" },
      forks: file.forks ?? "approval",
      cache: file.cache ?? true,
      cacheTtlSeconds: file.cacheTtl ?? settings.cacheTtl,
      cleanUp: cleanUpOf(file.cleanUp),
    },
  };
}

function cleanUpOf({
  keepPerBranch = 10,
  keepDays = 30,
  keepGitTags = true,
  repositories = ["**"],
  namespaces = [],
  every,
  delete: deletes = false,
}: NonNullable<PolicyFile["cleanUp"]> = {}): CleanUpPolicy {
  const rules = { keepPerBranch, keepDays, keepGitTags };
  const often = every === undefined ? {} : { everySeconds: every };
  return { ...rules, repositories, namespaces, ...often, delete: deletes };
}

/** The cluster refuses every pod that requests more than its limit. */
function faultsOf(resource: "cpu" | "memory", { request, limit }: ResourceBounds): string[] {
  if (quantityValue(request) <= quantityValue(limit)) return [];
  const variable = `PUSHWRIGHT_${resource.toUpperCase()}`;
  return [
    `limits.${resource}: the request (${request}) is above the limit (${limit}). What the policy does not say comes from ${variable}_REQUEST and ${variable}_LIMIT.`,
  ];
}
