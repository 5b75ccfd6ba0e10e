import type { Asking } from "../asking.ts";
import type { DecidedBuild } from "../decision.ts";
import { formatCode } from "../format-code.ts";
import type { Policy } from "../policy.ts";

/** How a build of a commit from a fork ends before it starts; undefined when somebody approved it. */
export function forkEnd(
  { asked, commit, ref }: Pick<Asking, "asked" | "commit" | "ref">,
  policy: Pick<Policy, "forks" | "permissions">,
): DecidedBuild["end"] {
  const from = headOf(ref);
  if (policy.forks === "never") {
    // Neutral and not silent: a check that a branch rule wants would else be waited for without end.
    return {
      outcome: "neutral",
      diagnosis: {
        class: "permanent",
        code: "forks-never-built",
        title: "Commits from forks are not built here",
        cause: `This commit comes from ${from}, and the operator's policy has \`forks: never\`.`,
        remedy:
          "Somebody with write access can push the commit to a branch of this repository to have it built.",
      },
    };
  }
  if (asked?.approvedBy !== undefined) return undefined;
  const { approve } = policy.permissions;
  return {
    outcome: "action-required",
    diagnosis: {
      class: "permanent",
      code: "approval-needed",
      title: "Waits for approval: the commit comes from a fork",
      cause: `This commit comes from ${from}. Building it runs what its Dockerfile says, so that somebody who may approve it should have read it.`,
      remedy: `Whoever has the permission \`${approve}\` or more in this repository can press **Approve**, or comment \`/ok-to-build ${commit}\`. That holds for this commit alone. The build then gets no secrets, and its image is not pushed.`,
    },
  };
}

function headOf(ref: Asking["ref"]): string {
  const name = ref.kind === "pull-request" ? ref.pullRequest.headRepository : undefined;
  return name === undefined ? "a fork" : `the fork ${formatCode(name)}`;
}
