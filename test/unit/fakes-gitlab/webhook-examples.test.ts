import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseGitLabEvent } from "../../../src/forges/gitlab/event.ts";
import type { GitLab } from "../../fakes/gitlab/gitlab.ts";
import { startGitLab } from "../../fakes/gitlab/start-gitlab.ts";
import { WEBHOOK_EXAMPLES } from "../../fixtures/gitlab/webhook-examples.ts";
import { openWebhookRecorder, type WebhookRecorder } from "../../harness/webhook-recorder.ts";

type Example = keyof typeof WEBHOOK_EXAMPLES;

/** What GitLab sends and its examples leave out: named in the text beside them, in its sources, or in its types. */
const NOT_IN_EXAMPLES = new Set([
  ...["user.state", "user.web_url", "message", "push_options", "user_username", "user_email"],
  ...["object_attributes.discussion_id", "object_attributes.oldrev", "changes.target_branch"],
  ...["object_attributes.source.id", "object_attributes.target.id"],
  ...["merge_request.source.id", "merge_request.target.id", "merge_request.url"],
  ...["merge_request.last_commit.title", "repository.git_http_url", "repository.git_ssh_url"],
  ...["repository.visibility_level", "commits.author", "commits.title"],
]);

/** Every field by its path, with its kind; lists as their elements, and an empty one as `nothing`. */
function kindsOf(value: unknown, path = ""): [path: string, kind: string][] {
  if (Array.isArray(value) && value.length === 0) return [[path, "nothing"]];
  if (Array.isArray(value)) return value.flatMap((element) => kindsOf(element, path));
  if (value === null || typeof value !== "object") return [[path, value === null ? "null" : typeof value]];
  const fields = Object.entries(value);
  return [
    [path, "object"],
    ...fields.flatMap(([name, field]) => kindsOf(field, path === "" ? name : `${path}.${name}`)),
  ];
}

function isKnown(path: string, documented: Map<string, Set<string>>): boolean {
  const isIn = (known: string) => path === known || path.startsWith(`${known}.`);
  const unfilled = [...documented].filter(([, kinds]) => kinds.has("nothing")).map(([known]) => known);
  return [...NOT_IN_EXAMPLES, ...unfilled].some(isIn);
}

describe("GitLab's documented webhooks", () => {
  it.each<[Example, object]>([
    ["Push Hook", { kind: "push", branch: "master", sender: { login: "jsmith", isBot: false } }],
    ["Tag Push Hook", { kind: "tag", gitTag: "v1.0.0" }],
    ["Note Hook of a commit", { kind: "comment", body: "/build", thread: { kind: "commit" } }],
    ["Note Hook of a merge request", { kind: "comment", thread: { kind: "pull-request", number: 1 } }],
    [
      "Merge Request Hook",
      {
        ...{ kind: "pull-request", action: "opened" },
        pullRequest: { number: 1, isFork: false, branch: "viewport", headRepository: "acme/shop" },
      },
    ],
  ])("are understood: %s", (example, event) => {
    const [name = ""] = example.split(" of ");
    const delivery = { id: "1", host: "example.com" };
    expect(parseGitLabEvent(name, WEBHOOK_EXAMPLES[example], delivery)).toMatchObject({
      event: { ...event, repository: { owner: "acme", name: "shop", access: "15" } },
    });
  });

  describe("and the stand-in's", () => {
    let gitlab: GitLab;
    let recorder: WebhookRecorder;
    const sent: { event: string; payload: Record<string, unknown> }[] = [];

    beforeAll(async () => {
      [gitlab, recorder] = await Promise.all([startGitLab(), openWebhookRecorder()]);
      gitlab.webhook.url = recorder.url;
      const shop = await gitlab.createProject({ files: { Dockerfile: "FROM scratch\n" } });
      const { after } = await gitlab.push(shop, { branch: "fix", files: { a: "1" } });
      await gitlab.pushTag(shop, { tag: "v1", target: after, annotation: "One" });
      const mergeRequest = await gitlab.openMergeRequest(shop, { branch: "fix" });
      await gitlab.push(shop, { branch: "fix", files: { a: "2" } });
      await gitlab.editMergeRequest(mergeRequest, { isDraft: true });
      await gitlab.editMergeRequest(mergeRequest, { targetBranch: "stable" });
      await gitlab.comment(shop, { mergeRequest }, "/build");
      await gitlab.comment(shop, { sha: after }, "/status");
      await gitlab.endMergeRequest(mergeRequest, "merged");
      for (const { event, payload } of gitlab.deliveries)
        sent.push({ event, payload: payload as Record<string, unknown> });
    });
    afterAll(() => Promise.all([gitlab?.close(), recorder?.close()]));

    it.each<[Example, (payload: Record<string, unknown>) => boolean]>([
      ["Push Hook", ({ object_kind }) => object_kind === "push"],
      ["Tag Push Hook", ({ object_kind }) => object_kind === "tag_push"],
      ["Note Hook of a commit", ({ commit }) => commit !== undefined],
      ["Note Hook of a merge request", ({ merge_request }) => merge_request !== undefined],
      ["Merge Request Hook", ({ object_kind }) => object_kind === "merge_request"],
    ])("have the same fields of the same kinds: %s", (example, isOfKind) => {
      const payloads = sent.filter(({ payload }) => isOfKind(payload));
      expect(payloads.length).toBeGreaterThan(0);
      const documented = new Map<string, Set<string>>();
      for (const [path, kind] of kindsOf(WEBHOOK_EXAMPLES[example]))
        documented.set(path, (documented.get(path) ?? new Set()).add(kind));
      for (const { event, payload } of payloads) {
        expect(example.startsWith(event)).toBe(true);
        for (const [path, kind] of kindsOf(payload)) {
          const kinds = documented.get(path);
          if (kinds === undefined) expect(isKnown(path, documented), `${event}: ${path}`).toBe(true);
          else if (!kinds.has("nothing") && !kinds.has("null") && kind !== "null" && kind !== "nothing")
            expect([...kinds], `${event}: kind of ${path}`).toContain(kind);
        }
      }
    });
  });
});
