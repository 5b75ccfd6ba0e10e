import { describe, expect, it } from "vitest";
import { formatNoteBody } from "../../../../../src/forges/common/note-body.ts";
import { parseGitHubEvent } from "../../../../../src/forges/github/event.ts";
import { APP_ID, commit, commitComment, delivery, framed, issueComment } from "../payloads.ts";

const comment = {
  ...framed,
  ...{ kind: "comment", commentId: "99", body: "/build", writtenAt: Date.UTC(2026, 0, 2, 3, 4, 5) },
};

describe("forges/github/events/comments", () => {
  it("reads a comment on a pull request", () => {
    expect(parseGitHubEvent("issue_comment", issueComment, delivery)).toEqual({
      event: { ...comment, thread: { kind: "pull-request", number: 12 } },
    });
  });

  it("reads a comment on a commit", () => {
    expect(parseGitHubEvent("commit_comment", commitComment, delivery)).toEqual({
      event: { ...comment, thread: { kind: "commit", commit } },
    });
  });

  it("ignores a comment on an issue that is no pull request", () => {
    expect(parseGitHubEvent("issue_comment", { ...issueComment, issue: { number: 12 } }, delivery)).toEqual({
      ignored: expect.stringContaining("on an issue"),
    });
  });

  describe.each([
    ["issue_comment", issueComment],
    ["commit_comment", commitComment],
  ])("%s", (name, payload) => {
    const parse = (changes: object, more: object = {}) =>
      parseGitHubEvent(name, { ...payload, ...more, comment: { ...payload.comment, ...changes } }, delivery);

    it.each([
      ["edited", "not run again"],
      ["deleted", "asks for nothing"],
    ])("is ignored when it was %s", (action, reason) => {
      expect(parse({}, { action })).toEqual({ ignored: expect.stringContaining(reason) });
    });

    it("is ignored when it is the bot's own, told by the app or by the mark of its notes", () => {
      const own = { ignored: "the comment is Pushwright's own" };
      expect(parse({ performed_via_github_app: { id: APP_ID } })).toEqual(own);
      const user = { login: "pushwright[bot]", type: "Bot" };
      expect(parse({ user, body: formatNoteBody("`/build` is on its way") })).toEqual(own);
    });

    it("is heard when it is another app's, or a person's copy of a note", () => {
      expect(parse({ performed_via_github_app: { id: 1 } })).toHaveProperty("event");
      expect(parse({ user: { login: "renovate[bot]", type: "Bot" } })).toHaveProperty("event");
      expect(parse({ body: formatNoteBody("/build") })).toHaveProperty("event");
    });

    it("is read also when it has no body, or its author is gone", () => {
      expect(parse({ body: null, user: null })).toMatchObject({ event: { body: "" } });
    });
  });
});
