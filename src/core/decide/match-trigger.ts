import type { Asking } from "../asking.ts";
import { formatCode } from "../format-code.ts";
import { GlobList } from "../glob/glob-list.ts";
import type { RepoConfig } from "../repo-config.ts";

/** The rule by which the ref is built, or why it is not: both as a sentence of markdown without a full stop. */
export function matchTrigger(
  { ref, asked, trigger }: Pick<Asking, "ref" | "asked" | "trigger">,
  triggers: RepoConfig["triggers"],
): { rule: string } | { ignored: string } {
  if (asked?.approvedBy !== undefined) return { rule: `${formatCode(asked.approvedBy)} approved it` };
  if (asked) return { rule: `${formatCode(trigger.by)} asked for it` };
  switch (ref.kind) {
    case "branch":
      return match(`branch ${formatCode(ref.branch)}`, ref.branch, triggers.branches, "branches");
    case "tag":
      return match(`Git tag ${formatCode(ref.gitTag)}`, ref.gitTag, triggers.tags, "tags");
    case "pull-request": {
      const { number, baseBranch } = ref.pullRequest;
      const what = `pull request #${number} into ${formatCode(baseBranch)}`;
      return match(what, baseBranch, triggers.pullRequests, "base branches");
    }
    case "commit":
      return { ignored: "the commit is on no branch and has no Git tag that is built" };
  }
}

function match(what: string, name: string, patterns: string[], kind: string) {
  const pattern = new GlobList(patterns).find(name);
  if (pattern !== undefined) return { rule: `${what} matches ${formatCode(pattern)}` };
  return { ignored: `${what} matches none of the ${kind} that are built` };
}
