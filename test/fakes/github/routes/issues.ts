import { ApiError } from "../http/api-error.ts";
import { botAccount } from "../state/app.ts";
import type { Issue } from "../state/issues.ts";
import { issueView } from "../views/issue.ts";
import type { RepositoryCall, Routes } from "./route.ts";

/** https://docs.github.com/rest/issues/issues */
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
};

/** The issue, or pull request, that the path names. */
export function requireIssue({ world, repository }: RepositoryCall, number: unknown): Issue {
  const issue = world.issues.find(repository, Number(number));
  if (!issue) throw new ApiError(404, "Not Found");
  return issue;
}
