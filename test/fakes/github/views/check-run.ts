import type { CheckRun } from "../state/check-runs.ts";
import { formatTime } from "../state/clock.ts";
import { nodeId } from "../state/ids.ts";
import type { World } from "../state/world.ts";
import { appView } from "./app.ts";

/** A check run as the API shows it. */
export function checkRunView(checkRun: CheckRun, world: World) {
  const { fullName } = checkRun.repository;
  const url = world.urls.api(`/repos/${fullName}/check-runs/${checkRun.id}`);
  const app = appView(world);
  return {
    id: checkRun.id,
    name: checkRun.name,
    node_id: nodeId("CheckRun", checkRun.id),
    head_sha: checkRun.headSha,
    external_id: checkRun.externalId,
    url,
    html_url: world.urls.page(`/${fullName}/runs/${checkRun.id}`),
    details_url: checkRun.detailsUrl ?? app.external_url,
    status: checkRun.status,
    conclusion: checkRun.conclusion,
    started_at: checkRun.startedAt && formatTime(checkRun.startedAt),
    completed_at: checkRun.completedAt && formatTime(checkRun.completedAt),
    output: {
      ...checkRun.output,
      annotations_count: checkRun.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: checkRun.suiteId },
    app,
    pull_requests: [],
  };
}

/** The annotations of a check run as the API lists them. */
export function annotationViews(checkRun: CheckRun, world: World) {
  return checkRun.annotations.map((annotation) => ({
    path: annotation.path,
    blob_href: world.urls.page(
      `/${checkRun.repository.fullName}/blob/${checkRun.headSha}/${annotation.path}`,
    ),
    start_line: annotation.start_line,
    end_line: annotation.end_line,
    start_column: annotation.start_column ?? null,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
  }));
}
