import { describe, expect, it } from "vitest";
import type { CommitSha } from "../../../../src/core/commit-sha.ts";
import type { Repository } from "../../../../src/core/repository.ts";
import { formatCommitStatus } from "../../../../src/forges/gitlab/commit-status.ts";
import { buildId, completed, reportOf } from "../../../contract/forge/report-of.ts";

const repository: Repository = {
  ...{ forge: "gitlab", host: "gitlab.example.com", owner: "acme", name: "shop", access: "7" },
  url: "https://gitlab.example.com/acme/shop",
};
const target = { repository, commit: "a".repeat(40) as CommitSha };
const onCommit = `${repository.url}/-/commit/${target.commit}#build-${buildId}`;

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
    expect(formatCommitStatus(reportOf(changes as object), target).state).toBe(state);
  });

  it("keeps to the lengths that GitLab takes", () => {
    const long = "😀".repeat(300);
    const status = formatCommitStatus(reportOf({ name: long, title: long }), target);
    expect(status.name.length).toBeLessThanOrEqual(255);
    expect(status.description.length).toBeLessThanOrEqual(255);
  });

  it.each([
    [
      "the build's page",
      "https://example.com/builds/1?key=2",
      `https://example.com/builds/1?key=2#build-${buildId}`,
    ],
    ["the commit where there is no page", undefined, onCommit],
    ["the commit where the page's address is too long", `https://example.com/${"x".repeat(255)}`, onCommit],
  ])("links to %s, and is marked with the build", (_, detailsUrl, targetUrl) => {
    const report = reportOf(detailsUrl === undefined ? {} : { detailsUrl });
    expect(formatCommitStatus(report, target).targetUrl).toBe(targetUrl);
  });

  it("has no link where all of them are too long", () => {
    const far = { ...repository, url: `https://example.com/${"x".repeat(255)}` };
    expect(formatCommitStatus(reportOf(), { ...target, repository: far })).not.toHaveProperty("targetUrl");
  });
});
