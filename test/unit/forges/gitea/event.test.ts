import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ForgeEvent } from "../../../../src/core/forge-event.ts";
import { parseGiteaEvent } from "../../../../src/forges/gitea/event.ts";
import { brokenPayloads } from "../broken-payloads.ts";
import { delivery, framed, payloads } from "./payloads.ts";

const names = Object.keys(payloads);

function expectReadable(name: string, payload: unknown): "event" | "ignored" {
  const parsed = parseGiteaEvent(name, payload, delivery);
  if ("event" in parsed) {
    expect(ForgeEvent.safeParse(parsed.event).error).toBeUndefined();
    return "event";
  }
  expect(parsed.ignored).not.toBe("");
  expect(parsed.ignored.length).toBeLessThanOrEqual(600);
  return "ignored";
}

describe("forges/gitea/event", () => {
  it("reads a payload of each event that means something", () => {
    for (const [name, payload] of Object.entries(payloads))
      expect(expectReadable(name, payload)).toBe("event");
  });

  it.each([
    ["issues", "the event issues starts nothing"],
    ["__proto__", "the event __proto__ starts nothing"],
    ["create", "a new branch or tag is built by its push event"],
    ["delete", "a branch or tag was deleted"],
    ["pull_request_comment", "a review's comment is not read: commands belong into the conversation"],
  ])("ignores the event %s, whatever it holds", (name, ignored) => {
    expect(parseGiteaEvent(name, payloads.push, delivery)).toEqual({ ignored });
  });

  it("bounds what it says of an event with a long name", () => {
    expect(expectReadable("x".repeat(100_000), {})).toBe("ignored");
  });

  it.each(names)("takes the host of a %s from whose secret fits, never from the payload", (name) => {
    const repository = {
      ...(payloads[name] as { repository: object }).repository,
      html_url: "https://evil.example/a/b",
    };
    expect(parseGiteaEvent(name, { ...payloads[name], repository }, delivery)).toMatchObject({
      event: { repository: { host: "gitea.example.com" } },
    });
  });

  it.each(names)("takes Gitea's own account for a program in a %s", (name) => {
    const sender = { id: -2, login: "gitea-actions" };
    expect(parseGiteaEvent(name, { ...payloads[name], sender }, delivery)).toMatchObject({
      event: { ...framed, sender: { login: "gitea-actions", isBot: true } },
    });
  });

  it.each(["issues", ...names])("never throws, whatever JSON comes as %s", (name) => {
    fc.assert(fc.property(fc.jsonValue(), (payload) => void expectReadable(name, payload)));
  });

  it.each(names)("never throws, whatever is wrong with a part of a %s", (name) => {
    const broken = brokenPayloads(payloads[name] ?? {});
    fc.assert(
      fc.property(broken, (payload) => void expectReadable(name, payload)),
      { numRuns: 300 },
    );
  });
});
