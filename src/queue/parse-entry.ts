import { z } from "zod";

/** Reads an entry of a queue. Throws when another version of Pushwright wrote it in another form. */
export function parseEntry<Entry>(schema: z.ZodType<Entry>, noun: string, data: unknown): Entry {
  const entry = schema.safeParse(data);
  if (entry.success) return entry.data;
  throw new Error(
    `it is no ${noun} as this version of Pushwright knows one: ${z.prettifyError(entry.error)}`,
  );
}
