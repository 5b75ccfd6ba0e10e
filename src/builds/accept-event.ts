import type { Logger } from "pino";
import type { ParsedPayload } from "../core/forge-event.ts";
import { formatRepository } from "../core/repository.ts";
import { decideBuild } from "../core/triggers.ts";
import type { BuildQueue } from "../queue/build-queue.ts";

export type EventAcceptor = (parsed: ParsedPayload, deliveryId: string) => Promise<void>;

/** Resolves once what a delivery asks for is durably queued, or logged as nothing to do; only then may it be answered. */
export function createEventAcceptor(queue: Pick<BuildQueue, "enqueue">, log: Logger): EventAcceptor {
  return async (parsed, deliveryId) => {
    const acceptedAt = Date.now();
    if ("ignored" in parsed) {
      log.info({ deliveryId, reason: parsed.ignored }, "delivery ignored");
      return;
    }
    const request = decideBuild(parsed.event, acceptedAt);
    const { id: build, repository, commit } = request;
    const about = { deliveryId, build, repository: formatRepository(repository), commit };
    const answer = await queue.enqueue(request).catch((error: unknown) => {
      log.error({ ...about, err: error }, "delivery refused: the queue did not take it");
      throw error;
    });
    if (answer === "known") log.info(about, "delivery ignored: its build is known already");
    else log.info({ ...about, stage: "accepted", at: acceptedAt }, "build queued");
  };
}
