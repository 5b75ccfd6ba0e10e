import type { Account } from "../state/accounts.ts";
import type { CheckRun } from "../state/check-runs.ts";
import type { Payload } from "../state/deliveries.ts";
import type { World } from "../state/world.ts";
import { checkRunView } from "../views/check-run.ts";
import { checkSuiteView } from "../views/check-suite.ts";
import { webhookContext } from "./webhook-context.ts";

export type CheckRunAction =
  | { action: "created" | "completed" | "rerequested" }
  | { action: "requested_action"; requested_action: { identifier: string } };

/** https://docs.github.com/webhooks/webhook-events-and-payloads#check_run */
export async function checkRunPayload(
  happened: CheckRunAction,
  checkRun: CheckRun,
  sender: Account,
  world: World,
): Promise<Payload> {
  const view = checkRunView(checkRun, world);
  const check_suite = await checkSuiteView(checkRun, world);
  return {
    ...happened,
    check_run: { ...view, check_suite },
    ...webhookContext(checkRun.repository, sender, world),
  };
}
