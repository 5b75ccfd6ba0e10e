import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPosition, parsePosition } from "../../../src/history/page-position.ts";

describe("the place where a page of builds begins", () => {
  it("is read as it was written", () => {
    const id = fc.stringMatching(/^[0-9a-f]{24}$/);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8.64e15 }), id, (acceptedAt, id) => {
        const position = { acceptedAt, id };
        expect(parsePosition(formatPosition(position))).toEqual(position);
      }),
    );
  });

  it("is refused when it is any other text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parsePosition(text)).toThrow("there is no such page");
      }),
    );
  });
});
