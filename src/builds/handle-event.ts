import type { ForgeEvent } from "../core/forge-event.ts";
import { formatRepository } from "../core/repository.ts";
import type { EventHandler } from "../queue/event-queue.ts";
import type { BuildPorts } from "./build-ports.ts";
import type { Occurrence } from "./occurrence.ts";
import { planPullRequest } from "./plan/plan-pull-request.ts";
import { planPush } from "./plan/plan-push.ts";
import { planTag } from "./plan/plan-tag.ts";
import { answerComment } from "./steer/answer-comment.ts";
import { takeCheckAction } from "./steer/take-check-action.ts";
import { unlessRefused } from "./unless-refused.ts";

/** Does what an event asks for, so that all of it is durable in the history and the queue of builds. */
export function createEventHandler(ports: BuildPorts): EventHandler {
  return async ({ event, acceptedAt, signal }) => {
    const { deliveryId, kind } = event;
    const log = ports.log.child({ deliveryId, event: kind, repository: formatRepository(event.repository) });
    await unlessRefused(handle(event, { acceptedAt, signal }), log, "event given up");
  };

  async function handle(event: ForgeEvent, occurrence: Occurrence): Promise<void> {
    switch (event.kind) {
      case "push":
        return planPush(ports, event, occurrence);
      case "tag":
        return planTag(ports, event, occurrence);
      case "pull-request":
        return planPullRequest(ports, event, occurrence);
      case "comment":
        return answerComment(ports, event, occurrence);
      case "check-action":
        return takeCheckAction(ports, event, occurrence);
    }
  }
}
