import { boundText } from "../../core/bound-text.ts";
import type { Report } from "../../core/report.ts";

/** As GitLab validates them; its characters are never more than bytes. */
const MAX_TEXT = 255;

export type CommitState = "pending" | "running" | "success" | "failed" | "canceled" | "skipped";

/** https://docs.gitlab.com/api/commits/#set-commit-pipeline-status, less what names the project and commit. */
export type CommitStatus = {
  state: CommitState;
  name: string;
  description: string;
  targetUrl?: string;
};

/** A report as GitLab's commit statuses show it: in a line, in which a pushed image's digest comes first. */
export function formatCommitStatus(report: Report): CommitStatus {
  const { name, title, detailsUrl } = report;
  const isLinked = detailsUrl !== undefined && detailsUrl.length <= MAX_TEXT;
  return {
    state: stateOf(report),
    name: boundText(name, MAX_TEXT),
    description: boundText(title, MAX_TEXT),
    ...(isLinked ? { targetUrl: detailsUrl } : {}),
  };
}

function stateOf(report: Report): CommitState {
  if (report.status !== "completed") return report.status === "queued" ? "pending" : "running";
  switch (report.conclusion) {
    case "success":
      return "success";
    case "failure":
    case "timed-out":
      return "failed";
    case "skipped":
    case "neutral":
      return "skipped";
    // GitLab has no word for what waits for a person. It is not pending: nothing goes on by itself.
    case "cancelled":
    case "action-required":
      return "canceled";
  }
}
