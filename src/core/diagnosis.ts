import type { ReportAnnotation } from "./report.ts";

/** How a failure is met: `permanent` is the user's to mend, `transient` is tried again. */
export type FaultClass = "permanent" | "transient" | "cancelled";

/** A failed build in words: what failed, why, and what to do next. */
export type Diagnosis = {
  class: FaultClass;
  /** A stable, searchable name of the cause: `missing-dockerfile`, `run-failed`, `out-of-memory`, … */
  code: string;
  /** One line, without a full stop: what failed. */
  title: string;
  /** Why, in a sentence or two, as markdown. */
  cause: string;
  /** What to do next, as markdown. */
  remedy: string;
  /** The Dockerfile instruction that failed, as written, when it is known. */
  step?: string;
  /** Its first line in the Dockerfile, counted from 1. */
  line?: number;
  /** Marks in other files than the Dockerfile: the faults of a configuration. */
  annotations?: ReportAnnotation[];
};
