import { describe, expect, it } from "vitest";
import { describeState } from "../../../src/core/describe-state.ts";
import { formatStatus, lastAttempts } from "../../../src/core/format-status.ts";
import { formatWhy, type Why } from "../../../src/core/format-why.ts";
import { buildOf, DIGEST, endedOf, successOf } from "./build-of.ts";

const imageOf = (name: string) => ({ ...buildOf(1).request.image, name, path: `acme/shop/${name}` });

describe("core/format-status", () => {
  it("shows each image once, by its last attempt, in the order of their names", () => {
    const builds = [
      buildOf(1, { state: "completed", result: successOf(), request: { image: imageOf("web"), attempt: 2 } }),
      buildOf(1, { state: "completed", result: endedOf("failure"), request: { image: imageOf("web") } }),
      buildOf(1, { state: "queued", request: { image: imageOf("api") } }),
    ];
    expect(formatStatus(builds).split("\n").slice(2)).toEqual([
      "| `api` | ⏳ waiting |  |  | 1 |",
      `| \`web\` | ✅ built | \`${DIGEST}\` | 10 s | 2 |`,
    ]);
  });

  it("keeps a Git tag's build beside the branch's", () => {
    const builds = [buildOf(1), buildOf(1, { request: { gitTag: "v1" } })];
    expect(lastAttempts(builds)).toHaveLength(2);
    expect(formatStatus(builds)).toContain("| `acme/shop` for `v1` |");
  });

  it("says when there is nothing", () => expect(formatStatus([])).toBe("Nothing was built of this commit."));
});

describe("core/describe-state", () => {
  it.each([
    [buildOf(1), "waiting", "waiting"],
    [buildOf(1, { state: "waiting-for-approval" }), "waiting for approval", "waiting"],
    [buildOf(1, { state: "running" }), "building", "active"],
    [buildOf(1, { state: "running", cancellation: { reason: "asked", by: "a", at: 1 } }), "ending", "active"],
    [buildOf(1, { state: "completed", result: successOf() }), "built", "good"],
    [buildOf(1, { state: "completed", result: endedOf("failure") }), "failed", "bad"],
    [
      buildOf(1, { state: "completed", result: endedOf("failure", { code: "deadline-exceeded" }) }),
      "timed out",
      "bad",
    ],
    [buildOf(1, { state: "completed", result: endedOf("cancelled") }), "cancelled", "neutral"],
    [buildOf(1, { state: "completed", result: endedOf("skipped") }), "skipped", "neutral"],
    [buildOf(1, { state: "completed", result: endedOf("neutral") }), "nothing to build", "neutral"],
    [
      buildOf(1, { state: "completed", result: endedOf("action-required") }),
      "waiting for approval",
      "waiting",
    ],
  ])("%# has a word and a mood", (build, word, mood) =>
    expect(describeState(build)).toMatchObject({ word, mood }),
  );
});

describe("core/format-why", () => {
  const why = (changes: Partial<Why> = {}) =>
    formatWhy({
      builds: [],
      positions: new Map(),
      permissions: { commands: "write", approve: "maintain" },
      notices: [],
      ...changes,
    });

  it("names the rule, who asked, and what would happen", () => {
    const text = why({ builds: [buildOf(1, { state: "running", request: { mayBeSuperseded: true } })] });
    expect(text).toContain(
      "`acme/shop`: 🔨 building\n\n- `ada` pushed the commit: branch `main` matches `**`\n",
    );
    expect(text).toContain("- A newer push would end it");
  });

  it("tells the place in the queue", () => {
    const build = buildOf(1);
    const positions = new Map([[build.request.id, { inAll: 5, inRepository: 3 }]]);
    expect(why({ builds: [build], positions })).toContain(
      "number 5 in the queue, and number 3 of this repository",
    );
  });

  it("tells who or what ended it", () => {
    const cancelled = buildOf(1, {
      state: "completed",
      result: endedOf("cancelled"),
      cancellation: { reason: "asked", by: "grace", at: 1 },
    });
    expect(why({ builds: [cancelled] })).toContain("- Cancelled by grace: `grace` asked for it.");
    const failed = buildOf(1, { state: "completed", result: endedOf("failure") });
    expect(why({ builds: [failed] })).toContain(
      "- make failed with exit code 2: `make` ended with exit code 2.",
    );
  });

  it("tells who may do what, and what the one who asks may", () => {
    const text = why({ asker: { login: "eve", permission: "read" } });
    expect(text).toContain(
      "- To steer builds takes `write` or more\n- To approve a fork's commit takes `maintain` or more\n- `eve` has `read`",
    );
  });

  it("gives notices with their reasons, also when there is no build", () => {
    const text = why({ notices: ["The push built nothing: `[skip ci]` is in its message", "Second\nline"] });
    expect(text).toContain("Nothing was built of this commit.");
    expect(text).toContain(
      "**Notices**\n\n- The push built nothing: `[skip ci]` is in its message\n- Second line",
    );
  });
});
