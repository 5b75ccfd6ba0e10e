import { z } from "zod";
import { readCommit } from "../../git/read-commits.ts";
import { listRefs } from "../../git/read-refs.ts";
import { runGit } from "../../git/run-git.ts";
import { NoBody, Paging, paginate } from "../http/parameters.ts";
import { type Route, route } from "../http/route.ts";
import { LEVELS, type Project } from "../state/world.ts";
import { commitView, mergeRequestView } from "../views/views.ts";
import { commitAt } from "./commit-at.ts";

const COMMIT = "projects/:id/repository/commits/:sha";

export const commitRoutes: Route[] = [
  route({
    ...{ method: "GET", path: COMMIT, needs: LEVELS.reporter, body: NoBody },
    query: z.strictObject({ stats: z.enum(["true", "false"]).default("true") }),
    answer: async ({ world, project, path }) => {
      const sha = await commitAt(project, path.sha ?? "", "Commit");
      return { body: commitView(await readCommit(project.gitDirectory, sha), project, world) };
    },
  }),
  route({
    ...{ method: "GET", path: `${COMMIT}/refs`, needs: LEVELS.reporter, body: NoBody },
    query: Paging.extend({ type: z.enum(["branch", "tag", "all"]).default("all") }).strict(),
    answer: async ({ world, project, path, query }) => {
      const sha = await commitAt(project, path.sha ?? "", "Commit");
      const wanted = query.type === "all" ? (["branch", "tag"] as const) : [query.type];
      const lists = wanted.map(async (type) =>
        (await refNamesWith(project, sha, type)).map((name) => ({ type, name })),
      );
      return paginate((await Promise.all(lists)).flat(), query, world.url);
    },
  }),
  route({
    ...{ method: "GET", path: `${COMMIT}/merge_requests`, needs: LEVELS.reporter, body: NoBody },
    query: Paging.extend({ state: z.string().optional() }).strict(),
    answer: async ({ world, project, path, query }) => {
      const sha = await commitAt(project, path.sha ?? "", "Commit");
      const own = world.mergeRequests.filter(({ target }) => target === project);
      const having = await Promise.all(
        own.map(async (request) => {
          const commits = await runGit(project.gitDirectory, ["rev-list", request.sha]);
          return commits.split("\n").includes(sha) ? [mergeRequestView(request, world)] : [];
        }),
      );
      return paginate(having.flat(), query, world.url);
    },
  }),
];

/** Merge requests' refs are not among them. */
export async function refNamesWith(
  { gitDirectory }: Project,
  sha: string,
  type: "branch" | "tag",
): Promise<string[]> {
  const prefix = type === "branch" ? "refs/heads/" : "refs/tags/";
  const refs = await listRefs(gitDirectory, prefix);
  const having = await Promise.all(
    refs.map(async ({ ref, commit }) => {
      const commits = await runGit(gitDirectory, ["rev-list", commit]);
      return commits.split("\n").includes(sha) ? [ref.slice(prefix.length)] : [];
    }),
  );
  return having.flat();
}
