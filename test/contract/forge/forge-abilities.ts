import type { Thread } from "../../../src/core/forge-event.ts";
import { Permission } from "../../../src/core/permission.ts";
import type { Report } from "../../../src/core/report.ts";

export type Conclusion = Extract<Report, { status: "completed" }>["conclusion"];

/** What a forge can show: no adapter can make it show more. */
export type ForgeAbilities = {
  /** The rights that it tells apart. */
  permissions: readonly Permission[];
  /** Where people can talk. */
  threads: readonly Thread["kind"][];
  /** How it shows that a build ended. What it has no word for shows as if the build had not. */
  ends: readonly Conclusion[];
  /** It shows a build's summary, the end of its log, and marks on lines of files. */
  hasDetails: boolean;
  /**
   * A report's name is what it is known by: it stays, and of several builds of that name the newest one's is shown. Else
   * each build has its own.
   */
  isOneReportPerName: boolean;
};

export const EVERY_ABILITY: ForgeAbilities = {
  permissions: Permission.options,
  threads: ["pull-request", "commit"],
  ends: ["success", "failure", "cancelled", "timed-out", "skipped", "neutral", "action-required"],
  hasDetails: true,
  isOneReportPerName: false,
};
