import type { Route } from "../http/route.ts";
import { accountRoutes } from "./accounts.ts";
import { commitRoutes } from "./commits.ts";
import { discussionRoutes } from "./discussions.ts";
import { hookRoutes } from "./hooks.ts";
import { mergeRequestRoutes } from "./merge-requests.ts";
import { noteRoutes } from "./notes.ts";
import { repositoryRoutes } from "./repositories.ts";
import { statusRoutes } from "./statuses.ts";

/** Every endpoint that the stand-in has: https://docs.gitlab.com/api/api_resources/ */
export const allRoutes: Route[] = [
  ...accountRoutes,
  ...repositoryRoutes,
  ...commitRoutes,
  ...statusRoutes,
  ...discussionRoutes,
  ...mergeRequestRoutes,
  ...noteRoutes,
  ...hookRoutes,
];
