import { describe, expect, it } from "vitest";
import { findHookFaults } from "../../../../src/forges/gitea/hook-faults.ts";

const fine = {
  ...{ id: 3, active: true, branch_filter: "*" },
  events: ["push", "pull_request", "pull_request_sync", "issue_comment"],
  config: { url: "https://pushwright.example.com/api/gitea/webhooks", content_type: "json" },
};

describe("forges/gitea/hook-faults", () => {
  it("finds nothing wrong with a webhook that tells all, under whichever name", () => {
    expect(findHookFaults(fine)).toEqual([]);
    const events = ["push", "pull_request", "pull_request_sync", "pull_request_comment", "create"];
    expect(findHookFaults({ ...fine, branch_filter: "", events })).toEqual([]);
  });

  it.each([
    [{ active: false }, "not active"],
    [{ events: ["push", "pull_request"] }, "“Pull request synchronized”, “Pull request comment”"],
    [{ branch_filter: "main" }, "branches main only"],
    [{ config: { ...fine.config, content_type: "form" } }, "not application/json"],
  ])("tells of a webhook with %o", (changes, fault) => {
    expect(findHookFaults({ ...fine, ...changes })).toEqual([expect.stringContaining(fault)]);
  });
});
