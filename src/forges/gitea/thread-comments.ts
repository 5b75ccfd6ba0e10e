import { z } from "zod";
import type { Repository } from "../../core/repository.ts";
import type { GiteaApi } from "./api.ts";
import { placeOf } from "./place.ts";

const ListedComment = z.object({
  id: z.number(),
  type: z.string(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullish(),
});

/** The comments on a pull request. */
export type ThreadComments = {
  list(): AsyncIterable<z.infer<typeof ListedComment>>;
  /** Gives the new comment's id. */
  create(body: string): Promise<number>;
  update(id: number, body: string): Promise<unknown>;
};

const Created = z.object({ id: z.int().positive() });

/** https://docs.gitea.com/api/1.24/#tag/issue/operation/issueGetCommentsAndTimeline: the list of comments alone has no pages. */
export function commentsOf(api: GiteaApi, repository: Repository, number: number): ThreadComments {
  const issues = [...placeOf(repository), "issues"];
  return {
    async *list() {
      const path = [...issues, number, "timeline"];
      for await (const page of api.fetchPages({ path }, ListedComment, { isCounted: false }))
        yield* page.filter(({ type }) => type === "comment");
    },
    create: async (body) =>
      (
        await api.fetchJson(
          { method: "POST", path: [...issues, number, "comments"], body: { body } },
          Created,
        )
      ).id,
    update: (id, body) =>
      api.fetchJson({ method: "PATCH", path: [...issues, "comments", id], body: { body } }, Created),
  };
}
