import { boundText, utf8Length } from "./bound-text.ts";
import type { Build } from "./build.ts";
import type { BuildId } from "./build-id.ts";
import { formatBuildTable, type LinkTo } from "./format-build-table.ts";
import { formatCode } from "./format-code.ts";
import { WORD_JOINER, withoutMentions } from "./format-text.ts";
import { formatTime } from "./format-time.ts";
import type { NoteAnswer, ThreadNote } from "./thread-note.ts";

/** What forges put before each of the bot's notes, unseen by readers, so that they are found and known again. */
export const NOTE_MARKER = "<!-- pushwright:note -->";

/** GitHub takes 65,536 characters. Bytes are never fewer. */
const MAX_NOTE = 65_536;
/** For what stands around the answers. */
const FRAME = 300;
const BETWEEN = "\n\n---\n\n";

/**
 * The bot's one note in a thread, less the mark that a forge puts before it: the newest command's answer first, those before
 * it folded away, as many as there is room for.
 */
export function formatNote(
  note: ThreadNote,
  builds: ReadonlyMap<BuildId, Build>,
  linkTo: LinkTo = () => undefined,
): string {
  const [newest, ...older] = newestFirst(note).map((answer) => formatAnswer(answer, builds, linkTo));
  const first = boundText(newest ?? "", MAX_NOTE - FRAME);
  let room = MAX_NOTE - FRAME - utf8Length(first);
  const shown: string[] = [];
  for (const answer of older) {
    room -= utf8Length(answer) + BETWEEN.length;
    if (room < 0) break;
    shown.push(answer);
  }
  return [first, ...(older.length === 0 ? [] : [formatOlder(shown, older.length - shown.length)])].join(
    "\n\n",
  );
}

/** Forges tell times in whole seconds: of two comments of the same second, the later one has the higher id. */
function newestFirst({ answers }: ThreadNote): NoteAnswer[] {
  return Object.entries(answers)
    .toSorted(
      ([oneId, one], [otherId, other]) =>
        other.at - one.at || otherId.localeCompare(oneId, "en", { numeric: true }),
    )
    .map(([, answer]) => answer);
}

function formatAnswer(
  { at, by, asked, said, builds }: NoteAnswer,
  known: ReadonlyMap<BuildId, Build>,
  linkTo: LinkTo,
): string {
  const found = builds.map((id) => known.get(id)).filter((build) => build !== undefined);
  const parts = [
    `${formatCode(by)}, ${formatTime(at)}: ${asked.trim()}`,
    said.trim(),
    found.length === 0 ? "" : formatBuildTable(found, linkTo),
  ];
  return withoutMentions(parts.filter((part) => part !== "").join("\n\n")).replace(
    HTML_OF_NOTES,
    `<${WORD_JOINER}`,
  );
}

/** What would end the fold early, or pass for the mark of a note. */
const HTML_OF_NOTES = /<(?=!--|\/?(?:details|summary)\b)/gi;

function formatOlder(shown: readonly string[], leftOut: number): string {
  const total = shown.length + leftOut;
  const more =
    leftOut === 0 ? [] : [`${leftOut} more from before that ${leftOut === 1 ? "is" : "are"} left out.`];
  const title = total === 1 ? "1 earlier answer" : `${total} earlier answers`;
  return `<details><summary>${title}</summary>\n\n${[...shown, ...more].join(BETWEEN)}\n\n</details>`;
}
