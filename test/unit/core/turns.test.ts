import { describe, expect, it } from "vitest";
import { createTurns } from "../../../src/core/turns.ts";

describe("core/turns", () => {
  it("does work of one key in the order of asking, and that of others at the same time", async () => {
    const inTurn = createTurns();
    const done: string[] = [];
    const first = Promise.withResolvers<void>();
    const work = [
      inTurn("a", () => first.promise.then(() => done.push("a1"))),
      inTurn("a", async () => done.push("a2")),
      inTurn("b", async () => done.push("b1")),
    ];
    await work[2];
    expect(done).toEqual(["b1"]);
    first.resolve();
    await Promise.all(work);
    expect(done).toEqual(["b1", "a1", "a2"]);
  });

  it("goes on after a failure, which only its own asker hears of", async () => {
    const inTurn = createTurns();
    const failing = inTurn("a", async () => {
      throw new Error("no");
    });
    const next = inTurn("a", async () => "yes");
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe("yes");
  });
});
