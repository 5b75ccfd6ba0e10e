import { boundText, utf8Length } from "../../core/bound-text.ts";
import { NOTE_MARKER } from "../../core/format-note.ts";
import { WORD_JOINER } from "../../core/format-text.ts";
import { toPlainText } from "../../core/plain-text.ts";

export { NOTE_MARKER };

/** What a note of a merge request says: how the builds of its head stand, and below that the answers to commands. */
export type NoteParts = {
  /** By the check's name; all of one commit. */
  reports: NoteReport[];
  conversation: string;
};
export type NoteReport = { commit: string; name: string; text: string };

/** https://docs.gitlab.com/administration/instance_limits/#size-of-comments-and-descriptions-of-issues-merge-requests-and-epics: characters, of which there are never more than bytes. */
const MAX_BODY = 1_000_000;
const MAX_REPORT = 45_000;
const MAX_REPORTS = 20;

const CONVERSATION = "<!-- pushwright:conversation -->";
const PART = /^<!-- pushwright:(?:report ([0-9a-f]{40,64}) (\S{1,2000})|conversation) -->$/m;

/** A note as it is sent. */
export function formatNoteBody({ reports, conversation }: NoteParts): string {
  const shown = reports.slice(-MAX_REPORTS).map(formatPart);
  const start = [NOTE_MARKER, ...shown, ...(conversation === "" ? [] : [CONVERSATION])].join("\n");
  const said = conversation.replace(NOTE_MARKER, "").trim();
  return `${start}\n${boundText(withoutCommands(said), MAX_BODY - utf8Length(start) - 1)}`;
}

function formatPart({ commit, name, text }: NoteReport): string {
  const marker = `<!-- pushwright:report ${commit} ${encodeURIComponent(name.toWellFormed())} -->`;
  return `${marker}\n${boundText(withoutCommands(text), MAX_REPORT)}\n`;
}

/**
 * Nothing that a build or a person said may pass for a mark of the note, or be carried out: GitLab takes a line that begins
 * with a slash for a command of whoever writes it. https://docs.gitlab.com/user/project/quick_actions/
 */
function withoutCommands(markdown: string): string {
  return toPlainText(markdown)
    .replaceAll("<!--", `<${WORD_JOINER}!--`)
    .replace(/^([ \t]*)\//gm, `$1${WORD_JOINER}/`);
}

/** What a note says that was formatted so. */
export function parseNoteBody(body: string): NoteParts {
  const parts: NoteParts = { reports: [], conversation: "" };
  const [, ...rest] = body.split(PART);
  // Each mark gives what it captured, and then the text up to the next mark.
  for (let at = 0; at < rest.length; at += 3) {
    const [commit, name, text = ""] = rest.slice(at, at + 3);
    if (commit === undefined || name === undefined) parts.conversation = text.trim();
    else parts.reports.push({ commit, name: decodeName(name), text: text.trim() });
  }
  return parts;
}

/** Maintainers may change anybody's comments. */
function decodeName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
