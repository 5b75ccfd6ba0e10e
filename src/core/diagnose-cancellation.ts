import type { Cancellation } from "./build.ts";
import { formatShortSha } from "./commit-sha.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { code } from "./diagnosis-rules/facts.ts";

/** Says why a build ended before it was done. */
export function diagnoseCancellation({ reason, by, commit }: Cancellation): Diagnosis {
  const base = { class: "cancelled", code: reason === "asked" ? "cancelled" : reason } as const;
  const rebuild = "Comment `/build`, or re-run the check, to build it all the same.";
  switch (reason) {
    case "asked":
      return { ...base, title: `Cancelled by ${by}`, cause: `${code(by)} asked for it.`, remedy: rebuild };
    case "superseded": {
      const newer = commit === undefined ? "a newer commit" : formatShortSha(commit);
      return {
        ...base,
        title: `Superseded by ${newer}`,
        cause: `${code(by)} pushed ${commit === undefined ? newer : commit}, which is built instead.`,
        remedy: rebuild,
      };
    }
    case "closed":
      return {
        ...base,
        title: "The pull request was closed",
        cause: `${code(by)} closed the pull request before the build was done.`,
        remedy: "Open it again to build its head.",
      };
  }
}
