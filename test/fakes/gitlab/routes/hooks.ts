import { NoBody, Paging, paginate } from "../http/parameters.ts";
import { type Route, route } from "../http/route.ts";
import { LEVELS } from "../state/world.ts";

export const hookRoutes: Route[] = [
  route({
    ...{ method: "GET", path: "projects/:id/hooks", needs: LEVELS.maintainer, body: NoBody },
    query: Paging.strict(),
    answer: ({ world, project, query }) =>
      paginate(
        world.hooks.filter(({ project_id }) => project_id === project.id),
        query,
        world.url,
      ),
  }),
];
