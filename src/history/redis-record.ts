import type { KeptBuild, RecordChanges } from "./history-store.ts";

/** Fields and values of a hash, each value as JSON. */
export function toHash({ fields, logTail }: RecordChanges): string[] {
  const given = Object.entries({ ...fields, logTail }).filter(([, value]) => value !== undefined);
  return given.flatMap(([field, value]) => [field, JSON.stringify(value)]);
}

/** Puts fields and values together; a value that is not there is left out. */
export function toRecord(pairs: readonly (string | null | undefined)[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (let place = 0; place < pairs.length; place += 2) {
    const value = pairs[place + 1];
    if (typeof value === "string") record[String(pairs[place])] = value;
  }
  return record;
}

/** `at`, `of-state` and `marks` are the scripts' own. */
export function toKeptBuild(
  id: string,
  { at, marks, "of-state": _, logTail, ...fields }: Record<string, string>,
): KeptBuild {
  const parsed = Object.entries(fields).map(([field, value]) => [field, JSON.parse(value)] as const);
  return {
    at: { acceptedAt: Number(at), id },
    fields: Object.fromEntries(parsed),
    ...(logTail === undefined ? {} : { logTail: JSON.parse(logTail) }),
  };
}
