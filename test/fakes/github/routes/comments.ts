import { ApiError } from "../http/api-error.ts";
import { botAccount } from "../state/app.ts";
import { newComment } from "../state/comments.ts";
import type { Comment } from "../state/issues.ts";
import { commentView } from "../views/comment.ts";
import { announce } from "../webhooks/announce.ts";
import { issueCommentPayload } from "../webhooks/issue-comment-payload.ts";
import { requireText } from "./comment-text.ts";
import { paginate } from "./paginate.ts";
import type { RepositoryCall, Routes } from "./route.ts";

const READ = { issues: "read", pull_requests: "read" } as const;
const WRITE = { issues: "write", pull_requests: "write" } as const;

/** https://docs.github.com/rest/issues/comments */
export const commentRoutes: Routes = {
  "issues/create-comment": {
    for: "repository",
    anyOf: WRITE,
    answer(call) {
      const { world, repository, path } = call;
      const body = requireText(call, "IssueComment");
      const issue = world.issues.find(repository, Number(path.issue_number));
      if (!issue) throw new ApiError(404, "Not Found");
      const written = newComment(world.ids.next(), botAccount(world.app), body, world.clock.now());
      const comment = { ...written, issue };
      world.issues.addComment(comment);
      if (world.echoes.includes("comments")) {
        const payload = issueCommentPayload({ action: "created" }, comment, world);
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
      comment.body = requireText(call, "IssueComment");
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
