import { ApiError } from "../http/api-error.ts";
import { botAccount } from "../state/app.ts";
import type { ReactionContent } from "../state/issues.ts";
import { reactionView } from "../views/comment.ts";
import { requireComment } from "./comments.ts";
import { paginate } from "./paginate.ts";
import type { Routes } from "./route.ts";

/** https://docs.github.com/rest/reactions/reactions */
export const reactionRoutes: Routes = {
  "reactions/create-for-issue-comment": {
    for: "repository",
    anyOf: { issues: "write", pull_requests: "write" },
    answer(call) {
      const { world } = call;
      const { content } = call.body as { content: ReactionContent };
      const comment = requireComment(call);
      const author = botAccount(world.app);
      const known = comment.reactions.find((one) => one.content === content && one.author.id === author.id);
      if (known) return { status: 200, body: reactionView(known, world) };
      const reaction = { id: world.ids.next(), content, author, createdAt: world.clock.now() };
      comment.reactions.push(reaction);
      return { status: 201, body: reactionView(reaction, world) };
    },
  },
  "reactions/list-for-issue-comment": {
    for: "repository",
    anyOf: { issues: "read", pull_requests: "read" },
    answer(call) {
      const { world, repository, query } = call;
      const { id, reactions } = requireComment(call);
      const wanted = reactions.filter(
        ({ content }) => query.content === undefined || content === query.content,
      );
      const url = world.urls.api(`/repos/${repository.fullName}/issues/comments/${id}/reactions`);
      const { page, headers } = paginate(call, url, wanted);
      return { status: 200, headers, body: page.map((reaction) => reactionView(reaction, world)) };
    },
  },
  "reactions/delete-for-issue-comment": {
    for: "repository",
    anyOf: { issues: "write", pull_requests: "write" },
    answer(call) {
      const { reactions } = requireComment(call);
      const index = reactions.findIndex(({ id }) => id === call.path.reaction_id);
      if (index < 0) throw new ApiError(404, "Not Found");
      reactions.splice(index, 1);
      return { status: 204 };
    },
  },
};
