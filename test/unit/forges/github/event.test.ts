import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ForgeEvent } from "../../../../src/core/forge-event.ts";
import { parseGitHubEvent } from "../../../../src/forges/github/event.ts";
import { APP_ID, delivery, payloads, published } from "./payloads.ts";

const names = Object.keys(payloads);

/** The app that the check suites of GitHub's examples are of. */
const EXAMPLE_APP_ID = 29_310;

/**
 * How many of GitHub's examples mean something. None of its check runs names a build, and none of its comments is on a
 * pull request.
 */
const HANDLED = {
  check_run: 0,
  check_suite: 2,
  commit_comment: 5,
  issue_comment: 0,
  pull_request: 9,
  push: 3,
};

/** The examples were mostly sent to webhooks of repositories; an app's name its installation as well. */
const asSentToAnApp = (payload: object) => ({ installation: { id: 7 }, ...payload });

function expectReadable(name: string, payload: unknown, appId = APP_ID): "event" | "ignored" {
  const parsed = parseGitHubEvent(name, payload, { ...delivery, appId });
  if ("event" in parsed) {
    expect(ForgeEvent.safeParse(parsed.event).error).toBeUndefined();
    return "event";
  }
  expect(parsed.ignored).not.toBe("");
  expect(parsed.ignored.length).toBeLessThanOrEqual(600);
  return "ignored";
}

describe("forges/github/event", () => {
  it("reads a payload of each event that means something", () => {
    for (const [name, payload] of Object.entries(payloads))
      expect(expectReadable(name, payload)).toBe("event");
  });

  it.each(["issues", "pull_request_review_comment", "installation", "__proto__", "constructor", ""])(
    "ignores the event %j, whatever it holds",
    (name) => {
      expect(parseGitHubEvent(name, payloads.push, delivery)).toEqual({
        ignored: `the event ${name} starts nothing`,
      });
    },
  );

  it.each(names)("ignores a %s of a webhook that is no app's", (name) => {
    const payload = { ...payloads[name], installation: undefined };
    expect(parseGitHubEvent(name, payload, delivery)).toEqual({
      ignored: expect.stringContaining("names no installation"),
    });
  });

  it.each(names)("takes a program's %s for a program's, and a nobody's for nobody's", (name) => {
    const bot = { ...payloads[name], sender: { login: "renovate[bot]", type: "Bot" } };
    expect(parseGitHubEvent(name, bot, delivery)).toMatchObject({
      event: { sender: { login: "renovate[bot]", isBot: true } },
    });
    expect(parseGitHubEvent(name, { ...payloads[name], sender: null }, delivery)).toMatchObject({
      event: { sender: { login: "ghost", isBot: false } },
    });
  });

  it("handles or ignores with a reason every example that GitHub has published", () => {
    const counts = published.map(({ name, examples }) => {
      expect(examples.length).toBeGreaterThan(0);
      const kinds = examples.map((payload) => expectReadable(name, asSentToAnApp(payload), EXAMPLE_APP_ID));
      return [name, kinds.filter((kind) => kind === "event").length] as const;
    });
    expect(counts).toHaveLength(58);
    expect(Object.fromEntries(counts.filter(([name]) => names.includes(name)))).toEqual(HANDLED);
    expect(counts.filter(([name, handled]) => handled > 0 && !names.includes(name))).toEqual([]);
  });

  it("reads nothing of GitHub's examples as unreadable", () => {
    const reasons = published
      .filter(({ name }) => names.includes(name))
      .flatMap(({ name, examples }) =>
        examples.map((payload) => parseGitHubEvent(name, asSentToAnApp(payload), delivery)),
      );
    expect(JSON.stringify(reasons)).not.toContain("unreadable");
  });

  it.each(["issues", ...names])("never throws, whatever JSON comes as %s", (name) => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        expectReadable(name, payload);
      }),
    );
  });

  it.each(names)("never throws, whatever is wrong with a part of a %s", (name) => {
    const paths = pathsIn(payloads[name]);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.oneof(fc.jsonValue(), strangeText), (path, value) => {
        expectReadable(name, replaced(payloads[name], path, value));
      }),
      { numRuns: 300 },
    );
  });
});

const strangeText = fc.oneof(
  fc.constantFrom("", "0".repeat(40), "refs/heads/", "refs/tags/", "refs/notes/x", "__proto__", "NaN"),
  fc.constantFrom(String(APP_ID), "http://", "javascript:1", "2026-99-99", "created", "edited", "\u0000"),
);

/** The path of every part of a value. */
function pathsIn(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [[]];
  const inner = Object.entries(value).flatMap(([key, part]) => pathsIn(part).map((path) => [key, ...path]));
  return [[], ...inner];
}

function replaced(value: unknown, [key, ...rest]: string[], part: unknown): unknown {
  if (key === undefined) return part;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  return Object.assign(copy, { [key]: replaced((value as Record<string, unknown>)[key], rest, part) });
}
