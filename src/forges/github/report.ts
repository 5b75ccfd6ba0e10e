import type { Octokit } from "@octokit/rest";
import { formatShortSha } from "../../core/commit-sha.ts";
import type { Report } from "../../core/report.ts";
import { formatRepository } from "../../core/repository.ts";
import type { ReportTarget } from "../forge.ts";
import { type CheckRun, formatCheckRun } from "./check-run.ts";
import type { GitHubClient } from "./client.ts";
import { githubFault } from "./fault.ts";

/** Creates the check run, or updates the one that shows this build already, and adds annotations beyond the first 50. */
export async function publishCheckRun(
  client: GitHubClient,
  target: ReportTarget,
  report: Report,
): Promise<{ reportId: string }> {
  const { repository, commit } = target;
  try {
    return await client(repository, (octokit) => publishWith(octokit, target, report));
  } catch (error) {
    throw githubFault(
      `publishing the check run of ${formatRepository(repository)}@${formatShortSha(commit)}`,
      error,
    );
  }
}

async function publishWith(
  octokit: Octokit,
  target: ReportTarget,
  report: Report,
): Promise<{ reportId: string }> {
  const { repository, commit } = target;
  const where = { owner: repository.owner, repo: repository.name };
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

  async function findCheckRun(): Promise<number | undefined> {
    const query = { ...where, ref: commit, check_name: report.name, filter: "all", per_page: 100 } as const;
    for await (const { data } of octokit.paginate.iterator(octokit.rest.checks.listForRef, query)) {
      const found = data.find((run) => run.external_id === report.buildId);
      if (found) return found.id;
    }
    return undefined;
  }
}
