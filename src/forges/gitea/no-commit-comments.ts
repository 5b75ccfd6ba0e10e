import { BuildFault } from "../../core/build-fault.ts";
import type { Thread } from "../../core/forge-event.ts";

type PullRequestThread = Extract<Thread, { kind: "pull-request" }>;

/** https://github.com/go-gitea/gitea/issues/4898 */
export function refuseCommitThread(doing: string, thread: Thread): asserts thread is PullRequestThread {
  if (thread.kind === "pull-request") return;
  throw new BuildFault({
    class: "permanent",
    code: "no-commit-comments",
    title: `${doing}: Gitea has no comments on commits`,
    cause: "In Gitea and Forgejo people can talk in issues and pull requests only.",
    remedy: "Open a pull request for the commit's branch and write there.",
  });
}
