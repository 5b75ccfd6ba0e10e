import { expect, it } from "vitest";
import { toPlainText, toStorableText } from "../../../src/core/plain-text.ts";

it("leaves out what JSON columns refuse, at any depth, and keeps the rest", () => {
  const value = {
    text: "a\u0000b\u001b[0m\tc\n\ud83c",
    list: ["\ud800x", 1, null],
    nested: { ok: "é😀" },
    none: undefined,
  };
  expect(toPlainText(value)).toEqual({
    text: "ab[0m\tc\n\ufffd",
    list: ["\ufffdx", 1, null],
    nested: { ok: "é😀" },
    none: undefined,
  });
});

it("leaves out for a database only what it refuses, in keys too", () => {
  const value = { "key\u0000": ["a\u0000\u001b[0m\t\u007f\ud83c😀", 1, null, true], none: undefined };
  expect(toStorableText(value)).toEqual({
    key: ["a\u001b[0m\t\u007f\ufffd😀", 1, null, true],
    none: undefined,
  });
});
