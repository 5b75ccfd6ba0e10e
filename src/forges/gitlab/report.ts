import type { CommitSha } from "../../core/commit-sha.ts";
import type { Report } from "../../core/report.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { ReportTarget } from "../forge.ts";
import type { GitLabApi } from "./api.ts";
import type { GitLabClient } from "./client.ts";
import { formatCommitStatus } from "./commit-status.ts";
import { isAnswer } from "./fault.ts";
import { findMergeRequest } from "./find-merge-request.ts";
import type { ChangeNote } from "./note.ts";
import { fetchOwnStatuses, isOfAnotherBuild, isOfBuild, showsSame } from "./own-statuses.ts";
import { postStatus, type StatusPlace } from "./post-status.ts";
import { isFork, type MergeRequestPayload } from "./pull-request.ts";
import { formatReportText } from "./report-text.ts";

/**
 * Shows the report as a commit status and, where the commit is a merge request's head, in the bot's note there. GitLab knows
 * a status by its name and shows the last one: a build goes on under the name that it had first, which is its report's id,
 * and says nothing more once a later build of that name has taken its place.
 */
export async function publishCommitStatus(
  client: GitLabClient,
  changeNote: ChangeNote,
  target: ReportTarget,
  report: Report,
): Promise<{ reportId: string }> {
  const { repository, commit } = target;
  const doing = `publishing the commit status of ${formatPlace(repository, commit)}`;
  const { request, said } = await client.ask(doing, async (api) => {
    const request = await findMergeRequest(api, repository, commit);
    const said = await showStatus(client, api, placesOf(repository, request), target, report);
    if (!request && said.refused) throw said.refused;
    return { request, said };
  });
  const { name, isOvertaken } = said;
  if (request && !isOvertaken)
    await noteReport(changeNote, repository, request.iid, commit, { ...report, name });
  return { reportId: name };
}

type Place = { project: string; ref?: string };

/** People look for a fork's statuses in the fork, whose pipelines a merge request shows; the bot need not have any right there. */
function placesOf({ access }: Repository, request: MergeRequestPayload | undefined): Place[] {
  if (!request) return [{ project: access }];
  const { iid, source_branch: branch, source_project_id: source } = request;
  if (!isFork(request)) return [{ project: access, ref: branch }];
  const inTarget = { project: access, ref: `refs/merge-requests/${iid}/head` };
  return source ? [{ project: String(source), ref: branch }, inTarget] : [inTarget];
}

type Said = { name: string; isOvertaken: boolean; refused?: Error };

/** In the first place that takes the status; with the last refusal when none did. */
async function showStatus(
  client: GitLabClient,
  api: GitLabApi,
  places: Place[],
  target: ReportTarget,
  report: Report,
): Promise<Said> {
  let refused: Error | undefined;
  for (const place of places) {
    try {
      return await showIn({ ...place, commit: target.commit, ownId: client.fetchOwnId }, api, target, report);
    } catch (error) {
      if (!isAnswer(error, 400, 403, 404)) throw error;
      refused = error;
    }
  }
  const name = target.reportId ?? formatCommitStatus(report, target).name;
  return { name, isOvertaken: false, ...(refused ? { refused } : {}) };
}

async function showIn(
  place: StatusPlace,
  api: GitLabApi,
  target: ReportTarget,
  report: Report,
): Promise<Said> {
  const { reportId, mayExist, commit } = target;
  const { buildId } = report;
  const status = formatCommitStatus(report, target);
  const isNew = !mayExist && reportId === undefined;
  const query = { project: place.project, commit, ...(reportId === undefined ? {} : { name: reportId }) };
  const known = isNew ? [] : await fetchOwnStatuses(api, { ...query, ownId: await place.ownId() });
  const before = known.find((listed) => isOfBuild(listed, buildId));
  const name = reportId ?? before?.name ?? status.name;
  const shown = known.find((listed) => listed.name === name);
  const wasPublished = reportId !== undefined || before !== undefined;
  if (wasPublished && shown && isOfAnotherBuild(shown, buildId)) return { name, isOvertaken: true };
  if (!shown || !showsSame(shown, status)) await postStatus(api, place, { ...status, name });
  return { name, isOvertaken: false };
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
