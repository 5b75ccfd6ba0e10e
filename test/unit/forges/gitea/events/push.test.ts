import { describe, expect, it } from "vitest";
import { parseGiteaEvent } from "../../../../../src/forges/gitea/event.ts";
import { commit, delivery, earlier, framed, push } from "../payloads.ts";

const nothing = "0".repeat(40);
const parse = (changes: object) => parseGiteaEvent("push", { ...push, ...changes }, delivery);
const pushed = { ...framed, commit, message: "Build it\n\nReally." };

describe("forges/gitea/events/push", () => {
  it("reads a push of a branch, and the commit to compare with", () => {
    expect(parse({ ref: "refs/heads/feature/x" })).toEqual({
      event: { ...pushed, kind: "push", branch: "feature/x", changes: { since: earlier } },
    });
  });

  it("knows of no earlier commit of a new branch", () => {
    expect(parse({ before: nothing })).toMatchObject({ event: { kind: "push", changes: {} } });
    expect(parse({ before: undefined })).toMatchObject({ event: { kind: "push", changes: {} } });
  });

  it.each([
    ["a lightweight tag", commit],
    ["an annotated tag, whose own object is not the commit", "a".repeat(40)],
  ])("reads a push of %s as the commit that it names", (_, after) => {
    expect(parse({ ref: "refs/tags/v1/rc", before: nothing, after })).toEqual({
      event: { ...pushed, kind: "tag", gitTag: "v1/rc" },
    });
  });

  it("bounds what it says of a ref with a long name", () => {
    const parsed = parse({ ref: "x".repeat(100_000) });
    expect("ignored" in parsed && parsed.ignored.length).toBeLessThanOrEqual(500);
  });

  it.each([
    ["refs/heads/fix was deleted", { ref: "refs/heads/fix", after: nothing, head_commit: null }],
    ["refs/tags/v1 names no commit", { ref: "refs/tags/v1", head_commit: null }],
    ["refs/for/main is neither a branch nor a tag", { ref: "refs/for/main" }],
  ])("ignores that %s", (ignored, changes) => {
    expect(parse(changes)).toEqual({ ignored });
  });
});
