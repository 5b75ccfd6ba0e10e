import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  findMissedDeliveries,
  type ListedDelivery,
  waitAfter,
} from "../../../../src/forges/github/missed-deliveries.ts";

const attempt = (id: number, guid: string, statusCode: number): ListedDelivery => ({
  ...{ id, guid, event: "push", deliveredAt: id * 1000, status: "as it may be", statusCode },
});

describe("forges/github/missed-deliveries", () => {
  it("finds what never arrived, whatever came instead of an answer, the oldest first", () => {
    const [c, a2, b, a1] = [
      attempt(9, "c", 0),
      attempt(5, "a", 504),
      attempt(3, "b", 502),
      attempt(1, "a", 301),
    ];
    const arrived = attempt(10, "b", 202);
    expect(findMissedDeliveries([arrived, c, a2, b, a1, a2])).toEqual([
      { newest: a2, attempts: [a2, a1] },
      { newest: c, attempts: [c] },
    ]);
  });

  it("has the first further attempt at once, and waits ever longer for the next, never more than an hour", () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7, 40].map((attempts) => waitAfter(attempts) / 60_000);
    expect(minutes).toEqual([0, 2, 4, 8, 16, 32, 60, 60]);
  });

  it("loses none and names none twice, in whatever order they are listed", () => {
    const deliveries = fc.array(
      fc.record({
        id: fc.nat(20),
        guid: fc.constantFrom("a", "b", "c", "d"),
        code: fc.constantFrom(0, 200, 302, 401, 503),
      }),
    );
    fc.assert(
      fc.property(deliveries, (listed) => {
        const byId = [...new Map(listed.map((one) => [one.id, one])).values()];
        const missed = findMissedDeliveries(byId.map(({ id, guid, code }) => attempt(id, guid, code)));
        const arrived = new Set(byId.filter(({ code }) => code === 200).map(({ guid }) => guid));
        const lost = new Set(byId.map(({ guid }) => guid).filter((guid) => !arrived.has(guid)));
        expect(missed.map(({ newest }) => newest.guid).toSorted()).toEqual([...lost].toSorted());
      }),
    );
  });
});
