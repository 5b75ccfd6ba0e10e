import type { Account } from "../state/accounts.ts";
import type { CheckRun } from "../state/check-runs.ts";
import { formatTime } from "../state/clock.ts";
import type { Payload } from "../state/deliveries.ts";
import { nodeId } from "../state/ids.ts";
import type { World } from "../state/world.ts";
import { checkRunView } from "../views/check-run.ts";
import { webhookContext } from "./webhook-context.ts";

export type CheckRunAction =
  | { action: "created" | "completed" | "rerequested" }
  | { action: "requested_action"; requested_action: { identifier: string } };

/** https://docs.github.com/webhooks/webhook-events-and-payloads#check_run */
export function checkRunPayload(
  happened: CheckRunAction,
  checkRun: CheckRun,
  sender: Account,
  world: World,
): Payload {
  const view = checkRunView(checkRun, world);
  const startedAt = formatTime(checkRun.startedAt ?? world.clock.now());
  const check_suite = {
    id: checkRun.suiteId,
    node_id: nodeId("CheckSuite", checkRun.suiteId),
    head_branch: checkRun.repository.defaultBranch,
    head_sha: checkRun.headSha,
    status: checkRun.status,
    conclusion: checkRun.conclusion,
    url: world.urls.api(`/repos/${checkRun.repository.fullName}/check-suites/${checkRun.suiteId}`),
    before: null,
    after: checkRun.headSha,
    pull_requests: [],
    app: view.app,
    created_at: startedAt,
    updated_at: startedAt,
  };
  return {
    ...happened,
    check_run: { ...view, check_suite },
    ...webhookContext(checkRun.repository, sender, world),
  };
}
