import type { Routes } from "./route.ts";

/** https://docs.github.com/rest/rate-limit/rate-limit: asking does not count. */
export const rateLimitRoutes: Routes = {
  "rate-limit/get": {
    for: "installation",
    answer({ world, caller }) {
      const core = world.rateLimits.of(caller, world.clock.now());
      const none = { limit: 0, used: 0, remaining: 0, reset: core.reset };
      return { status: 200, body: { resources: { core, search: none, graphql: none }, rate: core } };
    },
  },
};
