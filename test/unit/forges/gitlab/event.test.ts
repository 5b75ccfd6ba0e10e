import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseGitLabEvent } from "../../../../src/forges/gitlab/event.ts";

const delivery = { id: "1", host: "gitlab.example.com" };
const sha = "b".repeat(40);
const project = {
  ...{ id: 7, path_with_namespace: "acme/shop", web_url: "https://gitlab.example.com/acme/shop" },
  default_branch: "main",
};
const user = { username: "mona" };
const EVENTS = ["Push Hook", "Tag Push Hook", "Merge Request Hook", "Note Hook", "System Hook", ""];

describe("forges/gitlab/event", () => {
  it("reads or ignores whatever comes, and never throws", () => {
    const part = fc.oneof(fc.anything(), fc.record({ id: fc.anything(), action: fc.anything() }));
    const payload = fc.oneof(
      fc.anything(),
      fc.record({ object_attributes: part, ref: part, after: part, changes: part, merge_request: part }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...EVENTS), payload, fc.boolean(), (event, given, isFramed) => {
        const framed = isFramed && typeof given === "object" ? { project, user, ...given } : given;
        const parsed = parseGitLabEvent(event, framed, delivery);
        expect("event" in parsed || parsed.ignored.length < 600).toBe(true);
      }),
    );
  });

  const note = (attributes: object, more: object = { merge_request: { iid: 3 } }) =>
    parseGitLabEvent(
      "Note Hook",
      {
        ...{ project, user },
        object_attributes: {
          ...{ id: 5, note: "/build", noteable_type: "MergeRequest", created_at: "2026-05-17 18:21:36 UTC" },
          ...attributes,
        },
        ...more,
      },
      delivery,
    );

  it.each([
    ["as older versions write times", { created_at: "2026-05-17 18:21:36 UTC" }],
    ["as newer versions write times", { created_at: "2026-05-17T18:21:36.000Z" }],
    ["with the action", { action: "create" }],
  ])("reads a comment %s", (_, attributes) => {
    expect(note(attributes)).toMatchObject({
      event: { kind: "comment", commentId: "5", writtenAt: Date.UTC(2026, 4, 17, 18, 21, 36) },
    });
  });

  it.each([
    [{ action: "update" }, "an edited comment is not run again"],
    [{ system: true }, "the comment is GitLab's own"],
    [{ internal: true }, "the comment is internal, and the answer would not be"],
    [{ noteable_type: "Issue" }, "the comment is neither on a merge request nor on a commit"],
    [{ noteable_type: "Commit" }, "the comment is neither on a merge request nor on a commit"],
    [{ created_at: "yesterday" }, expect.stringContaining("unreadable")],
  ])("ignores a comment with %o", (attributes, ignored) => {
    expect(note(attributes)).toEqual({ ignored });
  });

  it("takes a project's host from whoever configured it, and not from the payload", () => {
    const elsewhere = { ...project, web_url: "https://github.com/acme/shop" };
    const pushed = { project: elsewhere, ref: "refs/heads/main", before: sha, after: sha, checkout_sha: sha };
    expect(parseGitLabEvent("Push Hook", pushed, delivery)).toMatchObject({
      event: { repository: { host: "gitlab.example.com", owner: "acme", name: "shop" } },
    });
  });

  it.each(["shop", "/shop", "acme/", "acme//shop", ""])("ignores a project at %j", (path_with_namespace) => {
    const pushed = { project: { ...project, path_with_namespace }, ref: "refs/heads/main", after: sha };
    expect(parseGitLabEvent("Push Hook", pushed, delivery)).toEqual({
      ignored: expect.stringContaining("expected group/project"),
    });
  });

  it.each(["approved", "unapproved", "approval", null, "x".repeat(10_000)])(
    "ignores what else happens to a merge request: %s",
    (action) => {
      const object_attributes = {
        ...{ iid: 1, source_branch: "fix", target_branch: "main", source_project_id: 7 },
        ...{ target_project_id: 7, last_commit: { id: sha }, action },
      };
      const parsed = parseGitLabEvent("Merge Request Hook", { project, user, object_attributes }, delivery);
      expect(parsed).toEqual({ ignored: expect.stringMatching(/^the action .{4,100} of a merge request/) });
    },
  );

  it("reads a tag of a project that has no branch", () => {
    const payload = {
      ...{ project: { ...project, default_branch: null }, user_username: "mona" },
      before: sha,
    };
    const tag = { ref: "refs/tags/v1", after: sha, checkout_sha: sha, commits: [] };
    expect(parseGitLabEvent("Tag Push Hook", { ...payload, ...tag }, delivery)).toMatchObject({
      event: { kind: "tag", gitTag: "v1" },
    });
  });
});
