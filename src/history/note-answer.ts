import { z } from "zod";
import { BuildId } from "../core/build-id.ts";
import type { NoteAnswer } from "./history.ts";

const Answer: z.ZodType<NoteAnswer> = z.object({
  at: z.number(),
  by: z.string(),
  asked: z.string(),
  said: z.string(),
  builds: z.array(BuildId),
});

/** Undefined when another version of Pushwright wrote it in another form. */
export function parseNoteAnswer(data: unknown): NoteAnswer | undefined {
  return Answer.safeParse(data).data;
}
