import { boundText } from "../../core/bound-text.ts";
import { NOTE_MARKER } from "../../core/format-note.ts";
import { toPlainText } from "../../core/plain-text.ts";

export { NOTE_MARKER };

/** GitHub refuses longer comments ("Body is too long (maximum is 65536 characters)"); bytes are never fewer. */
const MAX_BODY = 65_536;

/** A note as it is sent. */
export function formatNoteBody(body: string): string {
  return boundText(`${NOTE_MARKER}\n${toPlainText(body)}`, MAX_BODY);
}
