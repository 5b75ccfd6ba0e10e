import { ApiError } from "../http/api-error.ts";
import { botAccount } from "../state/app.ts";
import type { Comment } from "../state/issues.ts";
import { commentView } from "../views/comment.ts";
import { announce } from "../webhooks/announce.ts";
import { issueCommentPayload } from "../webhooks/issue-comment-payload.ts";
import { paginate } from "./paginate.ts";
import type { RepositoryCall, Routes } from "./route.ts";

const LONGEST_BODY = 65_536;
const READ = { issues: "read", pull_requests: "read" } as const;
const WRITE = { issues: "write", pull_requests: "write" } as const;

/** https://docs.github.com/rest/issues/comments */
export const commentRoutes: Routes = {
  "issues/create-comment": {
    for: "repository",
    anyOf: WRITE,
    answer(call) {
      const { world, repository, path } = call;
      const body = requireText(call);
      const issue = world.issues.find(repository, Number(path.issue_number));
      if (!issue) throw new ApiError(404, "Not Found");
      const now = world.clock.now();
      const times = { createdAt: now, updatedAt: now };
      const comment = {
        id: world.ids.next(),
        issue,
        author: botAccount(world.app),
        body,
        ...times,
        reactions: [],
      };
      world.issues.addComment(comment);
      if (world.echoes.includes("comments")) {
        const payload = issueCommentPayload("created", comment, world);
        world.inBackground(announce("issue_comment", payload, repository, world));
      }
      return { status: 201, body: commentView(comment, world) };
    },
  },
  "issues/get-comment": {
    for: "repository",
    anyOf: READ,
    answer: (call) => ({ status: 200, body: commentView(requireComment(call), call.world) }),
  },
  "issues/list-comments": {
    for: "repository",
    anyOf: READ,
    answer(call) {
      const { world, repository, path } = call;
      const issue = world.issues.find(repository, Number(path.issue_number));
      if (!issue) throw new ApiError(404, "Not Found");
      const url = world.urls.api(`/repos/${repository.fullName}/issues/${issue.number}/comments`);
      const comments = world.issues.comments().filter((comment) => comment.issue === issue);
      const { page, headers } = paginate(call, url, comments);
      return { status: 200, headers, body: page.map((comment) => commentView(comment, world)) };
    },
  },
  "issues/update-comment": {
    for: "repository",
    anyOf: WRITE,
    answer(call) {
      const comment = requireComment(call);
      comment.body = requireText(call);
      comment.updatedAt = call.world.clock.now();
      return { status: 200, body: commentView(comment, call.world) };
    },
  },
  "issues/delete-comment": {
    for: "repository",
    anyOf: WRITE,
    answer(call) {
      call.world.issues.removeComment(requireComment(call));
      return { status: 204 };
    },
  },
};

/** The comment that the path names. */
export function requireComment({ world, repository, path }: RepositoryCall): Comment {
  const comment = world.issues.findComment(repository, Number(path.comment_id));
  if (!comment) throw new ApiError(404, "Not Found");
  return comment;
}

function requireText(call: RepositoryCall): string {
  const { body } = call.body as { body: string };
  const refuse = (message: string) =>
    new ApiError(422, "Validation Failed", {
      errors: [{ resource: "IssueComment", code: "unprocessable", field: "data", message }],
    });
  if (body.trim() === "") throw refuse("Body cannot be blank");
  if (body.length > LONGEST_BODY) throw refuse(`Body is too long (maximum is ${LONGEST_BODY} characters)`);
  return body;
}
