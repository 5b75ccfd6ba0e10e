import type { BuildId } from "./build-id.ts";

/** The bot's one note in a thread. */
export type ThreadNote = {
  /** What the forge calls it. */
  noteId?: string;
  /** By the comment's id, the answer to its commands. */
  answers: Record<string, NoteAnswer>;
};

export type NoteAnswer = {
  /** When the comment was written, in milliseconds since 1970. */
  at: number;
  by: string;
  /** Markdown: what was asked for. */
  asked: string;
  /** Markdown: what is known of it without its builds. */
  said: string;
  /** The builds whose state and outcome belong to the answer, as they are when the note is written. */
  builds: BuildId[];
};
