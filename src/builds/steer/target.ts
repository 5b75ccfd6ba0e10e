import type { AskedRef } from "../../core/asking.ts";
import type { Build } from "../../core/build.ts";
import type { CommitSha } from "../../core/commit-sha.ts";
import type { PullRequest, Thread } from "../../core/forge-event.ts";
import type { Repository } from "../../core/repository.ts";
import type { BuildPorts } from "../build-ports.ts";

const MOST = 200;

/** The commit that a command is about, and what is known of it. */
export type Target = {
  commit: CommitSha;
  ref: AskedRef;
  /** As it stands now, in a pull request's thread. */
  pullRequest?: PullRequest & { isOpen: boolean };
  /** The commit's builds, newest first. */
  builds: Build[];
};

/** A pull request's commands are about its head. */
export async function fetchTarget(
  { forgeOf, history }: Pick<BuildPorts, "forgeOf" | "history">,
  repository: Repository,
  thread: Thread,
): Promise<Target> {
  if (thread.kind === "commit") {
    const builds = await buildsOf(thread.commit);
    return { commit: thread.commit, ref: refOf(builds) ?? { kind: "commit" }, builds };
  }
  const pullRequest = await forgeOf(repository.forge).fetchPullRequest(repository, thread.number);
  const { commit } = pullRequest;
  const builds = await buildsOf(commit);
  const own: AskedRef = { kind: "pull-request", pullRequest };
  return { commit, ref: pullRequest.isFork ? own : (refOf(builds) ?? own), pullRequest, builds };

  async function buildsOf(commit: CommitSha): Promise<Build[]> {
    return (await history.list({ repository, commit }, { size: MOST })).builds;
  }
}

/** A push to a branch says most about a commit: its images have the branch's tags. */
function refOf(builds: Build[]): AskedRef | undefined {
  const pushed = builds.find(({ request: { branch, pullRequest, gitTag } }) => branch && !pullRequest && !gitTag);
  return pushed?.request.branch === undefined ? undefined : { kind: "branch", branch: pushed.request.branch };
}
