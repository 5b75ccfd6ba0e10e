import { describe, expect, it } from "vitest";
import { utf8Length } from "../../../../src/core/bound-text.ts";
import { CommitSha } from "../../../../src/core/commit-sha.ts";
import { formatCommitStatus } from "../../../../src/forges/gitea/commit-status.ts";
import { buildId, completed, reportOf } from "../../../contract/forge/report-of.ts";
import { commit, framed } from "./payloads.ts";

const target = { repository: framed.repository as never, commit: CommitSha.parse(commit) };

describe("forges/gitea/commit-status", () => {
  it("shows a report's name, title and page", () => {
    const detailsUrl = "https://pushwright.example.com/builds/1?key=2";
    expect(
      formatCommitStatus(reportOf({ ...completed, title: "sha256:ab in 1 s", detailsUrl }), target),
    ).toEqual({
      ...{ context: "pushwright", state: "success", description: "sha256:ab in 1 s" },
      target_url: `${detailsUrl}#build-${buildId}`,
    });
  });

  it("leads to the commit where the bot has no page", () => {
    expect(formatCommitStatus(reportOf(), target).target_url).toBe(
      `https://gitea.example.com/acme/shop/commit/${commit}#build-${buildId}`,
    );
  });

  it.each([
    ["success", "success"],
    ["skipped", "success"],
    ["neutral", "success"],
    ["failure", "failure"],
    ["timed-out", "failure"],
    ["cancelled", "warning"],
    ["action-required", "pending"],
  ])("shows %s as %s", (conclusion, state) => {
    expect(formatCommitStatus(reportOf({ ...completed, conclusion } as object), target)).toMatchObject({
      state,
    });
  });

  it.each(["queued", "in-progress"] as const)("shows %s as pending", (status) => {
    expect(formatCommitStatus(reportOf({ status }), target)).toMatchObject({ state: "pending" });
  });

  it("cuts long words", () => {
    const { context, description } = formatCommitStatus(
      reportOf({ name: "é".repeat(1000), title: "😀".repeat(1000) }),
      target,
    );
    expect(utf8Length(context)).toBeLessThanOrEqual(255);
    expect(utf8Length(description)).toBeLessThanOrEqual(255);
  });
});
