import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Build, BuildResult } from "../../../src/core/build.ts";
import { CommitSha } from "../../../src/core/commit-sha.ts";
import { formatReport } from "../../../src/core/format-report.ts";
import { buildOf, DIGEST, endedOf, successOf } from "./build-of.ts";
import { showMarkdown } from "./shown-markdown.ts";

const completed = (result: BuildResult, changes: Parameters<typeof buildOf>[1] = {}): Build =>
  buildOf(1, { state: "completed", builder: "Kaniko v1.24.0", result, ...changes });
const report = (build: Build, context: Partial<Parameters<typeof formatReport>[1]> = {}) =>
  formatReport(build, { earlier: [], ...context });
const newer = CommitSha.parse("b".repeat(40));

describe("core/format-report: a success", () => {
  const success = completed(successOf());

  it("is named as its request says, with the digest first in its title", () => {
    const build = completed(successOf(), { request: { checkName: "pushwright / api" } });
    expect(report(build, { detailsUrl: "https://bot.example.com/x" })).toMatchObject({
      buildId: build.request.id,
      name: "pushwright / api",
      status: "completed",
      conclusion: "success",
      title: `${DIGEST} in 12 s`,
      detailsUrl: "https://bot.example.com/x",
      completedAt: success.result?.timings.finished,
      logTail: ["RUN make", "Pushed"],
      annotations: [],
    });
    expect(report(build)).not.toHaveProperty("detailsUrl");
  });

  it("shows the references, the size, the times and the command to copy", () => {
    const { summary } = report(completed(successOf({}, { cache: { hits: 7, misses: 2 } })));
    expect(summary).toContain(`| Image | \`registry.example.com/acme/shop:${"1".repeat(40)}\` |`);
    expect(summary).toContain("| Image | `registry.example.com/acme/shop:main` |");
    expect(summary).toContain(`| By digest | \`registry.example.com/acme/shop@${DIGEST}\` |`);
    expect(summary).toContain("| Size | 10 MiB |");
    expect(summary).toContain("| Duration | 10 s |");
    expect(summary).toContain("| Layer cache | 7 of 9 steps |");
    expect(summary).toContain("| Queue time | 2.0 s |");
    expect(summary).toContain("| Builder | `Kaniko v1.24.0` |");
    expect(summary).toContain("| Asked for | `ada` pushed the commit: branch `main` matches `**` |");
    expect(summary).not.toContain("Attempt");
    expect(summary.endsWith(`\n\`\`\`sh\ndocker pull registry.example.com/acme/shop@${DIGEST}\n\`\`\``)).toBe(
      true,
    );
  });

  it.each([
    [8 * 2 ** 20, "10 MiB, 2 MiB more than", "(25.0 %)"],
    [20 * 2 ** 20, "10 MiB, 10 MiB less than", "(-50.0 %)"],
    [10 * 2 ** 20, "10 MiB, as", ""],
  ])("compares its size with the last one's, %d bytes", (bytes, text, percent) => {
    const earlier = [
      buildOf(2, { state: "completed", result: successOf({ bytes }) }),
      buildOf(3, { result: successOf({ bytes: 1 }) }),
    ];
    const { summary } = report(success, { earlier });
    const link = `[\`0000000\`](https://github.com/acme/shop/commit/${"2".padStart(40, "0")})`;
    expect(summary).toContain(`| Size | ${text} ${link}${percent === "" ? "" : ` ${percent}`} |`);
  });

  it.each([
    [[30, 20, 40], "20 s less than usual (median of the last 3: 30 s)"],
    [[4, 6], "5.0 s more than usual (median of the last 2: 5.0 s)"],
    [[9.5, 10, 10.4, 50, 1], "as usual (median of the last 5: 10 s)"],
    [[14], "4.0 s less than usual (the last one: 14 s)"],
  ])("compares its duration with those before, %j seconds", (seconds, text) => {
    const earlier = seconds.map((each, at) => buildOf(at + 2, { result: successOf({ seconds: each }) }));
    expect(report(success, { earlier }).summary).toContain(`| Duration | 10 s, ${text} |`);
  });

  it("tells of the attempt, of a cache that was not to be used, and of tags that a newer commit holds", () => {
    const build = completed(successOf({ outdatedTags: ["main", "latest"] }), {
      request: { attempt: 3, noCache: true },
    });
    const { summary } = report(build);
    expect(summary).toContain("| Attempt | 3 |");
    expect(summary).toContain("| Layer cache | not used, as asked |");
    expect(summary).toContain("| Left as it was | `main`, `latest`: held by a newer commit |");
  });

  it("that is not pushed says so, and why", () => {
    const build = completed({ ...successOf(), outcome: "built", digest: DIGEST } as BuildResult, {
      request: {
        isTrusted: false,
        approval: { by: "grace" },
        pullRequest: { number: 7, isFork: true, baseBranch: "main" },
      },
    });
    const { summary, ...rest } = report(build);
    expect(rest).toMatchObject({ conclusion: "success", title: `Built in 12 s, not pushed: ${DIGEST}` });
    expect(summary).toContain("**Not pushed**: The commit comes from a fork");
    expect(summary).toContain("approved by `grace`");
    expect(summary).not.toContain("docker pull");
  });
});

