import type { Build, BuildRequest, BuildWant } from "./build.ts";

/** What builds of one commit after the other: a branch, a pull request; or a Git tag, a bare commit, that never does. */
export function lineOf({
  branch,
  gitTag,
  pullRequest,
}: Pick<BuildRequest, "branch" | "gitTag"> & { pullRequest?: { number: number } }): string {
  if (pullRequest) return pullRequestLine(pullRequest.number);
  if (gitTag !== undefined) return TAG + gitTag;
  return branch === undefined ? "commit" : branchLine(branch);
}

const BRANCH = "branch ";
const TAG = "tag ";
const PULL_REQUEST = "pull request ";

function branchLine(branch: string): string {
  return BRANCH + branch;
}

/** The branch that came to the builds' commit last by a push. */
export function pushedBranchOf(builds: readonly Build[]): string | undefined {
  const wants = builds.flatMap(wantsOf).filter(({ line }) => isBranchLine(line));
  const [last] = wants.toSorted((one, other) => other.pushedAt - one.pushedAt);
  return last?.line.slice(BRANCH.length);
}

export function isBranchLine(line: string): boolean {
  return line.startsWith(BRANCH);
}

export function isTagLine(line: string): boolean {
  return line.startsWith(TAG);
}

export function isPullRequestLine(line: string): boolean {
  return line.startsWith(PULL_REQUEST);
}

export function pullRequestLine(number: number): string {
  return PULL_REQUEST + number;
}

export function wantOf(request: BuildRequest): BuildWant {
  const { pushedAt, mayBeSuperseded } = request;
  return { line: lineOf(request), pushedAt, mayBeSuperseded };
}

/** All pushes and pull requests that want the build, or wanted it. */
export function wantsOf({ request, wants }: Build): BuildWant[] {
  return wants ?? [wantOf(request)];
}

/** When the line came to the build's commit last; undefined when it never did. */
export function reachedBy(build: Build, line: string): number | undefined {
  return wantsOf(build).find((want) => want.line === line)?.pushedAt;
}
