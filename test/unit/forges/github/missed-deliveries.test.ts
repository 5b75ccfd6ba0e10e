import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  findMissedDeliveries,
  type ListedDelivery,
} from "../../../../src/forges/github/missed-deliveries.ts";

const failed = (id: number, guid: string): ListedDelivery => ({
  ...{ id, guid, event: "push", deliveredAt: id * 1000, status: "timed out" },
});

describe("forges/github/missed-deliveries", () => {
  it("finds what never arrived, by its newest attempt, the oldest first", () => {
    const failures = [failed(9, "c"), failed(5, "a"), failed(3, "b"), failed(1, "a")];
    expect(findMissedDeliveries(failures, new Set(["b"]))).toEqual([
      { ...failed(5, "a"), isGivenUp: false },
      { ...failed(9, "c"), isGivenUp: false },
    ]);
  });

  it("gives up what was refused again and again", () => {
    const attempts = (count: number) => Array.from({ length: count }, (_, index) => failed(index + 1, "a"));
    expect(findMissedDeliveries(attempts(4), new Set())).toMatchObject([{ id: 4, isGivenUp: false }]);
    expect(findMissedDeliveries(attempts(5), new Set())).toMatchObject([{ id: 5, isGivenUp: true }]);
  });

  it("loses none and names none twice, in whatever order they are listed", () => {
    const deliveries = fc.uniqueArray(
      fc.record({ id: fc.nat(), guid: fc.constantFrom("a", "b", "c", "d") }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(deliveries, fc.subarray(["a", "b", "c", "d"]), (listed, arrived) => {
        const missed = findMissedDeliveries(
          listed.map(({ id, guid }) => failed(id, guid)),
          new Set(arrived),
        ).map(({ guid }) => guid);
        const lost = new Set(listed.map(({ guid }) => guid).filter((guid) => !arrived.includes(guid)));
        expect(missed.toSorted()).toEqual([...lost].toSorted());
      }),
    );
  });
});
