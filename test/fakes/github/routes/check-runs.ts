import { resolveCommit } from "../../git/read-refs.ts";
import { ApiError } from "../http/api-error.ts";
import type { CheckRun } from "../state/check-runs.ts";
import { annotationViews, checkRunView } from "../views/check-run.ts";
import { applyChanges, echo, newCheckRun } from "./change-check-run.ts";
import { type CheckRunBody, checkRunLimits } from "./check-run-limits.ts";
import { paginate } from "./paginate.ts";
import type { RepositoryCall, Routes } from "./route.ts";

/** https://docs.github.com/rest/checks/runs */
export const checkRunRoutes: Routes = {
  "checks/create": {
    for: "repository",
    anyOf: { checks: "write" },
    async answer(call) {
      const body = call.body as CheckRunBody;
      checkRunLimits(body);
      const checkRun = await newCheckRun(call, body);
      applyChanges(checkRun, body, call);
      echo("created", checkRun, call);
      return { status: 201, body: checkRunView(checkRun, call.world) };
    },
  },
  "checks/update": {
    for: "repository",
    anyOf: { checks: "write" },
    answer(call) {
      const body = call.body as CheckRunBody;
      checkRunLimits(body);
      const checkRun = requireCheckRun(call);
      applyChanges(checkRun, body, call);
      return { status: 200, body: checkRunView(checkRun, call.world) };
    },
  },
  "checks/get": {
    for: "repository",
    anyOf: { checks: "read" },
    answer: (call) => ({ status: 200, body: checkRunView(requireCheckRun(call), call.world) }),
  },
  "checks/list-annotations": {
    for: "repository",
    anyOf: { checks: "read" },
    answer(call) {
      const checkRun = requireCheckRun(call);
      const { output } = checkRunView(checkRun, call.world);
      const { page, headers } = paginate(call, output.annotations_url, annotationViews(checkRun, call.world));
      return { status: 200, headers, body: page };
    },
  },
  "checks/list-for-ref": {
    for: "repository",
    anyOf: { checks: "read" },
    async answer(call) {
      const { world, repository, path, query } = call;
      const sha = await resolveCommit(repository.gitDirectory, String(path.ref));
      if (!sha) throw new ApiError(422, `No commit found for SHA: ${path.ref}`);
      const all = world.checkRuns.ofCommit(repository, sha).reverse();
      const isLatest = (run: CheckRun) => all.find(({ name }) => name === run.name) === run;
      const wanted = all
        .filter((run) => query.filter === "all" || isLatest(run))
        .filter((run) => query.check_name === undefined || run.name === query.check_name)
        .filter((run) => query.status === undefined || run.status === query.status)
        .filter(() => query.app_id === undefined || query.app_id === world.app.id);
      const url = world.urls.api(`/repos/${repository.fullName}/commits/${sha}/check-runs`);
      const { page, headers } = paginate(call, url, wanted);
      const views = page.map((run) => checkRunView(run, world));
      return { status: 200, headers, body: { total_count: wanted.length, check_runs: views } };
    },
  },
};

function requireCheckRun({ world, repository, path }: RepositoryCall): CheckRun {
  const checkRun = world.checkRuns.find(Number(path.check_run_id), repository);
  if (!checkRun) throw new ApiError(404, "Not Found");
  return checkRun;
}
