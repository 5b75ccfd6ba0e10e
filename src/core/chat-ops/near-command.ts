import { distance } from "fastest-levenshtein";
import { COMMANDS, type CommandRow } from "./command-table.ts";

/** Longer words are near none: comparing takes time with the square of the length. */
const MAX_LENGTH = 20;
/** One wrong letter for so many: `/helm` and `/who` are not meant for us, `/rebuil` is. */
const LETTERS_PER_MISTAKE = 5;

/** The command that was most likely meant by a word that is none, in lower case; undefined for other programs' commands. */
export function nearCommand(word: string): CommandRow | undefined {
  if (word.length > MAX_LENGTH) return undefined;
  return COMMANDS.map((row) => ({ row, mistakes: distance(word, row.kind) }))
    .filter(
      ({ row, mistakes }) => mistakes <= row.kind.length / LETTERS_PER_MISTAKE || isTurned(word, row.kind),
    )
    .toSorted((one, other) => one.mistakes - other.mistakes)[0]?.row;
}

/** Two letters have changed places. */
function isTurned(word: string, command: string): boolean {
  const letters = (text: string) => [...text].toSorted().join("");
  return distance(word, command) === 2 && letters(word) === letters(command);
}
