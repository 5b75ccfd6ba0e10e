import { boundText } from "../../core/bound-text.ts";
import type { CommitSha } from "../../core/commit-sha.ts";
import { commitUrl } from "../../core/commit-url.ts";
import type { Report } from "../../core/report.ts";
import type { Repository } from "../../core/repository.ts";
import { markUrl } from "../common/build-mark.ts";

/** Gitea itself knows no bounds here. More is not read where it shows them, and a check's name is one. */
const MAX_DESCRIPTION = 255;
const MAX_CONTEXT = 255;

export type CommitState = "pending" | "success" | "failure" | "warning";

/** https://docs.gitea.com/api/1.24/#tag/repository/operation/repoCreateStatus */
export type CommitStatus = { context: string; state: CommitState; description: string; target_url: string };

/**
 * Branch protection lets `success` pass and nothing else. What need not be built passes, as Gitea's own Actions do it; what
 * waits for somebody's approval has no other word than pending; and what was cancelled has failed in nothing.
 */
const STATES: Record<Extract<Report, { status: "completed" }>["conclusion"], CommitState> = {
  success: "success",
  skipped: "success",
  neutral: "success",
  failure: "failure",
  "timed-out": "failure",
  cancelled: "warning",
  "action-required": "pending",
};

/** A report as Gitea's commit statuses show it: a mark, a line of text (a pushed image's digest first), a link. */
export function formatCommitStatus(
  report: Report,
  { repository, commit }: { repository: Repository; commit: CommitSha },
): CommitStatus {
  const page = report.detailsUrl ?? commitUrl(repository, commit);
  return {
    context: boundText(report.name, MAX_CONTEXT),
    state: report.status === "completed" ? STATES[report.conclusion] : "pending",
    description: boundText(report.title, MAX_DESCRIPTION),
    target_url: markUrl(page, report.buildId),
  };
}
