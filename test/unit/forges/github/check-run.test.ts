import { describe, expect, it } from "vitest";
import type { Report } from "../../../../src/core/report.ts";
import { formatCheckRun } from "../../../../src/forges/github/check-run.ts";
import { completed, reportOf } from "../../../contract/forge/report-of.ts";

const checkRunOf = (changes: object) => formatCheckRun(reportOf(changes as Partial<Report>)).checkRun;
const annotation = { path: "Dockerfile", line: 3, title: "RUN failed", message: "exit code 1" };

describe("forges/github/check-run", () => {
  it.each([
    ["success", "success"],
    ["failure", "failure"],
    ["cancelled", "cancelled"],
    ["timed-out", "timed_out"],
    ["skipped", "skipped"],
    ["neutral", "neutral"],
    ["action-required", "action_required"],
  ])("ends as %s in GitHub's word %s", (conclusion, expected) => {
    expect(checkRunOf({ ...completed, conclusion })).toMatchObject({
      status: "completed",
      conclusion: expected,
      completed_at: "2026-01-03T00:00:00.000Z",
    });
  });

  it.each([
    ["queued", "queued"],
    ["in-progress", "in_progress"],
  ])("is %s in GitHub's word %s, with no end", (status, expected) => {
    const checkRun = checkRunOf({ status });
    expect(checkRun).toMatchObject({ status: expected, started_at: "2026-01-02T00:00:00.000Z" });
    expect(checkRun).not.toHaveProperty("conclusion");
    expect(checkRun).not.toHaveProperty("details_url");
  });

  it("marks a column where there is one, and else the whole line", () => {
    const { checkRun } = formatCheckRun(
      reportOf({ annotations: [annotation, { ...annotation, column: 7 }] }),
    );
    const line = { path: "Dockerfile", start_line: 3, end_line: 3, annotation_level: "failure" };
    expect(checkRun.output.annotations).toEqual([
      { ...line, title: "RUN failed", message: "exit code 1" },
      { ...line, start_column: 7, end_column: 7, title: "RUN failed", message: "exit code 1" },
    ]);
  });

  it("has three buttons at the most, each within GitHub's limits, and says when there are none", () => {
    const actions = ["rebuild", "rebuild-no-cache", "cancel", "approve"].map((action) => ({
      ...{ action, label: "é".repeat(30), description: "é".repeat(50) },
    }));
    const shown = checkRunOf({ actions }).actions;
    expect(shown.map(({ identifier }) => identifier)).toEqual(["rebuild", "rebuild-no-cache", "cancel"]);
    for (const { label, description, identifier } of shown) {
      expect(label.length).toBeLessThanOrEqual(20);
      expect(description.length).toBeLessThanOrEqual(40);
      expect(identifier.length).toBeLessThanOrEqual(20);
    }
    expect(checkRunOf({})).toMatchObject({ actions: [] });
  });

  it("leaves more than 50 annotations for further requests", () => {
    const annotations = Array.from({ length: 101 }, () => annotation);
    const { checkRun, moreAnnotations } = formatCheckRun(reportOf({ annotations }));
    expect(checkRun.output.annotations).toHaveLength(50);
    expect(moreAnnotations.map(({ length }) => length)).toEqual([50, 1]);
  });
});
