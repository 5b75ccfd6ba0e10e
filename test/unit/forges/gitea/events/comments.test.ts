import { describe, expect, it } from "vitest";
import { formatNoteBody } from "../../../../../src/forges/common/note-body.ts";
import { parseGiteaEvent } from "../../../../../src/forges/gitea/event.ts";
import { delivery, framed, issueComment } from "../payloads.ts";

const parse = (changes: object) =>
  parseGiteaEvent("issue_comment", { ...issueComment, ...changes }, delivery);

describe("forges/gitea/events/issue-comment", () => {
  it("reads a comment on a pull request", () => {
    expect(parse({})).toEqual({
      event: {
        ...framed,
        ...{ kind: "comment", thread: { kind: "pull-request", number: 12 }, commentId: "99" },
        ...{ body: "/build", writtenAt: Date.UTC(2026, 0, 2, 3, 4, 5) },
      },
    });
  });

  it.each([
    ["the comment is on an issue, and an issue has nothing to build", { is_pull: false }],
    ["an edited comment is not run again", { action: "edited" }],
    ["a deleted comment asks for nothing", { action: "deleted" }],
    [
      "the comment is Pushwright's own",
      { comment: { ...issueComment.comment, body: formatNoteBody("Use `/build`.") } },
    ],
  ])("ignores it when %s", (ignored, changes) => {
    expect(parse(changes)).toEqual({ ignored });
  });

  it("says that a comment with no time is unreadable", () => {
    expect(parse({ comment: { ...issueComment.comment, created_at: "yesterday" } })).toEqual({
      ignored: expect.stringContaining("unreadable"),
    });
  });
});
