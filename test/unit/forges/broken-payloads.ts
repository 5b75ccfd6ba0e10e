import fc from "fast-check";

/** What may stand in a part of a payload that is not as it should be. */
const strangeText = fc.constantFrom(
  ...[
    "",
    "0".repeat(40),
    "refs/heads/",
    "refs/tags/",
    "refs/notes/x",
    "__proto__",
    "NaN",
    "\u0000",
    "\ud800",
  ],
  ...["http://", "javascript:1", "2026-99-99", "created", "edited", "x".repeat(10_000)],
);

/** The payload with one part of it, however deep, replaced by something else. */
export function brokenPayloads(payload: object): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...pathsIn(payload)), fc.oneof(fc.jsonValue(), strangeText))
    .map(([path, part]) => replaced(payload, path, part));
}

function pathsIn(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [[]];
  const inner = Object.entries(value).flatMap(([key, part]) => pathsIn(part).map((path) => [key, ...path]));
  return [[], ...inner];
}

function replaced(value: unknown, [key, ...rest]: string[], part: unknown): unknown {
  if (key === undefined) return part;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  return Object.assign(copy, { [key]: replaced((value as Record<string, unknown>)[key], rest, part) });
}
