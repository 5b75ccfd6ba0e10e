import { accountOf } from "../state/accounts.ts";
import type { CheckRun } from "../state/check-runs.ts";
import type { Repository } from "../state/repositories.ts";
import { type CheckRunAction, checkRunPayload } from "../webhooks/check-run-payload.ts";
import { checkSuitePayload } from "../webhooks/check-suite-payload.ts";
import type { Announced } from "./announcing.ts";
import { CommentActions } from "./comment-actions.ts";

export class CheckActions extends CommentActions {
  /** Presses “Re-run” on a check run. */
  rerequest(checkRun: CheckRun, sender = "mona"): Promise<Announced> {
    return this.#pressed({ action: "rerequested" }, checkRun, sender);
  }

  /** Presses “Re-run all checks” on a commit. */
  async rerequestAll(repository: Repository, sha: string, sender = "mona"): Promise<Announced> {
    const [first, ...others] = this.world.checkRuns.ofCommit(repository, sha);
    if (!first) throw new Error(`${sha} has no check runs`);
    const payload = await checkSuitePayload("rerequested", [first, ...others], accountOf(sender), this.world);
    return this.announce("check_suite", payload, repository);
  }

  /** Presses one of the buttons that the check run asked for. */
  requestAction(checkRun: CheckRun, identifier: string, sender = "mona"): Promise<Announced> {
    const isOffered = checkRun.actions.some((action) => action.identifier === identifier);
    if (!isOffered) throw new Error(`the check run ${checkRun.name} has no button ${identifier}`);
    return this.#pressed({ action: "requested_action", requested_action: { identifier } }, checkRun, sender);
  }

  async #pressed(happened: CheckRunAction, checkRun: CheckRun, sender: string): Promise<Announced> {
    const payload = await checkRunPayload(happened, checkRun, accountOf(sender), this.world);
    return this.announce("check_run", payload, checkRun.repository);
  }
}
