import { describe, expect, it, vi } from "vitest";
import { repeat } from "../../../src/connections/repeat.ts";

describe("connections/repeat", () => {
  it("does it at once and again and again, never twice at a time, until it is stopped", async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const repeated = repeat(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      done += 1;
    }, 1);
    await vi.waitFor(() => expect(done).toBeGreaterThan(3));
    repeated.stop();
    await vi.waitFor(() => expect(running).toBe(0));
    const after = done;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(done).toBe(after);
    expect(most).toBe(1);
  });
});
