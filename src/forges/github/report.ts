import type { Octokit } from "@octokit/rest";
import type { Report } from "../../core/report.ts";
import { formatPlace } from "../common/place.ts";
import type { ReportTarget } from "../forge.ts";
import { type CheckRun, formatCheckRun } from "./check-run.ts";
import type { GitHubClient } from "./client.ts";
import { placeOf } from "./place.ts";
import { TOKEN_PERMISSIONS } from "./token-permissions.ts";

/** Creates the check run, or updates the one that shows this build already, and adds annotations beyond the first 50. */
export async function publishCheckRun(
  client: GitHubClient,
  target: ReportTarget,
  report: Report,
): Promise<{ reportId: string }> {
  const { repository, commit } = target;
  const doing = `publishing the check run of ${formatPlace(repository, commit)}`;
  const call = { repository, permissions: TOKEN_PERMISSIONS.builds, doing };
  return client.ask(call, (octokit) => publishWith(octokit, client.appId, target, report));
}

async function publishWith(
  octokit: Octokit,
  appId: number,
  target: ReportTarget,
  report: Report,
): Promise<{ reportId: string }> {
  const { repository, commit } = target;
  const where = placeOf(repository);
  const { checkRun, moreAnnotations } = formatCheckRun(report);
  const known = target.reportId ?? (target.mayExist ? await findCheckRun() : undefined);
  const id = known === undefined ? await create(checkRun) : await update(Number(known), checkRun);
  for (const annotations of moreAnnotations) {
    await update(id, { ...checkRun, output: { ...checkRun.output, annotations } });
  }
  return { reportId: String(id) };

  async function create(body: CheckRun): Promise<number> {
    const { data } = await octokit.rest.checks.create({ ...where, head_sha: commit, ...body });
    if (!Number.isSafeInteger(data?.id)) throw new Error("GitHub's answer holds no id of the check run");
    return data.id;
  }

  async function update(id: number, body: CheckRun): Promise<number> {
    await octokit.rest.checks.update({ ...where, check_run_id: id, ...body });
    return id;
  }

  /** Not by its name, which may have changed since. */
  async function findCheckRun(): Promise<number | undefined> {
    const query = { ...where, ref: commit, app_id: appId, filter: "all", per_page: 100 } as const;
    for await (const { data } of octokit.paginate.iterator(octokit.rest.checks.listForRef, query)) {
      const found = data.find((run) => run.external_id === report.buildId);
      if (found) return found.id;
    }
    return undefined;
  }
}
