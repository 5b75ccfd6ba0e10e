import { z } from "zod";
import { formatCode } from "../format-code.ts";
import { suggest } from "../suggest.ts";
import { describeExpected } from "./describe-expected.ts";
import { formatPath } from "./format-path.ts";

/** A fault of a value, or of one of its keys. */
export type ValueFault = { path: PropertyKey[]; key?: string; message: string };

/** The value as the schema has it, or every fault in it. Messages that begin with `expected` get what was found. */
export function parseWithFaults<T>(
  value: unknown,
  schema: z.ZodType<T>,
): { value: T } | { faults: ValueFault[] } {
  const knownKeys = new Map<readonly string[], string[]>();
  const parsed = schema.safeParse(value, {
    reportInput: true,
    error: (issue) => {
      // Only here an issue still comes with the schema that it is of.
      if (issue.code === "unrecognized_keys" && issue.inst instanceof z.ZodObject)
        knownKeys.set(issue.keys, Object.keys(issue.inst.shape));
      return describeExpected(issue);
    },
  });
  if (parsed.success) return { value: parsed.data };
  return { faults: firstOfEach(parsed.error.issues.flatMap((issue) => faultsOf(issue, [], knownKeys))) };
}

/** One for each part of the value: a text that is too long need not be told that it is of the wrong form as well. */
function firstOfEach(faults: readonly ValueFault[]): ValueFault[] {
  const firsts = new Map<string, ValueFault>();
  for (const fault of faults) {
    const part = `${formatPath(fault.path)} ${fault.key ?? ""}`;
    if (!firsts.has(part)) firsts.set(part, fault);
  }
  return [...firsts.values()];
}

function faultsOf(
  issue: z.core.$ZodIssue,
  parents: PropertyKey[],
  knownKeys: ReadonlyMap<readonly string[], string[]>,
): ValueFault[] {
  const path = [...parents, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      path,
      key,
      message: unknownKey(path, key, knownKeys.get(issue.keys)),
    }));
  if (issue.code === "invalid_key") {
    const key = String(path.at(-1));
    const message = `${formatCode(key)} is no fit name: ${issue.issues.map((inner) => inner.message).join(", ")}`;
    return [{ path: path.slice(0, -1), key, message }];
  }
  if (issue.code === "invalid_union") {
    const meant = issue.errors.find((branch) => branch.length > 0 && !branch.some(isOfAnotherType));
    if (meant) return meant.flatMap((inner) => faultsOf(inner, path, knownKeys));
    const expected = expectedTypes(issue);
    if (expected.length > 0)
      return [{ path, message: inContext(path, `expected ${expected.join(" or ")}`, issue.input) }];
  }
  return [{ path, message: inContext(path, issue.message, issue.input) }];
}

function isOfAnotherType(issue: z.core.$ZodIssue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === "invalid_union") return issue.errors.every((branch) => branch.some(isOfAnotherType));
  return issue.code === "invalid_type";
}

function expectedTypes(issue: z.core.$ZodIssue): string[] {
  if (issue.code !== "invalid_union") return [issue.message.replace(/^expected /, "")];
  return issue.errors.flatMap((branch) => branch.filter(isOfAnotherType).flatMap(expectedTypes));
}

function unknownKey(path: PropertyKey[], key: string, known: string[] = []): string {
  const nearest = suggest(key, known);
  const hint =
    nearest === undefined
      ? `expected ${known.map((name) => formatCode(name)).join(", ") || "nothing"}`
      : `did you mean ${formatCode(nearest)}?`;
  return `there is no ${formatCode(formatPath([...path, key]))}: ${hint}`;
}

function inContext(path: PropertyKey[], message: string, found: unknown): string {
  const place = path.length === 0 ? "" : formatCode(formatPath(path));
  if (found === undefined && message.startsWith("expected"))
    return place === "" ? message : `${place} is missing: ${message}`;
  const told = message.startsWith("expected") ? `${message}, found ${describeFound(found)}` : message;
  return place === "" ? told : `${place}: ${told}`;
}

function describeFound(found: unknown): string {
  if (found === null || found === "") return "nothing";
  if (Array.isArray(found)) return "a list";
  return typeof found === "object" ? "a mapping" : formatCode(String(found));
}
