import { ApiError } from "../http/api-error.ts";
import { botAccount } from "../state/app.ts";
import type { CommentBase, ReactionContent } from "../state/comments.ts";
import type { Permissions } from "../state/permissions.ts";
import { reactionView } from "../views/comment.ts";
import { requireComment } from "./comments.ts";
import { requireCommitComment } from "./commit-comments.ts";
import { paginate } from "./paginate.ts";
import type { RepositoryCall, Routes } from "./route.ts";

/** https://docs.github.com/rest/reactions/reactions */
export const reactionRoutes: Routes = {
  ...reactionsTo({
    kind: "issue-comment",
    path: "issues/comments",
    require: requireComment,
    read: () => ({ issues: "read", pull_requests: "read" }),
    // GitHub goes by what the comment is on: https://github.com/MakieOrg/Makie.jl/pull/5644
    write: (call) => (requireComment(call).issue.pull ? { pull_requests: "write" } : { issues: "write" }),
  }),
  ...reactionsTo({
    kind: "commit-comment",
    path: "comments",
    require: requireCommitComment,
    read: () => ({ metadata: "read" }),
    write: () => ({ contents: "write" }),
  }),
};

type CommentKind = {
  /** As operation ids name it. */
  kind: string;
  path: string;
  require(call: RepositoryCall): CommentBase;
  read(): Permissions;
  write(call: RepositoryCall): Permissions;
};

function reactionsTo({ kind, path: place, require, read, write }: CommentKind): Routes {
  return {
    [`reactions/create-for-${kind}`]: {
      for: "repository",
      anyOf: write,
      answer(call) {
        const { world } = call;
        const { content } = call.body as { content: ReactionContent };
        const { reactions } = require(call);
        const author = botAccount(world.app);
        const known = reactions.find((one) => one.content === content && one.author.id === author.id);
        if (known) return { status: 200, body: reactionView(known, world) };
        const reaction = { id: world.ids.next(), content, author, createdAt: world.clock.now() };
        reactions.push(reaction);
        return { status: 201, body: reactionView(reaction, world) };
      },
    },
    [`reactions/list-for-${kind}`]: {
      for: "repository",
      anyOf: read(),
      answer(call) {
        const { world, repository, query } = call;
        const { id, reactions } = require(call);
        const wanted = reactions.filter(
          ({ content }) => query.content === undefined || content === query.content,
        );
        const url = world.urls.api(`/repos/${repository.fullName}/${place}/${id}/reactions`);
        const { page, headers } = paginate(call, url, wanted);
        return { status: 200, headers, body: page.map((reaction) => reactionView(reaction, world)) };
      },
    },
    [`reactions/delete-for-${kind}`]: {
      for: "repository",
      anyOf: write,
      answer(call) {
        const { reactions } = require(call);
        const index = reactions.findIndex(({ id }) => id === call.path.reaction_id);
        if (index < 0) throw new ApiError(404, "Not Found");
        reactions.splice(index, 1);
        return { status: 204 };
      },
    },
  };
}
