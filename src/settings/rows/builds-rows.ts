import { z } from "zod";
import { Age, Bytes, KubernetesQuantity, Seconds } from "../../core/quantity.ts";
import { SECURITY_CHOICES } from "../../core/security-profile.ts";
import type { SettingRow } from "./setting-row.ts";
import { Count, Name, Namespace } from "./setting-values.ts";

/** How builds run. */
export const BUILD_ROWS = {
  kubeconfig: {
    env: "KUBECONFIG",
    schema: Name.optional(),
    about: "The cluster's kubeconfig. Without it, the account of the pod that the bot runs in.",
  },
  namespace: {
    env: "PUSHWRIGHT_NAMESPACE",
    schema: Namespace.default("pushwright"),
    about: "Kubernetes namespace that builds run in.",
  },
  kanikoImage: {
    env: "PUSHWRIGHT_KANIKO_IMAGE",
    schema: Name.default("gcr.io/kaniko-project/executor:v1.24.0"),
    about: "The Kaniko executor: [docs/kaniko.md](docs/kaniko.md) says which.",
  },
  security: {
    env: "PUSHWRIGHT_SECURITY",
    schema: z.enum(SECURITY_CHOICES).default("auto"),
    about:
      "How builds run: `isolated`, `minimal`, `standard`, `privileged`, or `auto`, which is isolated where the cluster can and else standard: [docs/security.md](docs/security.md). Unless the policy has `security`.",
  },
  cpuRequest: {
    env: "PUSHWRIGHT_CPU_REQUEST",
    schema: KubernetesQuantity.default("500m"),
    about: "A build's CPU request, unless the policy has `limits.cpu.request`.",
  },
  memoryRequest: {
    env: "PUSHWRIGHT_MEMORY_REQUEST",
    schema: KubernetesQuantity.default("512Mi"),
    about: "A build's memory request, unless the policy has `limits.memory.request`.",
  },
  cpuLimit: {
    env: "PUSHWRIGHT_CPU_LIMIT",
    schema: KubernetesQuantity.default("1"),
    about: "A build's CPU limit, unless the policy has `limits.cpu.limit`.",
  },
  memoryLimit: {
    env: "PUSHWRIGHT_MEMORY_LIMIT",
    schema: KubernetesQuantity.default("2Gi"),
    about: "A build's memory limit, unless the policy has `limits.memory.limit`.",
  },
  deadline: {
    env: "PUSHWRIGHT_DEADLINE",
    schema: Seconds.prefault("1h"),
    about: "The longest that a build may take, unless the policy has `limits.deadline`.",
  },
  contextLimit: {
    env: "PUSHWRIGHT_CONTEXT_LIMIT",
    schema: Bytes.prefault("1Gi"),
    about:
      "The largest archive of a repository, as downloaded and as unpacked, unless the policy has `limits.context`.",
  },
  spoolLimit: {
    env: "PUSHWRIGHT_SPOOL_LIMIT",
    schema: Bytes.prefault("8Gi"),
    about:
      "Disk that all archives in transit may take together, and as much again that all uploads to the API may.",
  },
  cacheTtl: {
    env: "PUSHWRIGHT_CACHE_TTL",
    schema: Age.prefault("14d"),
    about: "How old a layer of the cache may be to be used, unless the policy has `cacheTtl`.",
  },
  concurrency: {
    env: "PUSHWRIGHT_CONCURRENCY",
    schema: Count.default(10),
    about: "Builds that run at once, unless the policy has `limits.concurrency`.",
  },
} as const satisfies Record<string, SettingRow>;
