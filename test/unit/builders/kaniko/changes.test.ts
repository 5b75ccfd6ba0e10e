import { describe, expect, it } from "vitest";
import { Changes } from "../../../../src/builders/kaniko/changes.ts";

const never = new AbortController().signal;

describe("waiting for changes", () => {
  it("misses none that came while nobody waited", async () => {
    const changes = new Changes();
    const { version } = changes;
    changes.tell();
    await changes.after(version, never);
    expect(changes.version).not.toBe(version);
  });

  it("wakes everybody, or gives up after a while, or at an abort", async () => {
    const changes = new Changes();
    const both = Promise.all([changes.after(0, never), changes.after(0, never)]);
    changes.tell();
    await both;
    await changes.after(changes.version, never, 5);
    const stop = new AbortController();
    const waiting = changes.after(changes.version, stop.signal);
    stop.abort(new Error("stop"));
    await expect(waiting).rejects.toThrow("stop");
    await expect(changes.after(0, stop.signal)).rejects.toThrow("stop");
  });
});
