import { z } from "zod";
import { CommitSha } from "./commit-sha.ts";
import { Repository } from "./repository.ts";

const ForgeEventBase = z.object({
  /** The forge's own id of the delivery: the same when it is sent again. */
  deliveryId: z.string().min(1),
  repository: Repository,
  commit: CommitSha,
  /** Login of the person or bot that pushed. */
  sender: z.string(),
});

/** A branch moved to a commit. */
export const PushEvent = ForgeEventBase.extend({ kind: z.literal("push"), branch: z.string().min(1) });
export type PushEvent = z.infer<typeof PushEvent>;

/** A Git tag, lightweight or annotated, was pushed; `commit` is the commit that it names. */
export const TagEvent = ForgeEventBase.extend({ kind: z.literal("tag"), gitTag: z.string().min(1) });
export type TagEvent = z.infer<typeof TagEvent>;

/** What happened on a forge, in the same words for every forge. */
export const ForgeEvent = z.discriminatedUnion("kind", [PushEvent, TagEvent]);
export type ForgeEvent = z.infer<typeof ForgeEvent>;

/** A payload as the core sees it: an event, or the reason why it is none of Pushwright's business. */
export type ParsedPayload = { event: ForgeEvent } | { ignored: string };
