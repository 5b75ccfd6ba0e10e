import type { AskedRef } from "../../core/asking.ts";
import type { Build } from "../../core/build.ts";
import { BuildFault } from "../../core/build-fault.ts";
import { pushedBranchOf } from "../../core/build-wants.ts";
import { type CommitSha, formatShortSha } from "../../core/commit-sha.ts";
import type { CommentEvent, PullRequest } from "../../core/forge-event.ts";
import type { Repository } from "../../core/repository.ts";
import type { BuildPorts } from "../build-ports.ts";
import { listBuilds } from "../list-builds.ts";
import { refOfBuild } from "./ref-of-build.ts";

/** The commit that somebody steers, and what is known of it. */
export type Target = {
  commit: CommitSha;
  ref: AskedRef;
  /** As it stands now, in a pull request's thread. */
  pullRequest?: PullRequest & { isOpen: boolean };
  /** The commit's builds, newest first. */
  builds: Build[];
};

export type TargetPorts = Pick<BuildPorts, "forgeOf" | "history">;
type Place = Pick<CommentEvent, "repository" | "defaultBranch">;

/** What a comment is about: a pull request's head, or the commit that was commented on. */
export async function fetchTarget(
  ports: TargetPorts,
  { thread, ...place }: Place & Pick<CommentEvent, "thread">,
): Promise<Target> {
  if (thread.kind === "commit") return fetchCommit(ports, place, thread.commit);
  const pullRequest = await ports.forgeOf(place.repository).fetchPullRequest(place.repository, thread.number);
  const { commit } = pullRequest;
  const builds = await fetchBuilds(ports, place.repository, commit);
  const ref = pushedRefOf({ kind: "pull-request", pullRequest }, builds);
  return { commit, ref, pullRequest, builds };
}

/**
 * What is known of a commit by itself. Throws for one that nobody pushed here: it may be a fork's, which must not be
 * built with the rights of those who may push.
 */
export async function fetchCommit(
  ports: TargetPorts,
  { repository, defaultBranch }: Place,
  commit: CommitSha,
): Promise<Target> {
  const builds = await fetchBuilds(ports, repository, commit);
  const branch = pushedBranchOf(builds);
  if (branch !== undefined) return { commit, ref: { kind: "branch", branch }, builds };
  const known = builds.find(({ request }) => request.isTrusted) ?? builds[0];
  if (known) return { commit, ref: await refOfBuild(ports, known), builds };
  const isHere = await ports.forgeOf(repository).isPushedHere(repository, commit, defaultBranch);
  if (isHere) return { commit, ref: { kind: "commit" }, builds };
  throw new BuildFault({
    class: "permanent",
    code: "commit-not-pushed-here",
    title: `Commit ${formatShortSha(commit)} is on no branch of this repository`,
    cause: "It may belong to a fork, whose commits are not built with this repository's rights.",
    remedy: "Comment in its pull request, or push it to a branch of this repository.",
  });
}

/** The commit's builds, newest first. */
export async function fetchBuilds(
  { history }: Pick<BuildPorts, "history">,
  repository: Repository,
  commit: CommitSha,
): Promise<Build[]> {
  return Array.fromAsync(listBuilds(history, { repository, commit }));
}

/** A push to a branch says more about a commit than its pull request does: its images have the branch's tags. */
export function pushedRefOf(ref: AskedRef, builds: readonly Build[]): AskedRef {
  const branch = pushedBranchOf(builds);
  const isFork = ref.kind === "pull-request" && ref.pullRequest.isFork;
  return branch === undefined || isFork ? ref : { kind: "branch", branch };
}
