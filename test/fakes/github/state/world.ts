import type { App } from "./app.ts";
import type { CheckRuns } from "./check-runs.ts";
import type { Clock } from "./clock.ts";
import type { CodeloadLinks } from "./codeload-links.ts";
import type { CommitComments } from "./commit-comments.ts";
import type { CommitStatuses } from "./commit-statuses.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Ids } from "./ids.ts";
import type { InstallationTokens } from "./installation-tokens.ts";
import type { Installations } from "./installations.ts";
import type { Issues } from "./issues.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { Repositories } from "./repositories.ts";
import type { Urls } from "./urls.ts";

/** What can be set when the stand-in is started. */
export type WorldSettings = {
  /** How an archive's top folder ends; GitHub's own end with seven digits. */
  archiveFolder: "full-sha" | "short-sha";
  /** Where the git repositories are kept. */
  directory: string;
  /** Requests an hour for each installation. */
  rateLimit: number;
  /** Where webhooks go, and what signs them. */
  webhook: { url: string | undefined; secret: string };
  /**
   * What the app itself did and GitHub tells it about all the same: its own comments (`issue_comment`,
   * `commit_comment`), its own check runs (`check_run` created and completed).
   */
  echoes: ("comments" | "check-runs")[];
  /** GitHub gives up after ten seconds: https://docs.github.com/webhooks/testing-and-troubleshooting-webhooks/troubleshooting-webhooks#timed-out */
  webhookTimeoutMs: number;
};

/** Everything that the stand-in knows. */
export type World = WorldSettings & {
  app: App;
  clock: Clock;
  ids: Ids;
  urls: Urls;
  repositories: Repositories;
  installations: Installations;
  tokens: InstallationTokens;
  rateLimits: RateLimits;
  codeloadLinks: CodeloadLinks;
  checkRuns: CheckRuns;
  statuses: CommitStatuses;
  issues: Issues;
  commitComments: CommitComments;
  /** Logins, in lower case, of accounts that are no more. */
  removedAccounts: Set<string>;
  deliveries: Deliveries;
  /** What the bot, or the stand-in itself, did that GitHub would not have taken or sent. */
  faults: string[];
  /** Lets something go on after the request that caused it was answered. */
  inBackground(work: Promise<unknown>): void;
  /** Waits for what goes on in the background. */
  settle(): Promise<void>;
};
