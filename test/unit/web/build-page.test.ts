import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Html, html } from "../../../src/web/build-page/html.ts";
import { renderInline, renderMarkdown } from "../../../src/web/build-page/render-markdown.ts";
import { stagesOf, stepsOf } from "../../../src/web/build-page/stages.ts";
import { buildOf, successOf } from "../core/build-of.ts";

describe("web/build-page: html", () => {
  it("escapes all but what is HTML already, at any depth", () => {
    const inner = html`<b>${"<i>"}</b>`;
    expect(html`<p title="${`"'`}">${[inner, "&", [1, undefined, false]]}</p>`.text).toBe(
      '<p title="&#34;&#39;"><b>&#60;i&#62;</b>&#38;1</p>',
    );
    expect(html`${new Html("<br>")}`.text).toBe("<br>");
  });

  it("lets no text out of where it is put", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("<", ">", "&", '"', "'", "a", "`", "/", "=", "{") }),
        (text) => {
          expect(html`${text}`.text).not.toMatch(/[<>"']/);
        },
      ),
    );
  });
});

describe("web/build-page: markdown", () => {
  it("is shown as forges show it", () => {
    expect(renderMarkdown("| | |\n|---|---|\n| a | `b \\| c` |").text).toContain(
      "<td><code>b | c</code></td>",
    );
    expect(renderInline("**a** `<b>`").text).toBe("<strong>a</strong> <code>&lt;b&gt;</code>");
  });

  it.each([
    ["<script>x</script>", /<script/],
    ["![i](https://e.example/i)", /<img/],
    ["[a](javascript:x)", /href="javascript/i],
    ["[a](JaVaScRiPt&#58;x)", /href="javascript/i],
    ["[a](data:text/html,x)", /href="data/],
    ["<a href=x>", /<a href=x>/],
  ])("lets %j do nothing", (markdown, pattern) => {
    expect(renderMarkdown(markdown).text).not.toMatch(pattern);
    expect(renderInline(markdown).text).not.toMatch(pattern);
  });

  it("tells other sites nothing by its links", () => {
    expect(renderInline("[a](https://e.example)").text).toBe(
      '<a href="https://e.example" rel="noopener noreferrer nofollow">a</a>',
    );
  });
});

describe("web/build-page: stages", () => {
  it("are in the order in which they were reached, from when the build was accepted", () => {
    const result = successOf();
    const { accepted } = result.timings;
    result.timings = {
      accepted,
      started: accepted + 5,
      builderStarted: accepted + 9,
      archiveFetched: accepted + 7,
      finished: accepted + 30,
    };
    expect(stagesOf(buildOf(1, { state: "completed", result }))).toEqual([
      { name: "Accepted", after: 0 },
      { name: "Out of the queue", after: 5 },
      { name: "Archive fetched", after: 7 },
      { name: "Builder asked for", after: 9 },
      { name: "Ended", after: 30 },
    ]);
    expect(stagesOf(buildOf(1))).toEqual([]);
  });

  it.each([
    ["queued", undefined, ["Queue current", "Build ahead", "Image ahead"]],
    ["running", undefined, ["Queue done", "Build current", "Image ahead"]],
    ["waiting-for-approval", "needed", ["Approval current", "Queue ahead", "Build ahead", "Image ahead"]],
    ["running", { by: "ada" }, ["Approval done", "Queue done", "Build current", "Image ahead"]],
  ] as const)("of a build that is %s (approval: %j) show where it stands", (state, approval, steps) => {
    const build = buildOf(1, { state, request: approval === undefined ? {} : { approval } });
    expect(stepsOf(build).map(({ name, progress }) => `${name} ${progress}`)).toEqual(steps);
  });
});
