import { describe, expect, it } from "vitest";
import { formatCommitStatus } from "../../../../src/forges/gitlab/commit-status.ts";
import { completed, reportOf } from "../../../contract/forge/report-of.ts";

describe("forges/gitlab/commit-status", () => {
  it.each([
    [{ status: "queued" }, "pending"],
    [{ status: "in-progress" }, "running"],
    [{ ...completed, conclusion: "success" }, "success"],
    [{ ...completed, conclusion: "failure" }, "failed"],
    [{ ...completed, conclusion: "timed-out" }, "failed"],
    [{ ...completed, conclusion: "cancelled" }, "canceled"],
    [{ ...completed, conclusion: "action-required" }, "canceled"],
    [{ ...completed, conclusion: "skipped" }, "skipped"],
    [{ ...completed, conclusion: "neutral" }, "skipped"],
  ])("says of %o: %s", (changes, state) => {
    expect(formatCommitStatus(reportOf(changes as object)).state).toBe(state);
  });

  it("keeps to the lengths that GitLab takes, and leaves out a link that is longer", () => {
    const long = "😀".repeat(300);
    const status = formatCommitStatus(
      reportOf({ name: long, title: long, detailsUrl: `https://example.com/${"x".repeat(300)}` }),
    );
    expect(status.name.length).toBeLessThanOrEqual(255);
    expect(status.description.length).toBeLessThanOrEqual(255);
    expect(status).not.toHaveProperty("targetUrl");
  });
});
