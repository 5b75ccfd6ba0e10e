import type { BuildId } from "../../core/build-id.ts";

/** What comes of a command. */
export type Answer = {
  /** Markdown. */
  said: string;
  /** The builds whose outcome belongs to the answer. */
  builds?: BuildId[];
  isRefused?: boolean;
};
