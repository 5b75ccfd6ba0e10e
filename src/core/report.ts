import type { BuildId } from "./build-id.ts";
import type { CheckAction } from "./forge-event.ts";

/** A mark on a line of a file of the commit. */
export type ReportAnnotation = {
  path: string;
  /** Counted from 1. */
  line: number;
  /** Counted from 1, if it is known. */
  column?: number;
  title: string;
  message: string;
};

/** A button. */
export type ReportAction = { action: CheckAction; label: string; description: string };

/** What a forge shows on a commit about a build, in words that every forge can show. */
export type Report = {
  buildId: BuildId;
  /** The check's name: `pushwright`, or `pushwright / api`. */
  name: string;
  /** One line of plain text. */
  title: string;
  /** Markdown. */
  summary: string;
  /** The end of the build's log, oldest line first. */
  logTail: string[];
  annotations: ReportAnnotation[];
  /** In milliseconds since 1970. */
  startedAt: number;
  /** Where a person finds more: the build's page. */
  detailsUrl?: string;
  /** What a person can ask for with a button. */
  actions: ReportAction[];
} & (
  | { status: "queued" | "in-progress" }
  | {
      status: "completed";
      conclusion:
        | "success"
        | "failure"
        | "cancelled"
        | "timed-out"
        | "skipped"
        | "neutral"
        | "action-required";
      completedAt: number;
    }
);
