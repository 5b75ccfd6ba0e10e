import { listRefs } from "../../git/read-refs.ts";
import type { CheckRun } from "../state/check-runs.ts";
import { formatTime } from "../state/clock.ts";
import { nodeId } from "../state/ids.ts";
import type { World } from "../state/world.ts";
import { appView } from "./app.ts";

/** The suite that a check run is in, as webhooks show it. */
export async function checkSuiteView(checkRun: CheckRun, world: World) {
  const { repository, suiteId, headSha } = checkRun;
  const startedAt = formatTime(checkRun.startedAt ?? world.clock.now());
  const branches = await listRefs(repository.gitDirectory, "refs/heads/");
  const branch = branches.find(({ sha }) => sha === headSha)?.ref.replace("refs/heads/", "");
  return {
    id: suiteId,
    node_id: nodeId("CheckSuite", suiteId),
    // GitHub names none when the commit is a fork's.
    head_branch: branch ?? null,
    head_sha: headSha,
    status: checkRun.status,
    conclusion: checkRun.conclusion,
    url: world.urls.api(`/repos/${repository.fullName}/check-suites/${suiteId}`),
    before: null,
    after: headSha,
    pull_requests: [],
    app: appView(world),
    created_at: startedAt,
    updated_at: startedAt,
  };
}
