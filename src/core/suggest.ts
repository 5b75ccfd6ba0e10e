import { distance } from "fastest-levenshtein";

const MAX_TYPOS = 3;
/** What is longer was no slip of the finger, and comparing costs the two lengths multiplied. */
const MAX_CHARACTERS = 100;

/** The known name that was probably meant: at most three letters, and less than half of it, are others. */
export function suggest(name: string, known: Iterable<string>): string | undefined {
  if (name.length > MAX_CHARACTERS) return undefined;
  let nearest: { known: string; typos: number } | undefined;
  for (const candidate of known) {
    if (candidate.length > MAX_CHARACTERS) continue;
    const typos = distance(name.toLowerCase(), candidate.toLowerCase());
    const isNear = typos <= MAX_TYPOS && typos * 2 < candidate.length;
    if (isNear && typos < (nearest?.typos ?? Number.POSITIVE_INFINITY)) nearest = { known: candidate, typos };
  }
  return nearest?.known;
}
