import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answerDeadline, askServer } from "../../../src/connections/ask-server.ts";

describe("asking a server", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const reconnect = vi.fn();
  const server = { name: "Redis at localhost", ping: async () => {}, reconnect };

  it("gives its answer", async () => {
    const ask = askServer(server, () => undefined);
    expect(await ask("counting builds", async () => 42)).toBe(42);
  });

  it("fails with what was being done, and where, and why", async () => {
    const ask = askServer(server, () => undefined);
    const asking = ask("counting builds", () => Promise.reject(new Error("connection lost")));
    await expect(asking).rejects.toThrow("counting builds: Redis at localhost: connection lost");
    expect(reconnect).not.toHaveBeenCalled();
  });

  it("is refused with the reason, and the server is not asked", async () => {
    const question = vi.fn(async () => {});
    const asking = askServer(server, () => "the history is closed")("counting builds", question);
    await expect(asking).rejects.toThrow("counting builds: Redis at localhost: the history is closed");
    expect(question).not.toHaveBeenCalled();
  });

  it("ends when no answer comes in time, and the connection is made anew", async () => {
    const asking = askServer(server, () => undefined)("counting builds", () => new Promise(() => {}));
    const failed = expect(asking).rejects.toThrow("no answer within");
    await vi.advanceTimersByTimeAsync(answerDeadline);
    await failed;
    expect(reconnect).toHaveBeenCalledOnce();
  });
});
