import { type Document, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { utf8Length } from "../bound-text.ts";
import type { ConfigFault } from "../repo-config.ts";
import { findStructureFaults } from "./find-structure-faults.ts";
import { placeOf } from "./place-of.ts";
import { parseWithFaults, type ValueFault } from "./value-faults.ts";

const MAX_BYTES = 64 * 1024;
/** Nobody mends more at once, and no forge shows more. */
const MAX_FAULTS = 50;

/** A fault at an offset in the text. */
export type TextFault = { offset: number; message: string };

/** What a YAML text says, or all that is wrong with it. An empty text is an empty mapping. */
export function parseYaml<T>(text: string, schema: z.ZodType<T>): { value: T } | { faults: ConfigFault[] } {
  const bytes = utf8Length(text);
  if (bytes > MAX_BYTES) {
    const message = `the file has ${bytes} bytes, expected at most ${MAX_BYTES}`;
    return { faults: [{ line: 1, column: 1, message }] };
  }
  const lines = new LineCounter();
  // Its own search for keys that stand twice compares each with each: seconds for a file of this size.
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: false,
  });
  const structure = [...syntaxFaults(document), ...findStructureFaults(document)];
  if (structure.length > 0) return { faults: toConfigFaults(structure, lines) };
  const parsed = parseWithFaults(document.toJS({ maxAliasCount: -1 }) ?? {}, schema);
  if ("value" in parsed) return parsed;
  const faults = parsed.faults.map((fault: ValueFault) => ({
    offset: placeOf(document, fault.path, fault.key),
    message: fault.message,
  }));
  return { faults: toConfigFaults(faults, lines) };
}

function syntaxFaults(document: Document): TextFault[] {
  return [...document.errors, ...document.warnings].map(({ code, message, pos: [offset] }) => ({
    offset,
    message: code === "RESOURCE_EXHAUSTION" ? "this is nested too deeply" : message,
  }));
}

function toConfigFaults(faults: TextFault[], lines: LineCounter): ConfigFault[] {
  const sorted = faults.toSorted((one, other) => one.offset - other.offset).slice(0, MAX_FAULTS);
  return sorted.map(({ offset, message }) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), message };
  });
}