describe("core/format-report: other ends", () => {
  it.each([
    ["failure", "run-failed", "failure"],
    ["failure", "deadline-exceeded", "timed-out"],
    ["cancelled", "cancelled", "cancelled"],
    ["skipped", "skip-marker", "skipped"],
    ["neutral", "no-dockerfile", "neutral"],
    ["action-required", "approval", "action-required"],
  ] as const)("%s (%s) is concluded as %s, with its title, cause and remedy", (outcome, code, conclusion) => {
    const { summary, ...rest } = report(completed(endedOf(outcome, { code })));
    expect(rest).toMatchObject({ status: "completed", conclusion, title: "make failed with exit code 2" });
    expect(summary).toContain("`make` ended with exit code 2.");
    expect(summary).toContain("See the end of the log.");
  });

  const line = { step: "RUN make", line: 3 };

  it("mark the Dockerfile's line, and the configuration's", () => {
    const inConfig = { path: ".pushwright.yml", line: 2, column: 5, title: "t", message: "m" };
    const build = completed(endedOf("failure", { ...line, annotations: [inConfig] }));
    build.request.image.dockerfile = { path: "docker/Dockerfile" };
    const { annotations, summary } = report(build);
    expect(annotations).toEqual([
      {
        path: "docker/Dockerfile",
        line: 3,
        title: "make failed with exit code 2",
        message: "`make` ended with exit code 2.",
      },
      inConfig,
    ]);
    expect(summary).toContain("**Failing step** (`docker/Dockerfile` line 3): `RUN make`");
  });

  it("mark no line of a Dockerfile that is in no file, and show the step", () => {
    const build = completed(endedOf("failure", line));
    build.request.image.dockerfile = { text: "FROM a\n\nRUN make" };
    const { annotations, summary } = report(build);
    expect(annotations).toEqual([]);
    expect(summary).toContain(
      "**Failing step** (line 3 of the Dockerfile that `.pushwright.yml` makes): `RUN make`",
    );
  });

  it.each([
    [{ reason: "asked", by: "ada" }, "Cancelled by ada", ["`ada` asked for it"]],
    [
      { reason: "superseded", by: "ada", commit: newer },
      "Superseded by bbbbbbb",
      [
        `[\`bbbbbbb\`](https://github.com/acme/shop/commit/${newer}) took its place`,
        "`ada` pushed it to `main`",
      ],
    ],
    [{ reason: "closed", by: "ada" }, "Cancelled with its pull request", ["`ada` closed pull request 7"]],
  ] as const)("by cancelling say who or what: %j", (cancellation, title, words) => {
    const build = completed(endedOf("cancelled"), {
      cancellation: { at: 1, ...cancellation },
      request: { pullRequest: { number: 7, isFork: false, baseBranch: "main" } },
    });
    const { summary, ...rest } = report(build);
    expect(rest).toMatchObject({ conclusion: "cancelled", title });
    for (const word of words) expect(summary).toContain(word);
  });

  it("are not told as cancelled when the build was done before", () => {
    const build = completed(endedOf("failure"), { cancellation: { reason: "asked", by: "ada", at: 1 } });
    expect(report(build)).toMatchObject({ conclusion: "failure", title: "make failed with exit code 2" });
  });
});

