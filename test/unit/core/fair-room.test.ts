import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFairRoom, type FairPlace, type FairTaking } from "../../../src/core/fair-room.ts";

type Asker = {
  key: string;
  controller: AbortController;
  taking: FairTaking;
  place?: FairPlace;
  error?: unknown;
};

/** A room whose askers are written down in the order in which they were served. */
function openRoom(limits: { total: number; perKey: number }) {
  const room = createFairRoom(limits);
  const askers: Asker[] = [];
  const served: Asker[] = [];
  return {
    askers,
    served,
    take(key: string, controller = new AbortController()): Asker {
      const asker: Asker = { key, controller, taking: room.take(key, controller.signal) };
      askers.push(asker);
      asker.taking.place.then(
        (place) => {
          asker.place = place;
          served.push(asker);
        },
        (error: unknown) => {
          asker.error = error;
        },
      );
      return asker;
    },
  };
}

describe("core/fair-room", () => {
  it("serves another key's first before one key's hundred", async () => {
    const { take, served } = openRoom({ total: 2, perKey: 2 });
    const many = Array.from({ length: 100 }, () => take("many"));
    const one = take("one");
    await setImmediate();
    expect(served).toEqual(many.slice(0, 2));
    many[0]?.place?.free();
    await setImmediate();
    expect(served.at(-1)).toBe(one);
  });

  it("takes turns between keys, each key's askers in their order", async () => {
    const { take, served } = openRoom({ total: 1, perKey: 1 });
    const asked = ["a", "a", "a", "b", "b", "c"].map((key) => take(key));
    await setImmediate();
    for (let at = 0; at < asked.length; at++) {
      served[at]?.place?.free();
      await setImmediate();
    }
    expect(served.map((asker) => `${asker.key}${asked.indexOf(asker)}`)).toEqual([
      "a0",
      "b3",
      "c5",
      "a1",
      "b4",
      "a2",
    ]);
  });

  it("does not let keys that come and go pass by one that waits", async () => {
    const { take, served } = openRoom({ total: 1, perKey: 1 });
    take("patient");
    await setImmediate();
    const visitors = [take("x")];
    served[0]?.place?.free();
    await setImmediate();
    const patient = take("patient");
    for (let at = 0; at < 4 && !patient.place; at++) {
      visitors.push(take(at % 2 === 0 ? "y" : "x"));
      served.at(-1)?.place?.free();
      await setImmediate();
    }
    expect(patient.place).toBeDefined();
  });

  it("tells who waits where they stand, in all and in their key, and nobody else", async () => {
    const { take } = openRoom({ total: 1, perKey: 1 });
    const asked = ["a", "a", "a", "b", "b"].map((key) => take(key));
    await setImmediate();
    const positions = () => asked.map(({ taking }) => taking.position());
    expect(positions()).toEqual([
      undefined,
      { inAll: 2, inRepository: 1 },
      { inAll: 4, inRepository: 2 },
      { inAll: 1, inRepository: 1 },
      { inAll: 3, inRepository: 2 },
    ]);
    asked[3]?.controller.abort(new Error("gone"));
    asked[0]?.place?.free();
    await setImmediate();
    expect(positions().filter((position) => position)).toHaveLength(2);
    expect(asked.filter(({ place }) => place)).toHaveLength(2);
  });

  it("gives nothing to who aborted, before or while they waited, and frees a place only once", async () => {
    const { take, served } = openRoom({ total: 1, perKey: 1 });
    const reason = new Error("enough");
    const gone = new AbortController();
    gone.abort(reason);
    const early = take("a", gone);
    const first = take("a");
    const aborted = take("b");
    const last = take("c");
    await setImmediate();
    aborted.controller.abort(reason);
    first.controller.abort(new Error("too late: the place is theirs to free"));
    first.place?.free();
    first.place?.free();
    await setImmediate();
    expect([early.error, aborted.error, first.error]).toEqual([reason, reason, undefined]);
    expect(served).toEqual([first, last]);
    const next = take("d");
    await setImmediate();
    expect(next.place).toBeUndefined();
  });

  it("never gives more than there is, never lets a place lie, and always serves whose turn it is", async () => {
    const keys = ["a", "b", "c", "d"];
    const step = fc.oneof(
      {
        arbitrary: fc.record({ do: fc.constant("take" as const), key: fc.constantFrom(...keys) }),
        weight: 3,
      },
      {
        arbitrary: fc.record({ do: fc.constantFrom("free" as const, "abort" as const), at: fc.nat() }),
        weight: 2,
      },
    );
    const size = fc.integer({ min: 1, max: 4 });
    await fc.assert(
      fc.asyncProperty(
        size,
        size,
        fc.array(step, { maxLength: 60, size: "max" }),
        async (total, perKey, steps) => {
          const { take, askers, served } = openRoom({ total, perKey });
          const freed = new Set<Asker>();
          const turns = new Map<string, number>();
          const holders = () => served.filter((asker) => !freed.has(asker));
          const heldBy = (key: string) => holders().filter((asker) => asker.key === key).length;
          const waiting = () => askers.filter(({ place, error }) => !place && !error);
          /** Of those who wait, the one whose turn it is. */
          const expectedNext = () =>
            waiting()
              .filter(({ key }) => heldBy(key) < perKey)
              .toSorted(
                (one, other) =>
                  heldBy(one.key) - heldBy(other.key) ||
                  (turns.get(one.key) ?? 0) - (turns.get(other.key) ?? 0),
              )[0];

          for (const next of steps) {
            const before = served.length;
            let expected: Asker | undefined;
            if (next.do === "take") {
              const asker = take(next.key);
              if (holders().length < total && heldBy(next.key) < perKey) expected = asker;
            } else if (next.do === "abort") {
              waiting()[next.at % waiting().length]?.controller.abort("gone");
            } else {
              const chosen = holders()[next.at % holders().length];
              if (chosen) {
                freed.add(chosen);
                expected = expectedNext();
              }
              chosen?.place?.free();
            }
            await setImmediate();
            expect(served.slice(before)).toEqual(expected ? [expected] : []);
            if (expected) turns.set(expected.key, served.length);
            if (waiting().length === 0) for (const key of keys) if (heldBy(key) === 0) turns.delete(key);
            expect(holders().length).toBeLessThanOrEqual(total);
            for (const key of keys) expect(heldBy(key)).toBeLessThanOrEqual(perKey);
            if (holders().length < total) expect(expectedNext()).toBeUndefined();
          }

          for (const asker of waiting()) asker.controller.abort("end");
          for (const asker of holders()) asker.place?.free();
          const fresh = Array.from({ length: total }, (_, at) => take(`fresh${at}`));
          await setImmediate();
          expect(fresh.every(({ place }) => place)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
