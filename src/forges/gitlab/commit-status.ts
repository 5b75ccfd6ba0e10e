import { boundText } from "../../core/bound-text.ts";
import type { CommitSha } from "../../core/commit-sha.ts";
import { commitUrl } from "../../core/commit-url.ts";
import type { Report } from "../../core/report.ts";
import type { Repository } from "../../core/repository.ts";
import { markUrl } from "../common/build-mark.ts";

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
export function formatCommitStatus(
  report: Report,
  { repository, commit }: { repository: Repository; commit: CommitSha },
): CommitStatus {
  const { name, title, detailsUrl, buildId } = report;
  const links = [...(detailsUrl === undefined ? [] : [detailsUrl]), commitUrl(repository, commit)];
  const targetUrl = links.map((link) => markUrl(link, buildId)).find(({ length }) => length <= MAX_TEXT);
  return {
    state: stateOf(report),
    name: boundText(name, MAX_TEXT),
    description: boundText(title, MAX_TEXT),
    ...(targetUrl === undefined ? {} : { targetUrl }),
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
