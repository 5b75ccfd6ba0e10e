import { expect, it } from "vitest";
import { createPeakCount } from "../../../src/core/peak-use.ts";
import { quantityValue } from "../../../src/core/quantity.ts";

it("keeps the most of each, whenever it was", () => {
  const peak = createPeakCount();
  expect(peak.use()).toBeUndefined();
  for (const use of [
    { memoryBytes: 10, cpu: 0.5 },
    { memoryBytes: 30, cpu: 0.2 },
    { memoryBytes: 20, cpu: 0.9 },
  ])
    peak.hear(use);
  expect(peak.use()).toEqual({ memoryBytes: 30, cpu: 0.9 });
});

it.each([
  ["123456789n", 0.123456789],
  ["250000u", 0.25],
  ["250m", 0.25],
  ["2", 2],
  ["1024Ki", 2 ** 20],
])("a cluster's %s is %d", (text, value) => {
  expect(quantityValue(text)).toBeCloseTo(value, 12);
});
