import { describe, expect, it } from "vitest";
import { LogPlace } from "../../../../src/builders/kaniko/log-place.ts";

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);

function readAll(place: LogPlace, lines: string[]): string[] {
  place.restart();
  return [...lines.flatMap((line) => place.read(line)), ...place.end()];
}

describe("the place in a log", () => {
  it("is its start when nothing was heard, and then where the last reading broke off", () => {
    const place = new LogPlace({ count: 0, first: undefined });
    expect(readAll(place, numbers(1, 3))).toEqual(numbers(1, 3));
    expect(readAll(place, numbers(1, 2))).toEqual([]);
    expect(readAll(place, numbers(1, 5))).toEqual(numbers(4, 5));
  });

  it("is after what was heard, though that began after the first lines", () => {
    expect(readAll(new LogPlace({ count: 2, first: "line 1" }), numbers(1, 4))).toEqual(numbers(3, 4));
    const late = new LogPlace({ count: 2, first: "line 3" });
    expect(readAll(late, numbers(1, 6))).toEqual(numbers(5, 6));
    expect(readAll(late, numbers(1, 7))).toEqual(numbers(7, 7));
  });

  it("is found by counting when what was heard first is not there", () => {
    const heard = { count: 2, first: "something else" };
    expect(readAll(new LogPlace(heard), numbers(1, 4))).toEqual(numbers(3, 4));
    expect(readAll(new LogPlace(heard), numbers(1, 100))).toEqual(numbers(3, 100));
    expect(readAll(new LogPlace({ ...heard, count: 60 }), numbers(1, 100))).toEqual(numbers(61, 100));
  });
});
