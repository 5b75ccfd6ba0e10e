import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStrikeOut } from "../../../src/builders/strike-out.ts";

describe("striking secrets out", () => {
  it.each([
    ["hunter22", "the password is hunter22!", "the password is ***!"],
    ["hunter22", "twice: hunter22hunter22", "twice: ******"],
    ["line one\nline two\n", "says line two", "says ***"],
    ["line one\r\nline two", "says line one", "says ***"],
    ["s3cret/&?", "https://me:s3cret%2F%26%3F@host", "https://me:***@host"],
    ['with "quotes"', String.raw`{"token":"with \"quotes\""}`, '{"token":"***"}'],
    ["hunter22", `Basic ${Buffer.from("hunter22").toString("base64")}`, "Basic ***"],
    ["hunter22\n", `Basic ${Buffer.from("hunter22\n").toString("base64")}`, "Basic ***"],
    ["abc", "abc in abcd", "abc in abcd"],
    ["", "nothing", "nothing"],
    ["$(HOME) $1 $&", "it is $(HOME) $1 $&.", "it is ***."],
  ])("%j: %j is shown as %j", (secret, text, shown) => {
    expect(createStrikeOut([secret])(text)).toBe(shown);
  });

  it("strikes the longer of two out where one is part of the other", () => {
    expect(createStrikeOut(["hunter", "hunter22"])("hunter22 and hunter")).toBe("*** and ***");
  });

  it("leaves no secret in any text, and every other text as it is", () => {
    const secret = fc
      .string({ minLength: 4 })
      .filter((text) => text.trim().length >= 4 && !text.includes("*"));
    fc.assert(
      fc.property(fc.array(secret), fc.array(fc.string()), (secrets, others) => {
        const strikeOut = createStrikeOut(secrets);
        const shown = strikeOut([...secrets, ...others].join(" "));
        for (const each of secrets) expect(shown).not.toContain(each.trim());
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => createStrikeOut([])(text) === text));
  });
});
