import { z } from "zod";
import type { Report } from "../../core/report.ts";
import { findBuildMark } from "../common/build-mark.ts";
import { formatPlace } from "../common/place.ts";
import type { ReportTarget } from "../forge.ts";
import type { GiteaApi } from "./api.ts";
import type { GiteaClient } from "./client.ts";
import { type CommitStatus, formatCommitStatus } from "./commit-status.ts";
import { placeOf } from "./place.ts";

/** More are not looked through for an earlier publication. */
const MAX_STATUSES = 1000;

const ListedStatus = z.object({
  id: z.number(),
  status: z.string(),
  context: z.string(),
  description: z.string(),
  target_url: z.string(),
  creator: z.object({ login: z.string() }).nullish(),
});
type ListedStatus = z.infer<typeof ListedStatus>;

/**
 * Gitea keeps every status that was ever added, none can be changed, and the newest of each context is shown. A build goes
 * on under the context that it had first, which is its report's id; it adds nothing where that shows the same already,
 * and nothing where a later build of the same name has taken its place.
 */
export async function publishCommitStatus(
  client: GiteaClient,
  target: ReportTarget,
  report: Report,
): Promise<{ reportId: string }> {
  const { repository, commit, reportId, mayExist } = target;
  const doing = `publishing the status of ${formatPlace(repository, commit)}`;
  return client.ask(doing, async (api) => {
    const status = formatCommitStatus(report, target);
    if (!mayExist && reportId === undefined) return add(api, target, status);
    const known = await fetchOwnStatuses(api, target, await client.fetchOwnLogin());
    const isOwn = ({ target_url }: ListedStatus) => findBuildMark(target_url) === report.buildId;
    const before = known.find(isOwn);
    const context = reportId ?? before?.context ?? status.context;
    const shown = known.find((listed) => listed.context === context);
    const wasPublished = reportId !== undefined || before !== undefined;
    const isOvertaken = wasPublished && shown !== undefined && !isOwn(shown);
    if (isOvertaken || (shown && isSame(shown, status))) return { reportId: context };
    return add(api, target, { ...status, context });
  });
}

async function add(
  api: GiteaApi,
  { repository, commit }: ReportTarget,
  body: CommitStatus,
): Promise<{ reportId: string }> {
  const path = [...placeOf(repository), "statuses", commit];
  await api.fetchJson({ method: "POST", path, body }, z.object({ id: z.number() }));
  return { reportId: body.context };
}

/** The newest first. Not others': whoever may write in the repository can add statuses that look the same. */
async function fetchOwnStatuses(
  api: GiteaApi,
  { repository, commit }: ReportTarget,
  ownLogin: string,
): Promise<ListedStatus[]> {
  const statuses: ListedStatus[] = [];
  const path = [...placeOf(repository), "commits", commit, "statuses"];
  for await (const page of api.fetchPages({ path }, ListedStatus, { isCounted: true })) {
    statuses.push(...page.filter(({ creator }) => creator?.login === ownLogin));
    if (statuses.length >= MAX_STATUSES) break;
  }
  return statuses.toSorted((one, other) => other.id - one.id);
}

function isSame(listed: ListedStatus, { state, description, target_url }: CommitStatus): boolean {
  return listed.status === state && listed.description === description && listed.target_url === target_url;
}
