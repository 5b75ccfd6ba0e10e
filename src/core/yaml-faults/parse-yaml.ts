import type { z } from "zod";
import { utf8Length } from "../bound-text.ts";
import type { ConfigFault } from "./config-fault.ts";
import { formatPath } from "./format-path.ts";
import { locateFaults } from "./locate-faults.ts";
import { type ReadDocument, readDocument } from "./read-document.ts";
import { readText, type ScalarReading } from "./read-text.ts";
import { parseWithFaults, type ValueFault } from "./value-faults.ts";

export const MAX_YAML_BYTES = 64 * 1024;

/** What a YAML text says, or all that is wrong with it. An empty text is an empty mapping. */
export function parseYaml<T>(
  text: string,
  schema: z.ZodType<T>,
  { scalars = "typed" }: { scalars?: ScalarReading } = {},
): { value: T } | { faults: ConfigFault[] } {
  const bytes = text.length > MAX_YAML_BYTES ? text.length : utf8Length(text);
  if (bytes > MAX_YAML_BYTES) {
    const message = `the file has ${utf8Length(text)} bytes, expected at most ${MAX_YAML_BYTES}`;
    return { faults: [{ line: 1, column: 1, message }] };
  }
  // No editor counts a byte-order mark as a character.
  const source = text.replace(/^\uFEFF/, "");
  const read = readText(source, scalars);
  if ("faults" in read) return { faults: locateFaults(source, read.faults) };
  const document = readDocument(read.document, scalars);
  const parsed = parseWithFaults(document.value ?? {}, schema);
  if ("value" in parsed && document.faults.length === 0) return parsed;
  const valueFaults = "faults" in parsed ? parsed.faults : [];
  return { faults: locateFaults(source, [...document.faults, ...newFaults(valueFaults, document)]) };
}

/** What could not be read was told of already. */
function newFaults(faults: readonly ValueFault[], document: ReadDocument) {
  const told = new Set(document.faults.map(({ offset }) => offset));
  return faults
    .map((fault) => ({ offset: offsetOf(fault, document), message: fault.message }))
    .filter(({ offset }) => !told.has(offset));
}

/** What is missing has the place of what it is missing from. */
function offsetOf({ path, key }: ValueFault, { places }: ReadDocument): number {
  const whole = key === undefined ? path : [...path, key];
  const place = places.get(formatPath(whole));
  if (place) return key === undefined ? place.value : (place.key ?? place.value);
  return path.length === 0
    ? 0
    : offsetOf({ path: path.slice(0, -1), message: "" }, { places } as ReadDocument);
}
