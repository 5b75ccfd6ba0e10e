import { readMergeBase } from "../../git/merge-base.ts";
import { type FileDifference, readChangesBetween } from "../../git/read-changes.ts";
import { resolveCommit } from "../../git/read-refs.ts";
import { notFound } from "../http/api-error.ts";
import { NoBody, Nothing, Paging, paginate } from "../http/parameters.ts";
import { type Route, route } from "../http/route.ts";
import { LEVELS, type MergeRequest, type Project, type World } from "../state/world.ts";
import { diffView, mergeRequestView } from "../views/views.ts";

const REQUEST = "projects/:id/merge_requests/:iid";
const needs = LEVELS.reporter;

/** More are not kept: https://docs.gitlab.com/administration/instance_limits/#merge-requests */
const MAX_FILES = 1000;

export function mergeRequestAt(world: World, project: Project, iid: string | undefined): MergeRequest {
  const found = world.mergeRequests.find(
    (request) => request.target === project && String(request.iid) === iid,
  );
  if (!found) throw notFound("Merge Request");
  return found;
}

async function changesOf({ target, targetBranch, sha }: MergeRequest) {
  const { gitDirectory } = target;
  const start = (await resolveCommit(gitDirectory, targetBranch)) ?? sha;
  const base = (await readMergeBase(gitDirectory, start, sha)) ?? start;
  const files: FileDifference[] = await readChangesBetween(gitDirectory, base, sha);
  const changes = files.length > MAX_FILES ? `${MAX_FILES}+` : String(files.length);
  return { start, base, changes, files: files.slice(0, MAX_FILES) };
}

export const mergeRequestRoutes: Route[] = [
  route({
    ...{ method: "GET", path: REQUEST, needs, query: Nothing, body: NoBody },
    answer: async ({ world, project, path }) => {
      const request = mergeRequestAt(world, project, path.iid);
      return { body: mergeRequestView({ ...request, ...(await changesOf(request)) }, world) };
    },
  }),
  route({
    ...{ method: "GET", path: `${REQUEST}/diffs`, needs, query: Paging.strict(), body: NoBody },
    answer: async ({ world, project, path, query }) => {
      const { files } = await changesOf(mergeRequestAt(world, project, path.iid));
      return paginate(files.map(diffView), query, world.url);
    },
  }),
];
