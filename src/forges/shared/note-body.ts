import { boundText } from "../../core/bound-text.ts";
import { toPlainText } from "../../core/plain-text.ts";

/** Begins each of Pushwright's notes, unseen by readers, so that they are found and known again. */
export const NOTE_MARKER = "<!-- pushwright:note -->";

/** GitHub refuses longer comments ("Body is too long (maximum is 65536 characters)"); bytes are never fewer. */
const MAX_BODY = 65_536;

/** A note as it is sent. */
export function formatNoteBody(body: string): string {
  return boundText(`${NOTE_MARKER}\n${toPlainText(body)}`, MAX_BODY);
}
