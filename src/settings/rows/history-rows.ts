import type { SettingRow } from "./setting-row.ts";
import { Count } from "./setting-values.ts";

/** How long the bot remembers. */
export const HISTORY_ROWS = {
  historyBuilds: {
    env: "PUSHWRIGHT_HISTORY_BUILDS",
    schema: Count.default(10_000),
    about: "Builds that the history keeps: the newest, and all that wait to run or run.",
  },
  historyDays: {
    env: "PUSHWRIGHT_HISTORY_DAYS",
    schema: Count.default(90),
    about: "Days that the history keeps a build, and what was said about it in a thread.",
  },
} as const satisfies Record<string, SettingRow>;
