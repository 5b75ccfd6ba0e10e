import type { BuildId } from "../../../src/core/build-id.ts";
import type { Report } from "../../../src/core/report.ts";

export const buildId = "0123456789abcdef01234567" as BuildId;

export function reportOf(changes: Partial<Report> = {}): Report {
  return {
    buildId,
    name: "pushwright",
    title: "Building",
    summary: "A summary.",
    logTail: [],
    annotations: [],
    actions: [],
    startedAt: Date.UTC(2026, 0, 2),
    status: "in-progress",
    ...changes,
  } as Report;
}

export const completed = {
  status: "completed",
  conclusion: "success",
  completedAt: Date.UTC(2026, 0, 3),
} as const;
