import { accessTokenRoutes } from "./access-tokens.ts";
import { appRoutes } from "./apps.ts";
import { archiveRoutes } from "./archive.ts";
import { checkRunRoutes } from "./check-runs.ts";
import { commentRoutes } from "./comments.ts";
import { commitCommentRoutes } from "./commit-comments.ts";
import { comparisonRoutes } from "./comparisons.ts";
import { contentRoutes } from "./contents.ts";
import { hookDeliveryRoutes } from "./hook-deliveries.ts";
import { issueRoutes } from "./issues.ts";
import { pullRequestRoutes } from "./pull-requests.ts";
import { rateLimitRoutes } from "./rate-limit.ts";
import { reactionRoutes } from "./reactions.ts";
import { repositoryRoutes } from "./repositories.ts";
import type { Routes } from "./route.ts";
import { statusRoutes } from "./statuses.ts";

/** Every operation that the stand-in serves. */
export const allRoutes: Routes = {
  ...accessTokenRoutes,
  ...appRoutes,
  ...archiveRoutes,
  ...checkRunRoutes,
  ...commentRoutes,
  ...commitCommentRoutes,
  ...comparisonRoutes,
  ...contentRoutes,
  ...hookDeliveryRoutes,
  ...issueRoutes,
  ...pullRequestRoutes,
  ...rateLimitRoutes,
  ...reactionRoutes,
  ...repositoryRoutes,
  ...statusRoutes,
};
