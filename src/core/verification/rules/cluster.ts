import { IMAGE_REASONS } from "../../diagnosis-rules/builder-image.ts";
import { EVICTIONS } from "../../diagnosis-rules/eviction.ts";
import { code } from "../../diagnosis-rules/facts.ts";
import { isPassing, registryTroubleIn } from "../../diagnosis-rules/registry-trouble.ts";
import { formatPlatform } from "../program-facts.ts";
import { awaited, OPERATOR, permanent, type Rule } from "./scene.ts";

/** Ends that are none of the image's own doing. */
export const diagnoseTakenAway: Rule = ({ evidence }) => {
  const { reason = "", message = "" } = evidence;
  if (reason !== "Vanished" && !EVICTIONS.includes(reason)) return undefined;
  return {
    class: "transient",
    code: "verify-interrupted",
    title: "The cluster took the pushed image's pod away before it was verified",
    cause: `${reason}: ${code(message || "no more is said")}.`,
    remedy: "Nothing needs to be done: the image is run again.",
  };
};

/** A node that cannot get the image. */
export const diagnosePull: Rule = ({ evidence, image }) => {
  const { reason = "", message = "", warnings, hasRun } = evidence;
  const said = warnings.findLast((warning) => warning.includes("Failed to pull image"));
  const isUnpulled = IMAGE_REASONS.includes(reason) || (said !== undefined && !hasRun);
  if (!isUnpulled) return undefined;
  const why = said ?? message;
  const trouble = registryTroubleIn(why);
  return {
    class:
      trouble !== undefined && isPassing(trouble) && trouble !== "unreachable" ? "transient" : "permanent",
    code: "verify-image-unpullable",
    title: "The image was pushed, but a node cannot pull it",
    cause: `The node cannot pull ${code(image.pinned)}, the name under which the cluster is to run it: ${code(why)}.`,
    remedy: `${OPERATOR}: ${PULL_REMEDIES[trouble ?? "unknown"] ?? PULL_REMEDIES.unknown}`,
  };
};

const PLACE =
  "`PUSHWRIGHT_REGISTRY_PULL` has to be the name by which nodes reach the registry, which is often another than the one that build pods push to.";
const PULL_REMEDIES: Record<string, string> = {
  unknown: PLACE,
  dns: `nodes do not know that name: they do not use the cluster's DNS. ${PLACE}`,
  unreachable: `nothing answers the node there. ${PLACE}`,
  "not-found": `what answers the node there does not have the image. ${PLACE}`,
  "plain-http":
    "the registry speaks plain HTTP, and the node's container runtime has to be told so (for containerd, in its `hosts.toml`).",
  tls: "the node's container runtime has to trust the authority that signed the registry's certificate.",
  unauthorized: "the node has no login for the registry: give it one, or let the builds' namespace pull.",
  denied: "the node's login may not pull there: give it one that may.",
};

/** A pod that the cluster would not make: a quota, a LimitRange, an admission rule. The image has no part in it. */
export const diagnoseRefused: Rule = ({ evidence }) => {
  const { reason, message = "", warnings, hasRun } = evidence;
  const isAwaited = reason === "DeadlineExceeded" && !hasRun;
  const warned = isAwaited ? warnings.findLast((warning) => warning.startsWith("FailedCreate: ")) : undefined;
  const said = reason === "FailedCreate" ? message : warned;
  if (said === undefined) return undefined;
  return permanent({
    code: "verify-not-started",
    title: "The cluster did not let the pushed image run",
    cause: `Its pod was refused: ${code(said.replace(/^FailedCreate: /, ""))}.`,
    remedy: `${OPERATOR}: the quota, LimitRange or admission rule of the builds' namespace has to let verified images run; \`verify\` in the policy says how much they ask for. Nothing is wrong with the image. Then build again.`,
  });
};

/** A pod without a node. */
export const diagnoseUnschedulable: Rule = (scene) => {
  const { evidence, image } = scene;
  if (evidence.reason !== "Unschedulable" && evidence.reason !== "SchedulerError") return undefined;
  const { program } = image;
  const isOfPlatform = program && /node affinity\/selector/.test(evidence.message ?? "");
  if (isOfPlatform) {
    const platform = formatPlatform(program);
    return permanent({
      code: "verify-wrong-platform",
      title: `No node runs ${platform}, for which the image was built`,
      cause: `The image's configuration says ${code(platform)}, and the cluster has no node of that kind for it: ${code(evidence.message ?? "")}. It was not run.`,
      remedy:
        "Set the image's `platform` to what the cluster's nodes are, or leave `platform` out: then it is what the building node is.",
    });
  }
  return permanent({
    code: "verify-unschedulable",
    title: "The cluster had no room to run the pushed image",
    cause: `${awaited(scene)} Its pod got no node: ${code(evidence.message ?? "")}.`,
    remedy: `${OPERATOR}: free room on the nodes, add one, or let verified images ask for less (\`verify\` in the policy). Then build again.`,
  });
};
