import { distance } from "fastest-levenshtein";

const MAX_NAMES = 20_000;
const MAX_LENGTH = 255;

/** What somebody who wrote `wanted` may have meant, the likeliest first: another spelling, or the same name elsewhere. */
export function nearNames(wanted: string, names: Iterable<string>, most = 3): string[] {
  const asked = wanted.slice(0, MAX_LENGTH).toLowerCase();
  const far = Math.max(2, Math.floor(asked.length / 3));
  const near: { name: string; steps: number }[] = [];
  let seen = 0;
  for (const name of names) {
    if (++seen > MAX_NAMES) break;
    if (name.length > MAX_LENGTH) continue;
    const candidate = name.toLowerCase();
    const isElsewhere = lastPart(candidate) === lastPart(asked);
    if (!isElsewhere && Math.abs(candidate.length - asked.length) > far) continue;
    const steps = distance(asked, candidate);
    if (isElsewhere || steps <= far) near.push({ name, steps });
  }
  return near
    .toSorted((one, other) => one.steps - other.steps)
    .slice(0, most)
    .map(({ name }) => name);
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
