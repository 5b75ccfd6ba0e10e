import { describe, expect, it } from "vitest";
import { parseGiteaEvent } from "../../../../../src/forges/gitea/event.ts";
import { commit, delivery, earlier, framed, pullRequest } from "../payloads.ts";

const payload = pullRequest.pull_request;
const parse = (changes: object) => parseGiteaEvent("pull_request", { ...pullRequest, ...changes }, delivery);
const withSides = (head: object, base: object = {}) =>
  parse({
    pull_request: { ...payload, head: { ...payload.head, ...head }, base: { ...payload.base, ...base } },
  });
const shown = {
  ...{ number: 12, commit, branch: "fix/it", headRepository: "acme/shop", isFork: false },
  ...{ baseBranch: "main", baseCommit: earlier },
};

describe("forges/gitea/events/pull-request", () => {
  it.each([
    ["opened", "opened"],
    ["reopened", "opened"],
    ["synchronized", "updated"],
    ["closed", "closed"],
  ])("reads that one was %s", (action, expected) => {
    expect(parse({ action })).toEqual({
      event: { ...framed, kind: "pull-request", action: expected, pullRequest: shown },
    });
  });

  it("reads that its base branch is another, and nothing else that was edited", () => {
    expect(parse({ action: "edited", changes: { ref: { from: "old" } } })).toMatchObject({
      event: { action: "updated" },
    });
    expect(parse({ action: "edited", changes: { title: { from: "old" } } })).toEqual({
      ignored: "the words of the pull request were edited, not its base branch",
    });
  });

  it("ignores that its labels changed", () => {
    expect(parse({ action: "label_updated" })).toEqual({
      ignored: "the action label_updated of pull_request starts nothing",
    });
  });

  it.each([
    ["another repository's", { repo: { id: 7, full_name: "eve/shop" } }, "eve/shop"],
    ["a deleted repository's", { repo: null, ref: "refs/pull/12/head" }, undefined],
    ["pushed to refs/for", { label: "", ref: "refs/pull/12/head" }, "acme/shop"],
  ])("takes a head for a fork's that is %s", (_, head, headRepository) => {
    const parsed = withSides(head);
    expect(parsed).toMatchObject({ event: { pullRequest: { isFork: true, commit } } });
    const { headRepository: found } = (
      "event" in parsed && "pullRequest" in parsed.event ? parsed.event.pullRequest : {}
    ) as { headRepository?: string };
    expect(found).toBe(headRepository);
  });

  it("takes a renamed repository for the same", () => {
    expect(withSides({ repo: { id: 1, full_name: "acme/old-name" } })).toMatchObject({
      event: { pullRequest: { isFork: false } },
    });
  });

  it("takes where both parted for the base once its branch is gone, and never the head", () => {
    expect(withSides({}, { sha: "" })).toMatchObject({ event: { pullRequest: { baseCommit: earlier } } });
    const base = { ...payload.base, sha: "" };
    const parsed = parse({ pull_request: { ...payload, base, merge_base: "" } });
    expect(parsed).toMatchObject({ event: { pullRequest: { commit, baseBranch: "main" } } });
    expect(parsed).not.toHaveProperty("event.pullRequest.baseCommit");
  });
});
