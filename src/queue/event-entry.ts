import { createHash } from "node:crypto";
import { z } from "zod";
import { ForgeEvent } from "../core/forge-event.ts";
import { formatRepository } from "../core/repository.ts";
import type { EntryKind } from "./entry-kind.ts";
import type { AcceptedEvent } from "./event-queue.ts";
import { parseEntry } from "./parse-entry.ts";

const EventEntry: z.ZodType<AcceptedEvent> = z.object({ event: ForgeEvent, acceptedAt: z.number() });

export const eventEntries: EntryKind<AcceptedEvent> = {
  queueName: "events",
  noun: "event",
  idOf({ event: { repository, deliveryId } }) {
    const identity = JSON.stringify([repository.forge, repository.host, deliveryId]);
    return createHash("sha256").update(identity).digest("hex").slice(0, 32);
  },
  nameOf: ({ event }) => `${formatRepository(event.repository)} ${event.kind}`,
  parse: (data) => parseEntry(EventEntry, "event", data),
};