describe("core/format-report: what has not ended", () => {
  it("waits, and tells where", () => {
    expect(report(buildOf(1))).toMatchObject({ status: "queued", title: "Waiting for other builds" });
    const { title, summary } = report(buildOf(1), { queuePosition: { inAll: 4, inRepository: 2 } });
    expect(title).toBe("Waiting: number 4 in the queue");
    expect(summary).toContain("number 4 in the queue, and number 2 of this repository");
  });

  it("runs, with a note if there is one", () => {
    const running = buildOf(1, { state: "running", builder: "Kaniko v1.24.0" });
    expect(report(running)).toMatchObject({ status: "in-progress", title: "Building" });
    expect(report(running).summary).toContain("`Kaniko v1.24.0` builds `Dockerfile` of this commit");
    const held = report(running, { note: "The registry is away." });
    expect(held.title).toBe("Building, after a setback");
    expect(held.summary).toContain("The registry is away.");
  });

  it("is ending once it is cancelled", () => {
    const cancellation = { reason: "superseded", by: "ada", commit: newer, at: 1 } as const;
    expect(report(buildOf(1, { state: "running", cancellation }))).toMatchObject({
      status: "in-progress",
      title: "Ending: Superseded by bbbbbbb",
      actions: [],
    });
  });

  it("waits for approval, and tells how to approve", () => {
    const build = buildOf(1, {
      state: "waiting-for-approval",
      request: { approval: "needed", isTrusted: false },
    });
    const { summary, ...rest } = report(build);
    expect(rest).toMatchObject({
      status: "completed",
      conclusion: "action-required",
      title: "Waiting for approval",
    });
    expect(summary).toContain(`/ok-to-build ${build.request.commit}`);
    const told = report({ ...build, result: endedOf("action-required", { title: "Told before" }) });
    expect(told).toMatchObject({ conclusion: "action-required", title: "Told before" });
  });

  it("has started anew when it had ended before", () => {
    const approved = buildOf(1, { state: "running", result: endedOf("action-required") });
    expect(report(approved)).toMatchObject({ status: "in-progress", title: "Building", logTail: [] });
  });
});

describe("core/format-report: buttons", () => {
  it.each([
    ["queued", undefined, ["cancel"]],
    ["running", undefined, ["cancel"]],
    ["waiting-for-approval", undefined, ["approve"]],
    ["completed", endedOf("action-required"), ["approve"]],
    ["completed", successOf(), ["rebuild", "rebuild-no-cache"]],
    ["completed", endedOf("failure"), ["rebuild", "rebuild-no-cache"]],
    ["completed", endedOf("cancelled"), ["rebuild", "rebuild-no-cache"]],
    ["completed", endedOf("skipped"), ["rebuild", "rebuild-no-cache"]],
  ] as const)("of a build that is %s are what can be asked for", (state, result, actions) => {
    const shown = report(buildOf(1, result ? { state, result } : { state })).actions;
    expect(shown.map(({ action }) => action)).toEqual(actions);
    expect(shown.length).toBeLessThanOrEqual(3);
    for (const { label, description } of shown) {
      expect(label.length).toBeLessThanOrEqual(20);
      expect(description.length).toBeLessThanOrEqual(40);
    }
  });
});

describe("core/format-report: what strangers wrote", () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      "a|b",
      "``` x",
      "`",
      "@acme/team",
      "<img src=x onerror=y>",
      "</td>",
      "[x](javascript:y)",
      "\n\n# h",
      "![i](http://e.example)",
      "\\",
      "a\\|b",
      "<!--",
      "\u0000",
      "#1",
    ),
    fc.string({ unit: "binary", maxLength: 20 }),
  );
  const name = fc.array(hostile, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));

  it("breaks no table, brings no HTML, link or mention, and is bounded", () => {
    fc.assert(
      fc.property(name, name, name, fc.integer({ min: 0, max: 5 }), (one, two, three, which) => {
        const request = {
          branch: one,
          gitTag: two,
          trigger: { kind: "push", by: three, deliveryId: "d", rule: "branch `main` matches `**`" } as const,
          approval: { by: two },
        };
        const cancellation = { reason: "superseded", by: one, commit: newer, at: 1 } as const;
        const builds = [
          completed(successOf({ outdatedTags: [one, two] }), { request, builder: three }),
          completed(endedOf("cancelled"), { request, cancellation }),
          completed(endedOf("cancelled"), { request, cancellation: { reason: "asked", by: two, at: 1 } }),
          completed(endedOf("failure", { step: one, line: 1 }), { request }),
          buildOf(1, { state: "running", request, builder: two }),
          buildOf(1, { state: "queued", request, cancellation }),
        ];
        const build = builds[which] ?? buildOf(1);
        build.request.image.dockerfile = { path: three === "" ? "x" : three };
        const { summary, title } = report(build);
        const shown = showMarkdown(summary);
        expect(shown.html).toEqual([]);
        expect(shown.cells.every((cells) => cells === 2)).toBe(true);
        expect(shown.text).not.toMatch(/(?<!\w)@\w/);
        expect(shown.links.every((link) => link.startsWith("https://github.com/acme/shop/commit/"))).toBe(
          true,
        );
        expect(title).not.toMatch(/[\r\n]/);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: forges refuse it
        expect(summary).not.toMatch(/\u0000/);
      }),
      { numRuns: 500, examples: [["x", "@acme/team`", "\u0000", 0]] },
    );
  });

  it("is cut to what can be shown", () => {
    const build = completed(
      endedOf("failure", { title: "x".repeat(5000), step: "`".repeat(100_000), line: 1 }),
    );
    const { title, summary } = report(build);
    expect(new TextEncoder().encode(title).length).toBeLessThanOrEqual(255);
    expect(summary.length).toBeLessThan(5000);
  });
});
