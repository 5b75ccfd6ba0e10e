import { z } from "zod";
import { notFound } from "../http/api-error.ts";
import { NoBody, Nothing, Paging, paginate } from "../http/parameters.ts";
import { type Route, route } from "../http/route.ts";
import { projectView, userView } from "../views/views.ts";

export const accountRoutes: Route[] = [
  route({
    ...{ method: "GET", path: "user", query: Nothing, body: NoBody },
    answer: ({ world, caller }) => ({ body: userView(caller, world) }),
  }),
  route({
    ...{ method: "GET", path: "users", body: NoBody },
    query: Paging.extend({ username: z.string() }).strict(),
    answer: ({ world, query }) => ({
      body: world.users
        .filter(({ username }) => username.toLowerCase() === query.username.toLowerCase())
        .map((user) => userView(user, world)),
    }),
  }),
  route({
    // https://docs.gitlab.com/api/projects/#list-all-projects
    ...{ method: "GET", path: "projects", body: NoBody },
    query: Paging.extend({
      membership: z.literal("true"),
      min_access_level: z.coerce.number(),
    }).strict(),
    answer: ({ world, caller, query }) =>
      paginate(
        world.projects
          .filter(({ members }) => (members.get(caller.id) ?? 0) >= query.min_access_level)
          .map((project) => projectView(project, world)),
        query,
        world.url,
      ),
  }),
  route({
    ...{ method: "GET", path: "projects/:id", query: Nothing, body: NoBody },
    answer: ({ world, project }) => ({ body: projectView(project, world) }),
  }),
  route({
    ...{ method: "GET", path: "projects/:id/members/all/:user_id", query: Nothing, body: NoBody },
    answer: ({ world, project, path }) => {
      const user = world.users.find(({ id }) => String(id) === path.user_id);
      const access_level = user && project.members.get(user.id);
      if (!user || access_level === undefined) throw notFound("Member");
      return { body: { ...userView(user, world), access_level, expires_at: null } };
    },
  }),
];
