import type { Logger } from "pino";
import { hasCommands } from "../core/chat-ops/parse-comment.ts";
import type { CommentEvent, ParsedPayload } from "../core/forge-event.ts";
import { formatRepository } from "../core/repository.ts";
import type { EventQueue } from "../queue/event-queue.ts";

export type EventAcceptor = (parsed: ParsedPayload, deliveryId: string) => Promise<void>;

/** Resolves once a delivery's event is durably queued, or logged as nothing to do; only then may it be answered. */
export function createEventAcceptor(events: Pick<EventQueue, "enqueue">, log: Logger): EventAcceptor {
  return async (parsed, deliveryId) => {
    const acceptedAt = Date.now();
    if ("ignored" in parsed) {
      log.info({ deliveryId, reason: parsed.ignored }, "delivery ignored");
      return;
    }
    const { event } = parsed;
    const nothing = event.kind === "comment" ? whyNotRead(event) : undefined;
    if (nothing !== undefined) {
      log.info({ deliveryId, reason: nothing }, "delivery ignored");
      return;
    }
    const about = { deliveryId, event: event.kind, repository: formatRepository(event.repository) };
    const answer = await events.enqueue({ event, acceptedAt }).catch((error: unknown) => {
      log.error({ ...about, err: error }, "delivery refused: the queue did not take it");
      throw error;
    });
    if (answer === "known") log.info(about, "delivery ignored: it came before");
    else log.info({ ...about, at: acceptedAt }, "delivery queued");
  };
}

/** Two programs that answer each other would never end. */
function whyNotRead({ sender, body }: CommentEvent): string | undefined {
  if (sender.isBot) return "the comment is a program's";
  return hasCommands(body) ? undefined : "the comment has no command";
}
