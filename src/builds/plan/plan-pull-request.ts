import type { PullRequestEvent } from "../../core/forge-event.ts";
import { formatRepository } from "../../core/repository.ts";
import type { BuildPorts } from "../build-ports.ts";
import type { Occurrence } from "../occurrence.ts";
import { endWithPullRequest } from "../steer/end-with-pull-request.ts";
import { carryOut } from "./carry-out.ts";
import { planAsking } from "./plan-asking.ts";
import { whyOutdated } from "./why-outdated.ts";

/** A pull request's head is built, or waits for approval; a closed one needs no build any more. */
export async function planPullRequest(ports: BuildPorts, event: PullRequestEvent, occurrence: Occurrence) {
  const { repository, defaultBranch, pullRequest, sender, deliveryId } = event;
  const reason = await whyOutdated(ports, event, occurrence);
  if (reason !== undefined) {
    ports.log.info({ deliveryId, repository: formatRepository(repository), reason }, "event ignored");
    return;
  }
  if (event.action === "closed") return endWithPullRequest(ports, event, occurrence);
  const forge = ports.forgeOf(repository);
  const decision = await planAsking(
    ports,
    {
      repository,
      defaultBranch,
      commit: pullRequest.commit,
      ref: { kind: "pull-request", pullRequest },
      trigger: { kind: "pull-request", by: sender.login, deliveryId },
      acceptedAt: occurrence.acceptedAt,
      message: () => forge.fetchMessage(repository, pullRequest.commit),
      changedFiles: () => forge.fetchChangedFiles(repository, { pullRequest: pullRequest.number }),
    },
    occurrence.signal,
  );
  await carryOut(ports, event, decision);
}
