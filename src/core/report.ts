import type { BuildId } from "./build.ts";

/** A mark on a line of a file of the commit. */
export type ReportAnnotation = {
  path: string;
  /** Counted from 1. */
  line: number;
  title: string;
  message: string;
};

/** What a forge shows on a commit about a build, in words that every forge can show. */
export type Report = {
  buildId: BuildId;
  /** The check's name: `pushwright`. */
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
} & (
  | { status: "queued" | "in-progress" }
  | {
      status: "completed";
      conclusion: "success" | "failure" | "cancelled" | "timed-out";
      completedAt: number;
    }
);
