import { readCommit } from "../../git/read-commits.ts";
import type { Account } from "../state/accounts.ts";
import type { CheckRun } from "../state/check-runs.ts";
import type { Payload } from "../state/deliveries.ts";
import type { World } from "../state/world.ts";
import { checkSuiteView } from "../views/check-suite.ts";
import { webhookContext } from "./webhook-context.ts";

/** The suite of a commit's check runs. https://docs.github.com/webhooks/webhook-events-and-payloads#check_suite */
export async function checkSuitePayload(
  action: "rerequested",
  checkRuns: [CheckRun, ...CheckRun[]],
  sender: Account,
  world: World,
): Promise<Payload> {
  const [first] = checkRuns;
  const { repository, headSha } = first;
  const commit = await readCommit(repository.gitDirectory, headSha);
  const suite = await checkSuiteView(first, world);
  return {
    action,
    check_suite: {
      ...suite,
      latest_check_runs_count: checkRuns.length,
      check_runs_url: `${suite.url}/check-runs`,
      head_commit: {
        id: commit.sha,
        tree_id: commit.tree,
        message: commit.message,
        timestamp: commit.committer.date,
        author: { name: commit.author.name, email: commit.author.email },
        committer: { name: commit.committer.name, email: commit.committer.email },
      },
    },
    ...webhookContext(repository, sender, world),
  };
}
