import type { Diagnosis } from "../diagnosis.ts";
import { formatDuration } from "../format-duration.ts";
import { code, type Facts } from "./facts.ts";

const OPERATOR = "This is for whoever runs Pushwright here to mend";
const AGAIN = "Nothing needs to be done: the build is tried again.";

/** Pods that the cluster takes away: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions */
export const EVICTIONS = [
  "Evicted",
  "EvictionByEvictionAPI",
  "PreemptionByScheduler",
  "Preempting",
  "DeletionByTaintManager",
  "DeletionByPodGC",
  "TerminationByKubelet",
  "NodeLost",
  "NodeShutdown",
  "Terminated",
];
export const IMAGE_REASONS = [
  "ErrImagePull",
  "ImagePullBackOff",
  "InvalidImageName",
  "ErrImageNeverPull",
  "RegistryUnavailable",
];

/** Ends that the cluster itself has a word for. */
export function diagnoseClusterEnd(facts: Facts): Diagnosis | undefined {
  const { reason } = facts.evidence;
  if (reason === undefined) return undefined;
  if (reason === "OOMKilled") return outOfMemory(facts, "certain");
  if (reason === "DeadlineExceeded") return deadlineExceeded(facts);
  if (reason === "Unschedulable") return unschedulable(facts);
  if (reason === "Vanished") return vanished(facts);
  if (reason === "NoDigest") return noDigest(facts);
  if (EVICTIONS.includes(reason)) return evicted(facts);
  if (reason === "ProxyEnded") return proxyEnded(facts);
  if (IMAGE_REASONS.includes(reason)) return builderImage(facts);
  return facts.evidence.exitCode === undefined ? notStarted(facts, reason) : undefined;
}

export function outOfMemory({ evidence, step }: Facts, certainty: "certain" | "likely"): Diagnosis {
  const { memory } = evidence.limits;
  const what = step?.step === undefined ? "The build" : code(step.step);
  return {
    class: "permanent",
    code: "out-of-memory",
    ...(certainty === "certain"
      ? {
          title: `The build ran out of memory (limit ${memory})`,
          cause: `${what} was killed: a build may use ${memory} of memory, and it needed more.`,
        }
      : {
          title: `The build was killed, most likely for lack of memory (limit ${memory})`,
          cause: `${what} was killed from outside. That is how a command ends that needs more than the ${memory} of memory that a build may use.`,
        }),
    remedy: `Let the step use less memory, for example with fewer parallel jobs, or ask whoever runs Pushwright to raise \`PUSHWRIGHT_MEMORY_LIMIT\` above ${memory}.`,
    ...step,
  };
}

function deadlineExceeded({ evidence, step }: Facts): Diagnosis {
  const deadline = formatDuration(evidence.limits.deadlineSeconds * 1000);
  const during = step?.step === undefined ? "" : ` It had come to ${code(step.step)}.`;
  const warning = evidence.log.length === 0 ? evidence.warnings.at(-1) : undefined;
  return {
    class: "permanent",
    code: "deadline-exceeded",
    title: `The build took longer than ${deadline}`,
    cause: `This build may take ${deadline}; then it is ended.${during}${warning ? ` The cluster says: ${code(warning)}.` : ""}`,
    remedy:
      "Make the build faster or let nothing in it wait for ever. `timeout` in `.pushwright.yml` gives an image more time, up to what whoever runs Pushwright allows (`PUSHWRIGHT_DEADLINE`, and the policy's deadline).",
    ...step,
  };
}

function unschedulable({ evidence }: Facts): Diagnosis {
  return {
    class: "permanent",
    code: "unschedulable",
    title: "The cluster had no room for the build",
    cause: `The build waited ${formatDuration(evidence.limits.deadlineSeconds * 1000)} for a node: ${code(evidence.message ?? "")}.`,
    remedy: `${OPERATOR}: free room on the nodes, add one, or let builds ask for less (\`PUSHWRIGHT_CPU_REQUEST\`, \`PUSHWRIGHT_MEMORY_REQUEST\`). Then build again.`,
  };
}

function vanished({ evidence }: Facts): Diagnosis {
  return {
    class: "transient",
    code: "build-vanished",
    title: "The build disappeared from the cluster",
    cause: `Somebody or something ended it from outside: ${evidence.message ?? "its Job is gone"}.`,
    remedy: AGAIN,
  };
}

function evicted({ evidence }: Facts): Diagnosis {
  return {
    class: "transient",
    code: "evicted",
    title: "The cluster took the build off its node",
    cause: `${evidence.reason}: ${code(evidence.message || "no more is said")}.`,
    remedy: AGAIN,
  };
}

function builderImage({ evidence }: Facts): Diagnosis {
  const { reason, message = "", warnings } = evidence;
  const why =
    warnings.findLast((warning) => warning.includes("Failed to pull image")) ?? `${reason}: ${message}`;
  const isPassing =
    /timeout|timed out|connection refused|connection reset|no such host|server misbehaving|TOOMANYREQUESTS|50[0234] /.test(
      why,
    );
  return {
    class: isPassing ? "transient" : "permanent",
    code: "builder-image-unavailable",
    ...(evidence.part === "registry-proxy"
      ? {
          title: "The image of the registry's proxy cannot be pulled",
          cause: `The node cannot pull the image that holds the registry's login beside a build. ${code(why)}`,
          remedy: `${OPERATOR}: \`PUSHWRIGHT_PROXY_IMAGE\` must name the bot's own image, as the cluster's nodes can pull it. Nothing is wrong with the Dockerfile.`,
        }
      : {
          title: "The image that builds images cannot be pulled",
          cause: `The node cannot pull Kaniko's own image. ${code(why)}`,
          remedy: `${OPERATOR}: \`PUSHWRIGHT_KANIKO_IMAGE\` must name one that the cluster's nodes can pull. Nothing is wrong with the Dockerfile.`,
        }),
  };
}

function noDigest({ evidence }: Facts): Diagnosis {
  return {
    class: "permanent",
    code: "no-digest",
    title: "The build ended well but names no image",
    cause: `Kaniko ended with exit code 0 and did not say which image it pushed: ${code(evidence.message ?? "")}.`,
    remedy: `${OPERATOR}: \`PUSHWRIGHT_KANIKO_IMAGE\` should name a release of the executor that knows \`--digest-file\`.`,
  };
}

function proxyEnded({ evidence }: Facts): Diagnosis {
  return {
    class: "permanent",
    code: "registry-proxy-ended",
    title: "The proxy that holds the registry's login does not run",
    cause: `The container beside the build, through which it reaches the registry, ends instead of serving: ${code(evidence.message ?? "")}.`,
    remedy: `${OPERATOR}: \`PUSHWRIGHT_PROXY_IMAGE\` must name the bot's own image, and \`PUSHWRIGHT_REGISTRY_SECRET\` a Secret of type \`kubernetes.io/dockerconfigjson\`. Nothing is wrong with the Dockerfile.`,
  };
}

function notStarted({ evidence }: Facts, reason: string): Diagnosis {
  return {
    class: "permanent",
    code: "build-not-started",
    title: `The build could not start: ${reason}`,
    cause: `The cluster says: ${code(evidence.message || evidence.warnings.at(-1) || reason)}.`,
    remedy: `${OPERATOR}. Nothing is wrong with the Dockerfile.`,
  };
}
