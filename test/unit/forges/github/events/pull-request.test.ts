import { describe, expect, it } from "vitest";
import { parseGitHubEvent } from "../../../../../src/forges/github/event.ts";
import { commit, delivery, earlier, framed, pullRequest } from "../payloads.ts";

const parse = (changes: object) => parseGitHubEvent("pull_request", { ...pullRequest, ...changes }, delivery);
const withHead = (repo: object | null) => ({
  pull_request: { ...pullRequest.pull_request, head: { ...pullRequest.pull_request.head, repo } },
});

describe("forges/github/events/pull-request", () => {
  it("reads a pull request of the repository itself", () => {
    expect(parse({})).toEqual({
      event: {
        ...framed,
        ...{ kind: "pull-request", action: "opened" },
        pullRequest: {
          ...{ number: 12, commit, branch: "fix/it", headRepository: "acme/shop", isFork: false },
          ...{ baseBranch: "main", baseCommit: earlier },
        },
      },
    });
  });

  it("tells a fork by its id, whatever it is called", () => {
    expect(parse(withHead({ id: 2, full_name: "acme/shop" }))).toMatchObject({
      event: { pullRequest: { isFork: true, headRepository: "acme/shop" } },
    });
    expect(parse(withHead({ id: 1, full_name: "acme/renamed" }))).toMatchObject({
      event: { pullRequest: { isFork: false } },
    });
  });

  it("takes a head whose repository is gone for a fork's", () => {
    const parsed = parse(withHead(null));
    expect(parsed).toMatchObject({ event: { pullRequest: { isFork: true, commit } } });
    expect(parsed).not.toHaveProperty("event.pullRequest.headRepository");
  });

  it.each([
    ["opened", {}, "opened"],
    ["opened", { pull_request: { ...pullRequest.pull_request, draft: true } }, "opened"],
    ["reopened", {}, "opened"],
    ["synchronize", {}, "updated"],
    ["edited", { changes: { base: { ref: { from: "release" }, sha: { from: earlier } } } }, "updated"],
    ["closed", {}, "closed"],
  ])("reads %s %j as %s", (action, changes, expected) => {
    expect(parse({ action, ...changes })).toMatchObject({ event: { action: expected } });
  });

  it.each([
    ["edited", { changes: { title: { from: "Fix" } } }, "not its base branch"],
    ["edited", {}, "not its base branch"],
    ["ready_for_review", {}, "drafts are built as well"],
    ["converted_to_draft", {}, "drafts are built as well"],
    ["labeled", {}, "the action labeled of pull_request starts nothing"],
    ["constructor", {}, "the action constructor of pull_request starts nothing"],
    [undefined, {}, "it has no action"],
  ])("ignores %s %j with its reason", (action, changes, reason) => {
    expect(parse({ action, ...changes })).toEqual({ ignored: expect.stringContaining(reason) });
  });
});
