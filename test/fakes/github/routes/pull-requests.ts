import { readMergeBase } from "../../git/merge-base.ts";
import { readChangesBetween } from "../../git/read-changes.ts";
import { readCommits } from "../../git/read-commits.ts";
import { resolveCommit } from "../../git/read-refs.ts";
import { ApiError } from "../http/api-error.ts";
import type { Issue, PullRequest } from "../state/issues.ts";
import { fileDifferenceView } from "../views/file-difference.ts";
import { pullRequestSummaryView, pullRequestView } from "../views/pull-request.ts";
import { requireIssue } from "./issues.ts";
import { paginate } from "./paginate.ts";
import type { RepositoryCall, Routes } from "./route.ts";

// https://docs.github.com/rest/pulls/pulls#list-pull-requests-files
const MOST_FILES = 3000;

/** https://docs.github.com/rest/pulls/pulls */
export const pullRequestRoutes: Routes = {
  "pulls/get": {
    for: "repository",
    anyOf: { pull_requests: "read", contents: "read" },
    answer: (call) => ({ status: 200, body: pullRequestView(requirePullRequest(call), call.world) }),
  },
  "pulls/list-files": {
    for: "repository",
    anyOf: { pull_requests: "read" },
    async answer(call) {
      const { world, repository } = call;
      const { number, pull } = requirePullRequest(call);
      const { gitDirectory, fullName } = repository;
      const mergeBase = (await readMergeBase(gitDirectory, pull.baseSha, pull.headSha)) ?? pull.baseSha;
      const files = await readChangesBetween(gitDirectory, mergeBase, pull.headSha);
      const url = world.urls.api(`/repos/${fullName}/pulls/${number}/files`);
      const { page, headers } = paginate(call, url, files.slice(0, MOST_FILES));
      const body = page.map((file) => fileDifferenceView(file, pull.headSha, repository, world));
      return { status: 200, headers, body };
    },
  },
  "repos/list-pull-requests-associated-with-commit": {
    for: "repository",
    anyOf: { pull_requests: "read" },
    async answer(call) {
      const { world, repository } = call;
      const sha = String(call.path.commit_sha);
      const { gitDirectory, fullName } = repository;
      if (!(await resolveCommit(gitDirectory, sha)))
        throw new ApiError(422, `No commit found for SHA: ${sha}`);
      const found: PullRequest[] = [];
      for (const request of world.issues.of(repository).filter(isPullRequest)) {
        const { baseSha, headSha } = request.pull;
        const commits = await readCommits(gitDirectory, [headSha, `^${baseSha}`]);
        if (request.state === "open" && commits.some((commit) => commit.sha === sha)) found.push(request);
      }
      const url = world.urls.api(`/repos/${fullName}/commits/${sha}/pulls`);
      const { page, headers } = paginate(call, url, found);
      return { status: 200, headers, body: page.map((request) => pullRequestSummaryView(request, world)) };
    },
  },
  "pulls/list": {
    for: "repository",
    anyOf: { pull_requests: "read" },
    answer(call) {
      const { world, repository, query } = call;
      const wanted = world.issues
        .of(repository)
        .filter(isPullRequest)
        .filter(({ state }) => query.state === "all" || state === (query.state ?? "open"))
        .filter(({ pull }) => query.base === undefined || pull.baseRef === query.base)
        .filter(({ pull }) => query.head === undefined || headLabel(pull) === query.head);
      const url = world.urls.api(`/repos/${repository.fullName}/pulls`);
      const { page, headers } = paginate(call, url, wanted.reverse());
      return { status: 200, headers, body: page.map((request) => pullRequestSummaryView(request, world)) };
    },
  },
};

function requirePullRequest(call: RepositoryCall): PullRequest {
  const issue = requireIssue(call, call.path.pull_number);
  if (!isPullRequest(issue)) throw new ApiError(404, "Not Found");
  return issue;
}

function isPullRequest(issue: Issue): issue is PullRequest {
  return issue.pull !== undefined;
}

function headLabel({ headRepository, headRef }: PullRequest["pull"]): string {
  return `${headRepository.owner.login}:${headRef}`;
}
