import type { App } from "./app.ts";
import { CheckRuns } from "./check-runs.ts";
import type { Clock } from "./clock.ts";
import { CodeloadLinks } from "./codeload-links.ts";
import { CommitComments } from "./commit-comments.ts";
import { CommitStatuses } from "./commit-statuses.ts";
import { Deliveries } from "./deliveries.ts";
import { Ids } from "./ids.ts";
import { InstallationTokens } from "./installation-tokens.ts";
import { Installations } from "./installations.ts";
import { Issues } from "./issues.ts";
import { RateLimits } from "./rate-limits.ts";
import { Repositories } from "./repositories.ts";
import { Urls } from "./urls.ts";
import type { World, WorldSettings } from "./world.ts";

/** A GitHub on which nothing has happened yet. */
export function createWorld(settings: WorldSettings, app: App, clock: Clock, baseUrl: string): World {
  const background = new Set<Promise<unknown>>();
  return {
    ...settings,
    app,
    clock,
    ids: new Ids(),
    urls: new Urls(baseUrl),
    repositories: new Repositories(),
    installations: new Installations(),
    tokens: new InstallationTokens(),
    rateLimits: new RateLimits(settings.rateLimit),
    codeloadLinks: new CodeloadLinks(),
    checkRuns: new CheckRuns(),
    statuses: new CommitStatuses(),
    issues: new Issues(),
    commitComments: new CommitComments(),
    removedAccounts: new Set(),
    deliveries: new Deliveries(),
    faults: [],
    inBackground(work) {
      const done = work.finally(() => background.delete(done));
      background.add(done);
    },
    async settle() {
      await Promise.allSettled(background);
    },
  };
}
