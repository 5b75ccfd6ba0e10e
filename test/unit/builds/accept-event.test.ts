import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createEventAcceptor } from "../../../src/builds/accept-event.ts";
import { commentOf } from "./story-events.ts";

describe("a comment with a command", () => {
  it.each([
    ["of a person", false, 1],
    ["of a program", true, 0],
  ])("%s: isBot %s, queued %s times", async (_, isBot, times) => {
    let queued = 0;
    const enqueue = async () => {
      queued += 1;
      return "queued" as const;
    };
    const accept = createEventAcceptor({ enqueue }, pino({ level: "silent" }));
    await accept({ event: commentOf(12, "/build", { sender: { login: "someone", isBot } }) }, "delivery");
    expect(queued).toBe(times);
  });
});
