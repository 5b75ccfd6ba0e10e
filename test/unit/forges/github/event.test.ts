import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { ForgeEvent } from "../../../../src/core/forge-event.ts";
import { parseGitHubEvent } from "../../../../src/forges/github/event.ts";

type Example = { name: string; examples: object[] };
// The package is plain JSON: https://github.com/octokit/webhooks
const published = createRequire(import.meta.url)("@octokit/webhooks-examples") as Example[];

const commit = "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c";
const tagObject = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";
const push = {
  ref: "refs/heads/main",
  after: commit,
  deleted: false,
  head_commit: { id: commit },
  repository: { name: "shop", html_url: "https://github.com/acme/shop", owner: { login: "acme" } },
  installation: { id: 7 },
  sender: { login: "ada" },
};

const parse = (changes: object) => parseGitHubEvent("push", "delivery-1", { ...push, ...changes });

describe("forges/github/event", () => {
  it("reads a push of a branch", () => {
    expect(parse({ ref: "refs/heads/feature/x" })).toEqual({
      event: {
        kind: "push",
        branch: "feature/x",
        commit,
        deliveryId: "delivery-1",
        sender: "ada",
        repository: {
          forge: "github",
          host: "github.com",
          owner: "acme",
          name: "shop",
          url: "https://github.com/acme/shop",
          access: "7",
        },
      },
    });
  });

  it.each([
    ["a lightweight tag", commit],
    ["an annotated tag, whose own object is not the commit", tagObject],
  ])("reads a push of %s as the commit that it names", (_, after) => {
    expect(parse({ ref: "refs/tags/v1/rc", after })).toMatchObject({
      event: { kind: "tag", gitTag: "v1/rc", commit },
    });
  });

  it.each([
    [
      "a deleted branch",
      { deleted: true, after: "0".repeat(40), head_commit: null },
      "refs/heads/main was deleted",
    ],
    ["a push with no commit", { head_commit: null }, "refs/heads/main names no commit"],
    [
      "a ref that is neither branch nor tag",
      { ref: "refs/notes/x" },
      "refs/notes/x is neither a branch nor a tag",
    ],
    ["a webhook that is no app's", { installation: undefined }, "the payload names no installation"],
    ["a commit that is no SHA", { head_commit: { id: "../../etc" } }, "expected a full commit SHA"],
    ["a payload that is no push", { repository: null }, "unreadable"],
  ])("ignores %s with its reason", (_, changes, reason) => {
    expect(parse(changes)).toEqual({ ignored: expect.stringContaining(reason) });
  });

  it.each([null, 1, "x", [], {}])("ignores the payload %j without throwing", (payload) => {
    expect(parseGitHubEvent("push", "d", payload)).toEqual({
      ignored: expect.stringContaining("unreadable"),
    });
  });

  it.each(published.map(({ name, examples }) => [name, examples] as const))(
    "handles or ignores with a reason every published example of %s",
    (name, examples) => {
      expect(examples.length).toBeGreaterThan(0);
      for (const payload of examples) {
        const parsed = parseGitHubEvent(name, "d", payload);
        if ("event" in parsed) expect(ForgeEvent.safeParse(parsed.event).error).toBeUndefined();
        else expect(parsed.ignored).not.toBe("");
      }
    },
  );
});
