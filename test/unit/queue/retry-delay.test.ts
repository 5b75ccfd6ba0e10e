import { describe, expect, it } from "vitest";
import { defaultTiming, mostTries } from "../../../src/queue/queue-timing.ts";
import { retryDelayOf } from "../../../src/queue/retry-delay.ts";

const second = 1000;
const day = 24 * 60 * 60 * second;

describe("the wait before a failed build is tried again", () => {
  it("doubles with every failed try, up to five minutes", () => {
    const longest = [1, 2, 3, 8, 9, 1_999].map((failedTries) => retryDelayOf(failedTries, defaultTiming, 1));
    expect(longest).toEqual([2, 4, 8, 256, 300, 300].map((seconds) => seconds * second));
  });

  it("is spread over its second half", () => {
    expect(retryDelayOf(9, defaultTiming, 0)).toBe(150 * second);
    expect(retryDelayOf(9, defaultTiming, 0.5)).toBe(225 * second);
  });

  it("adds up to more than three days before a build is given up", () => {
    let sum = 0;
    for (let failedTries = 1; failedTries < mostTries; failedTries++) {
      sum += retryDelayOf(failedTries, defaultTiming, 0);
    }
    expect(sum).toBeGreaterThan(3 * day);
  });
});
