import type { Diagnosis } from "../diagnosis.ts";
import { formatDuration } from "../format-duration.ts";
import { builderImage, IMAGE_REASONS } from "./builder-image.ts";
import { EVICTIONS, evicted } from "./eviction.ts";
import { code, type Facts } from "./facts.ts";
import { diagnoseRefusal } from "./refusal.ts";
import { unschedulable } from "./unschedulable.ts";

const OPERATOR = "This is for whoever runs Pushwright here to mend";
const AGAIN = "Nothing needs to be done: the build is tried again.";

/** The container was never its own program: https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/kubelet/kuberuntime/kuberuntime_container.go */
const NEVER_RAN = ["StartError", "ContainerCannotRun"];

/** Ends that the cluster itself has a word for. */
export function diagnoseClusterEnd(facts: Facts): Diagnosis | undefined {
  const { reason } = facts.evidence;
  if (reason === undefined) return undefined;
  if (reason === "OOMKilled") return outOfMemory(facts, "certain");
  if (reason === "DeadlineExceeded") return deadlineExceeded(facts);
  if (reason === "Unschedulable") return unschedulable(facts);
  if (reason === "InitContainerFailed") return initContainerFailed(facts);
  if (reason === "Vanished") return vanished(facts);
  if (reason === "NoDigest") return noDigest(facts);
  if (EVICTIONS.includes(reason)) return evicted(facts);
  if (reason === "ProxyEnded") return proxyEnded(facts);
  if (IMAGE_REASONS.includes(reason)) return builderImage(facts);
  if (NEVER_RAN.includes(reason)) return notStarted(facts, reason);
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
          cause: `${what} was killed: the build used all of the ${memory} of memory that it may use, and needed more.`,
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
  const refused = evidence.log.length === 0 ? refusedLast(evidence.warnings) : undefined;
  if (refused) return refused;
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

function vanished({ evidence }: Facts): Diagnosis {
  return {
    class: "transient",
    code: "build-vanished",
    title: "The build disappeared from the cluster",
    cause: `Somebody or something ended it from outside: ${evidence.message ?? "its Job is gone"}.`,
    remedy: AGAIN,
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

/** A pod that nobody would make until the deadline: the Job's controller says so at each try. */
function refusedLast(warnings: readonly string[]): Diagnosis | undefined {
  const said = warnings.findLast((warning) => warning.startsWith("FailedCreate: "));
  return said === undefined ? undefined : diagnoseRefusal(said);
}

function initContainerFailed({ evidence }: Facts): Diagnosis {
  return {
    class: "permanent",
    code: "init-container-failed",
    title: "Another container of the build's pod failed before the build",
    cause: `Something in the cluster adds a container to the build's pod, and the build waits for its end: ${code(evidence.message ?? "")}.`,
    remedy: `${OPERATOR}: see that container's log, or let whatever adds it leave the namespace of builds alone. Nothing is wrong with the Dockerfile.`,
  };
}

function notStarted({ evidence }: Facts, reason: string): Diagnosis {
  const refusal = reason === "FailedCreate" ? diagnoseRefusal(evidence.message ?? "") : undefined;
  if (refusal) return refusal;
  return {
    class: "permanent",
    code: "build-not-started",
    title: `The build could not start: ${reason}`,
    cause: `The cluster says: ${code(evidence.message || evidence.warnings.at(-1) || reason)}.`,
    remedy: `${OPERATOR}. Nothing is wrong with the Dockerfile.`,
  };
}
