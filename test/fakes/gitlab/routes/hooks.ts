import { forbidden } from "../http/api-error.ts";
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
  // https://docs.gitlab.com/api/group_webhooks/: of Premium and Ultimate, and for the group's Owners alone.
  route({
    ...{ method: "GET", path: "groups/:group/hooks", body: NoBody },
    query: Paging.strict(),
    answer({ world, path: { group = "" }, query }) {
      const hooks = world.groupHooks.get(group);
      if (!hooks) throw forbidden();
      return paginate(hooks, query, world.url);
    },
  }),
];
