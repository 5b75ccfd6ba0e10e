import type { Diagnosis } from "../diagnosis.ts";
import { formatDuration } from "../format-duration.ts";
import { code, type Facts } from "./facts.ts";

const OPERATOR = "This is for whoever runs Pushwright here to mend";
const REQUESTS = "`PUSHWRIGHT_CPU_REQUEST`, `PUSHWRIGHT_MEMORY_REQUEST`";

/** What the scheduler's plugins say of nodes, and what mends it: https://github.com/kubernetes/kubernetes/tree/v1.34.4/pkg/scheduler/framework/plugins */
const REASONS: [RegExp, mend: (found: string) => string][] = [
  [
    /Insufficient ([\w./-]*\w)/,
    (resource) =>
      `nodes have too little ${code(resource)} left: free some, add a node, or let builds ask for less (${REQUESTS})`,
  ],
  [/Too many pods/, () => "nodes have as many pods as they may have: remove some, or add a node"],
  [
    /untolerated taint\(?s?\)?(?: (\{[^}]{1,300}\}))?/,
    (taint) =>
      `nodes are kept for others${taint === "" ? "" : ` by the taint ${code(taint)}`}, which builds do not tolerate: take it off a node, or add one without it`,
  ],
  [
    /didn't match Pod's node affinity\/selector/,
    () =>
      "no node has the labels that builds have to run on: see what sets a node selector for the namespace",
  ],
  [/were unschedulable/, () => "nodes are cordoned: `kubectl uncordon` lets them take pods again"],
  [
    /(?:unbound immediate PersistentVolumeClaims|volume node affinity conflict)/,
    () => "a volume that something adds to the build's pod cannot be had on any node",
  ],
];

/** A build that waited for a node until its deadline. */
export function unschedulable({ evidence }: Facts): Diagnosis {
  const words = evidence.message ?? "";
  const mends = REASONS.flatMap(([pattern, mend]) => {
    const found = [...words.matchAll(new RegExp(pattern, "g"))].map(([, what = ""]) => what);
    return [...new Set(found)].map(mend);
  });
  return {
    class: "permanent",
    code: "unschedulable",
    title: "The cluster had no node for the build",
    cause: `The build waited ${formatDuration(evidence.limits.deadlineSeconds * 1000)} for a node: ${code(words)}.`,
    remedy: `${OPERATOR}: ${mends.length === 0 ? `free room on the nodes, add one, or let builds ask for less (${REQUESTS})` : mends.join("; ")}. Then build again.`,
  };
}
