import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearNames } from "../../../src/context/near-names.ts";

describe("near names", () => {
  it.each([
    ["api", ["apj", "web", "apis"], ["apj", "apis"]],
    ["dockerfile", ["README.md", "Dockerfile"], ["Dockerfile"]],
    ["docker/Dockerfile", ["Dockerfile", "api/Dockerfile", "main.go"], ["api/Dockerfile", "Dockerfile"]],
    ["Dockerfile", ["package.json"], []],
    ["a", ["b1", "b2", "b3", "b4"], ["b1", "b2", "b3"]],
  ])("of %s among %j are %j", (wanted, names, near) => {
    expect(nearNames(wanted, names)).toEqual(near);
  });

  it("are names that there are, few, and found in little time whatever the names", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 10_000 }), fc.array(fc.string()), (wanted, names) => {
        const near = nearNames(wanted, names);
        expect(near.length).toBeLessThanOrEqual(3);
        expect(names).toEqual(expect.arrayContaining(near));
      }),
    );
    expect(nearNames("x".repeat(1_000_000), Array(100_000).fill("y".repeat(100_000)))).toEqual([]);
  });
});
