import type { z } from "zod";
import { formatCode } from "../format-code.ts";
import { suggest } from "../suggest.ts";

const TYPES: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

const UNITS: Record<string, string> = { string: " characters", array: " entries" };

/** What a schema without words of its own expected; undefined where zod's words have to do. */
export function describeExpected(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${TYPES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return describeChoice(issue.values.map(String), issue.input);
    case "too_big":
      return `expected at most ${issue.maximum}${UNITS[issue.origin] ?? ""}`;
    case "too_small":
      if (issue.minimum === 0 && !issue.inclusive) return "expected a number above 0";
      return `expected at least ${issue.minimum}${UNITS[issue.origin] ?? ""}`;
    default:
      return undefined;
  }
}

function describeChoice(values: string[], found: unknown): string {
  const nearest = typeof found === "string" ? suggest(found, values) : undefined;
  const choices = values.map((name) => formatCode(name)).join(" or ");
  return nearest === undefined
    ? `expected ${choices}`
    : `expected ${choices} (did you mean ${formatCode(nearest)}?)`;
}
