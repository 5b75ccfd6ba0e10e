import { resolveCommit } from "../../git/read-refs.ts";
import { ApiError } from "../http/api-error.ts";
import { botAccount } from "../state/app.ts";
import { newComment } from "../state/comments.ts";
import type { CommitComment } from "../state/commit-comments.ts";
import { commitCommentView } from "../views/comment.ts";
import { announce } from "../webhooks/announce.ts";
import { commitCommentPayload } from "../webhooks/commit-comment-payload.ts";
import { requireText } from "./comment-text.ts";
import { paginate } from "./paginate.ts";
import type { RepositoryCall, Routes } from "./route.ts";

/** https://docs.github.com/rest/commits/comments: to write one takes `contents: read`, to change one takes more. */
export const commitCommentRoutes: Routes = {
  "repos/create-commit-comment": {
    for: "repository",
    anyOf: { contents: "read" },
    async answer(call) {
      const { world, repository } = call;
      const body = requireText(call, "CommitComment");
      const sha = await requireCommit(call);
      const written = newComment(world.ids.next(), botAccount(world.app), body, world.clock.now());
      const comment = { ...written, repository, sha };
      world.commitComments.add(comment);
      if (world.echoes.includes("comments")) {
        const payload = commitCommentPayload(comment, world);
        world.inBackground(announce("commit_comment", payload, repository, world));
      }
      return { status: 201, body: commitCommentView(comment, world) };
    },
  },
  "repos/get-commit-comment": {
    for: "repository",
    anyOf: { metadata: "read" },
    answer: (call) => ({ status: 200, body: commitCommentView(requireCommitComment(call), call.world) }),
  },
  "repos/list-comments-for-commit": {
    for: "repository",
    anyOf: { metadata: "read" },
    async answer(call) {
      const { world, repository } = call;
      const sha = await requireCommit(call);
      const url = world.urls.api(`/repos/${repository.fullName}/commits/${sha}/comments`);
      const { page, headers } = paginate(call, url, world.commitComments.ofCommit(repository, sha));
      return { status: 200, headers, body: page.map((comment) => commitCommentView(comment, world)) };
    },
  },
  "repos/update-commit-comment": {
    for: "repository",
    anyOf: { contents: "write" },
    answer(call) {
      const comment = requireCommitComment(call);
      comment.body = requireText(call, "CommitComment");
      comment.updatedAt = call.world.clock.now();
      return { status: 200, body: commitCommentView(comment, call.world) };
    },
  },
  "repos/delete-commit-comment": {
    for: "repository",
    anyOf: { contents: "write" },
    answer(call) {
      call.world.commitComments.remove(requireCommitComment(call));
      return { status: 204 };
    },
  },
};

/** The comment that the path names. */
export function requireCommitComment({ world, repository, path }: RepositoryCall): CommitComment {
  const comment = world.commitComments.find(repository, Number(path.comment_id));
  if (!comment) throw new ApiError(404, "Not Found");
  return comment;
}

async function requireCommit({ repository, path }: RepositoryCall): Promise<string> {
  const sha = String(path.commit_sha);
  if ((await resolveCommit(repository.gitDirectory, sha)) !== sha)
    throw new ApiError(422, `No commit found for SHA: ${sha}`);
  return sha;
}
