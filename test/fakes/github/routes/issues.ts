import { readMergeBase } from "../git/merge-base.ts";
import { readChangesBetween } from "../git/read-changes.ts";
import { ApiError } from "../http/api-error.ts";
import { botAccount } from "../state/app.ts";
import type { Issue, PullRequest } from "../state/issues.ts";
import { fileDifferenceView } from "../views/file-difference.ts";
import { issueView } from "../views/issue.ts";
import { pullRequestSummaryView, pullRequestView } from "../views/pull-request.ts";
import { paginate } from "./paginate.ts";
import type { RepositoryCall, Routes } from "./route.ts";

// https://docs.github.com/rest/pulls/pulls#list-pull-requests-files
const MOST_FILES = 3000;

/** https://docs.github.com/rest/issues/issues and https://docs.github.com/rest/pulls/pulls */
export const issueRoutes: Routes = {
  "issues/get": {
    for: "repository",
    anyOf: { issues: "read", pull_requests: "read" },
    answer: (call) => ({
      status: 200,
      body: issueView(requireIssue(call, call.path.issue_number), call.world),
    }),
  },
  "issues/create": {
    for: "repository",
    anyOf: { issues: "write" },
    answer({ world, repository, body }) {
      const { title, body: text = null } = body as { title: string | number; body?: string | null };
      const issue: Issue = {
        id: world.ids.next(),
        number: world.issues.of(repository).length + 1,
        repository,
        title: String(title),
        body: text,
        author: botAccount(world.app),
        state: "open",
        createdAt: world.clock.now(),
        closedAt: null,
      };
      world.issues.add(issue);
      return { status: 201, body: issueView(issue, world) };
    },
  },
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

function requireIssue({ world, repository }: RepositoryCall, number: unknown): Issue {
  const issue = world.issues.find(repository, Number(number));
  if (!issue) throw new ApiError(404, "Not Found");
  return issue;
}

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
