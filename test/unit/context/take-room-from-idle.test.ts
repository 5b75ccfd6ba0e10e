import { describe, expect, it } from "vitest";
import { takeRoomFromIdle } from "../../../src/context/take-room-from-idle.ts";
import { createRoom, type TakenRoom } from "../../../src/core/room.ts";

const never = new AbortController().signal;

/** Room for three, all of it taken by what is idle. */
async function open(names: string[]) {
  const room = createRoom(3);
  const taken = new Map<string, TakenRoom>();
  for (const name of names) taken.set(name, await room.take(1));
  const idle = new Set(names);
  const discarded: string[] = [];
  const discard = async (name: string) => {
    idle.delete(name);
    discarded.push(name);
    taken.get(name)?.free();
  };
  const take = (amount: number, signal = never) => takeRoomFromIdle(room, amount, idle, discard, signal);
  return { room, taken, idle, discarded, take };
}

describe("taking room from what is idle", () => {
  it("discards no more than is needed, the oldest first", async () => {
    const { take, discarded } = await open(["one", "two", "three"]);
    await take(2);
    expect(discarded).toEqual(["one", "two"]);
  });

  it("discards nothing while there is room", async () => {
    const { take, discarded } = await open(["one"]);
    await take(2);
    expect(discarded).toEqual([]);
  });

  it("does not discard what is used again meanwhile", async () => {
    const { take, idle, taken, discarded } = await open(["one", "two", "three"]);
    const taking = take(1);
    idle.delete("one");
    await taking;
    expect(discarded).toEqual(["two"]);
    expect(taken.has("one")).toBe(true);
  });

  it("gives up when it is told to, and leaves the room that comes later to others", async () => {
    const { room, take } = await open([]);
    const used = await room.take(3);
    const leaving = new AbortController();
    const waiting = take(1, leaving.signal);
    leaving.abort(new Error("left"));
    await expect(waiting).rejects.toThrow("left");
    used.free();
    expect(await room.take(3)).toBeDefined();
  });
});
