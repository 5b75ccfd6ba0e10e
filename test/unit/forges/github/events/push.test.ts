import { describe, expect, it } from "vitest";
import { parseGitHubEvent } from "../../../../../src/forges/github/event.ts";
import { commit, delivery, earlier, framed, listedCommit, push } from "../payloads.ts";

const tagObject = "a".repeat(40);
const nothing = "0".repeat(40);
const parse = (changes: object) => parseGitHubEvent("push", { ...push, ...changes }, delivery);
const changesOf = (changes: object) => {
  const parsed = parse(changes);
  return "event" in parsed && parsed.event.kind === "push" ? parsed.event.changes : parsed;
};
const paths = (count: number) => Array.from({ length: count }, (_, index) => `file-${index}`);
const listed = (changes: object) => ({ commits: [{ ...listedCommit, ...changes }] });

describe("forges/github/events/push", () => {
  it("reads a push of a branch", () => {
    expect(parse({ ref: "refs/heads/feature/x" })).toEqual({
      event: {
        ...framed,
        ...{ kind: "push", branch: "feature/x", commit, message: "Build it\n\nReally." },
        changes: { files: ["new", "Dockerfile", "old"] },
      },
    });
  });

  it.each([
    ["a lightweight tag", commit],
    ["an annotated tag, whose own object is not the commit", tagObject],
  ])("reads a push of %s as the commit that it names", (_, after) => {
    expect(parse({ ref: "refs/tags/v1/rc", after, before: nothing, commits: [] })).toEqual({
      event: { ...framed, kind: "tag", gitTag: "v1/rc", commit, message: "Build it\n\nReally." },
    });
  });

  it.each([
    ["all files of all commits, once each", { commits: [{ ...listedCommit, id: earlier }, listedCommit] }],
    ["999 files", listed({ added: paths(997) }), 999],
  ])("tells the files where the payload lists %s", (_, changes, count = 3) => {
    expect(changesOf(changes)).toEqual({ files: expect.any(Array) });
    expect((changesOf(changes) as { files: string[] }).files).toHaveLength(count);
  });

  it.each([
    ["takes commits away: it was forced", { forced: true }],
    ["lists no commits", { commits: [] }],
    ["lists other commits than the head", { commits: [{ ...listedCommit, id: earlier }] }],
    ["lists 2048 commits, the most that GitHub lists", { commits: Array(2048).fill(listedCommit) }],
    ["lists 3000 files of a commit, the most that GitHub lists", listed({ added: Array(2998).fill("same") })],
    ["lists more files than the queue should carry", listed({ added: paths(1001) })],
    ["lists no files", listed({ added: undefined })],
  ])("tells what to compare with where the push %s", (_, changes) => {
    expect(changesOf(changes)).toEqual({ since: earlier });
  });

  it.each([
    ["is new", { created: true, before: nothing }],
    ["is new, by its earlier commit alone", { before: nothing }],
    ["has no readable earlier commit", { before: "main" }],
  ])("knows nothing of what changed where the branch %s", (_, changes) => {
    expect(changesOf(changes)).toEqual({});
  });

  it.each([
    ["a deleted branch", { deleted: true, after: nothing, head_commit: null }, "refs/heads/main was deleted"],
    ["a push with no commit", { head_commit: null }, "refs/heads/main names no commit"],
    ["a ref that is neither", { ref: "refs/notes/x" }, "refs/notes/x is neither a branch nor a tag"],
    ["a branch without a name", { ref: "refs/heads/" }, "refs/heads/ is neither a branch nor a tag"],
    ["a commit that is no SHA", { head_commit: { id: "../../etc" } }, "expected a full commit SHA"],
    ["a payload that is no push", { repository: null }, "unreadable"],
  ])("ignores %s with its reason", (_, changes, reason) => {
    expect(parse(changes)).toEqual({ ignored: expect.stringContaining(reason) });
  });
});
