import { z } from "zod";

/** What YAML would read as a number or a truth is taken as it is written, so an editor should allow it. */
const ANY_SCALAR = { type: ["string", "number", "boolean"] };
export const TEXT_OR_INTEGER = { type: ["string", "integer"] };
const MAX_VALUE = 8192;

/** A text of one form. `expected` completes the fault of any other: `a name such as api`. */
export function textLike(form: RegExp, expected: string, maxLength: number) {
  return z
    .string(`expected ${expected}`)
    .max(maxLength, `expected at most ${maxLength} characters`)
    .regex(form, `expected ${expected}`);
}

/** A value for a program, as it is written: `1.20` stays that. */
export const PlainValue = textLike(
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that it refuses
  /^[^\u0000-\u0008\u000b-\u001f\u007f]*$/,
  "a text without control characters",
  MAX_VALUE,
)
  .refine((text) => text.isWellFormed(), "expected a text of whole Unicode characters")
  .meta(ANY_SCALAR);

/** `$NAME`, `${NAME}`, and `$$` for a dollar sign. */
export const EXPANDED_LINE = {
  form: /^(?:[^$\p{Cc}]|\$\$|\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\})*$/u,
  expected: "one line, in which `$NAME` is a variable and `$$` a dollar sign",
};

/** A value of one line that a Dockerfile expands. */
export const ExpandedValue = textLike(EXPANDED_LINE.form, EXPANDED_LINE.expected, MAX_VALUE)
  .refine((text) => text.isWellFormed(), "expected a text of whole Unicode characters")
  .meta(ANY_SCALAR);

export const VariableName = textLike(
  /^[A-Za-z_][A-Za-z0-9_]*$/,
  "a name of letters, digits and `_` such as `NODE_VERSION`",
  128,
);
