import type { CommitSha } from "../../core/commit-sha.ts";
import type { Report } from "../../core/report.ts";
import type { Repository } from "../../core/repository.ts";
import type { ReportTarget } from "../forge.ts";
import { formatPlace } from "../shared/place.ts";
import type { GitLabApi } from "./api.ts";
import type { GitLabClient } from "./client.ts";
import { type CommitStatus, formatCommitStatus } from "./commit-status.ts";
import { isAnswer } from "./fault.ts";
import { findMergeRequest } from "./find-merge-request.ts";
import type { ChangeNote } from "./note.ts";
import { postStatus } from "./post-status.ts";
import { isFork, type MergeRequestPayload } from "./pull-request.ts";
import { formatReportText } from "./report-text.ts";

/**
 * Shows the report as a commit status and, where the commit is a merge request's head, in the bot's note there. A status
 * has no place for a build's id: it is known by its name, and shows the latest build of that name.
 */
export async function publishCommitStatus(
  client: GitLabClient,
  changeNote: ChangeNote,
  { repository, commit }: ReportTarget,
  report: Report,
): Promise<{ reportId: string }> {
  const doing = `publishing the commit status of ${formatPlace(repository, commit)}`;
  const status = formatCommitStatus(report);
  const { request, refused } = await client.ask(doing, async (api) => {
    const request = await findMergeRequest(api, repository, commit);
    return { request, refused: await showStatus(api, placesOf(repository, request), commit, status) };
  });
  if (request)
    await noteReport(changeNote, repository, request.iid, commit, { ...report, name: status.name });
  else if (refused) await client.ask(doing, () => Promise.reject(refused));
  return { reportId: status.name };
}

type StatusPlace = { project: string; ref?: string };

/** People look for a fork's statuses in the fork, whose pipelines a merge request shows; the bot need not have any right there. */
function placesOf({ access }: Repository, request: MergeRequestPayload | undefined): StatusPlace[] {
  if (!request) return [{ project: access }];
  const { iid, source_branch: branch, source_project_id: source } = request;
  if (!isFork(request)) return [{ project: access, ref: branch }];
  const inTarget = { project: access, ref: `refs/merge-requests/${iid}/head` };
  return source ? [{ project: String(source), ref: branch }, inTarget] : [inTarget];
}

/** Gives the last refusal when no place took the status. */
async function showStatus(
  api: GitLabApi,
  places: StatusPlace[],
  commit: CommitSha,
  status: CommitStatus,
): Promise<Error | undefined> {
  let refused: Error | undefined;
  for (const { project, ref } of places) {
    try {
      await postStatus(api, project, commit, { ...status, ...(ref === undefined ? {} : { ref }) });
      return undefined;
    } catch (error) {
      if (!isAnswer(error, 400, 403, 404)) throw error;
      refused = error;
    }
  }
  return refused;
}

/** What was said of earlier heads goes: the note is about the head. */
async function noteReport(
  changeNote: ChangeNote,
  repository: Repository,
  number: number,
  commit: CommitSha,
  report: Report,
): Promise<void> {
  const { name } = report;
  const written = { commit, name, text: formatReportText(report) };
  await changeNote(repository, { kind: "pull-request", number }, undefined, ({ reports, conversation }) => {
    const others = reports.filter((other) => other.commit === commit && other.name !== name);
    const sorted = [...others, written].toSorted((one, other) => (one.name < other.name ? -1 : 1));
    return { reports: sorted, conversation };
  });
}
