import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ParsedPayload } from "../../../../src/core/forge-event.ts";
import type { Webhook } from "../../../../src/forges/common/webhook.ts";
import { createGitLabWebhook, GITLAB_WEBHOOK_PATH } from "../../../../src/forges/gitlab/webhook.ts";
import type { GitLab } from "../../../fakes/gitlab/gitlab.ts";
import { startGitLab } from "../../../fakes/gitlab/start-gitlab.ts";
import type { Project } from "../../../fakes/gitlab/state/world.ts";

const secret = "a secret between GitLab and the bot";
const signingToken = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;
const host = "gitlab.example.com";

describe("forges/gitlab/webhook", () => {
  let gitlab: GitLab;
  let shop: Project;
  let server: Server;
  let webhook: Webhook;
  let accepted: { parsed: ParsedPayload; id: string }[];
  let refusal: Error | undefined;

  const accept = async (parsed: ParsedPayload, id: string) => {
    if (refusal) throw refusal;
    accepted.push({ parsed, id });
  };

  beforeEach(async () => {
    gitlab = await startGitLab();
    accepted = [];
    refusal = undefined;
    webhook = createGitLabWebhook({ host, secret }, accept);
    server = createServer(async (request, response) => {
      await webhook(Object.assign(request, { rawBody: await buffer(request) }), response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    Object.assign(gitlab.webhook, { url: `http://127.0.0.1:${port}${GITLAB_WEBHOOK_PATH}`, secret });
    shop = await gitlab.createProject({
      path: "acme/platform/shop",
      files: { Dockerfile: "FROM scratch\n" },
    });
  });
  afterEach(async () => {
    expect(gitlab.faults).toEqual([]);
    await gitlab.close();
    server.close();
  });

  /** What has been accepted since the last time, in short. */
  const heard = () =>
    accepted.splice(0).map(({ parsed }) => ("event" in parsed ? parsed.event : parsed.ignored));
  const statuses = () => gitlab.deliveries.splice(0).map(({ status }) => status);

  it("hears what is pushed, in whatever group", async () => {
    const { before, after } = await gitlab.push(shop, {
      files: { new: "yes" },
      message: "Add it\n\nReally.",
    });
    await gitlab.pushTag(shop, { tag: "v1", target: after, annotation: "One" });
    await gitlab.push(shop, { branch: "fix", files: { fixed: "yes" } });
    await gitlab.deleteBranch(shop, "fix");
    const repository = {
      forge: "gitlab",
      host,
      owner: "acme/platform",
      name: "shop",
      access: String(shop.id),
    };
    expect(heard()).toMatchObject([
      {
        ...{ kind: "push", branch: "main", commit: after, message: "Add it\n\nReally." },
        ...{ changes: { since: before }, repository, sender: { login: "mona", isBot: false } },
      },
      { kind: "tag", gitTag: "v1", commit: after, message: "Add it\n\nReally." },
      { kind: "push", branch: "fix", changes: {} },
      "refs/heads/fix was deleted",
    ]);
  });

  it("hears of merge requests, also of a fork's, and of drafts", async () => {
    const fork = await gitlab.createProject({ path: "eve/shop", forkOf: shop, botLevel: undefined });
    const first = await gitlab.push(fork, { branch: "fix", files: { fixed: "yes" } });
    heard();
    const opening = { branch: "fix", source: fork, isDraft: true, sender: "eve" };
    const request = await gitlab.openMergeRequest(shop, opening);
    const second = await gitlab.push(fork, { branch: "fix", files: { fixed: "really" }, sender: "eve" });
    await gitlab.editMergeRequest(request, { isDraft: false });
    await gitlab.editMergeRequest(request, { targetBranch: "stable" });
    gitlab.deleteProject(fork);
    await gitlab.endMergeRequest(request, "closed");
    const pull = { number: 1, isFork: true, branch: "fix" };
    const [opened, ...more] = heard();
    expect(opened).toMatchObject({
      ...{ kind: "pull-request", action: "opened", sender: { login: "eve" } },
      pullRequest: { ...pull, commit: first.after, headRepository: "eve/shop", baseBranch: "main" },
    });
    expect(opened).toHaveProperty("pullRequest.isFork", true);
    expect(more).toMatchObject([
      { kind: "push", repository: { owner: "eve" } },
      { action: "updated", pullRequest: { ...pull, commit: second.after } },
      "drafts are built as well: nothing is new when a merge request is no draft any more",
      { action: "updated", pullRequest: { ...pull, baseBranch: "stable" } },
      { action: "closed", pullRequest: pull },
    ]);
    expect(more.at(-1)).not.toHaveProperty("pullRequest.headRepository");
  });

  it("hears a merge as the end of a merge request", async () => {
    await gitlab.push(shop, { branch: "fix", files: { fixed: "yes" } });
    const request = await gitlab.openMergeRequest(shop, { branch: "fix" });
    await gitlab.endMergeRequest(request, "merged");
    expect(heard().slice(1)).toMatchObject([
      { action: "opened", pullRequest: { isFork: false, headRepository: "acme/platform/shop" } },
      { action: "closed" },
    ]);
  });

  it("hears people's comments, and never its own", async () => {
    const { after: commit } = await gitlab.push(shop, { branch: "fix", files: { fixed: "yes" } });
    const mergeRequest = await gitlab.openMergeRequest(shop, { branch: "fix" });
    heard();
    const { id } = await gitlab.comment(shop, { mergeRequest }, "/build");
    await gitlab.comment(shop, { sha: commit }, "/status");
    await gitlab.comment(shop, { mergeRequest }, "<!-- pushwright:note -->\nUse `/build`.", "mallory");
    expect(heard()).toMatchObject([
      {
        ...{ kind: "comment", body: "/build", commentId: String(id), sender: { login: "mona" } },
        ...{ thread: { kind: "pull-request", number: 1 }, writtenAt: expect.any(Number) },
      },
      { kind: "comment", body: "/status", thread: { kind: "commit", commit } },
      "the comment is Pushwright's own",
    ]);
  });

  it("tells its accounts from people's", async () => {
    await gitlab.push(shop, { files: { a: "b" }, sender: "project_7_bot_0a1b2c3d" });
    expect(heard()).toMatchObject([{ sender: { isBot: true } }]);
  });

  it("answers with success only once the event is kept", async () => {
    refusal = new Error("the queue is down");
    await gitlab.push(shop, { files: { a: "b" } });
    refusal = undefined;
    await gitlab.push(shop, { files: { a: "c" } });
    expect(statuses()).toEqual([503, 200]);
    expect(accepted).toHaveLength(1);
  });

  it("names a delivery as GitLab does when it sends it again", async () => {
    await gitlab.push(shop, { files: { a: "b" } });
    const [sent] = gitlab.deliveries;
    const key = sent?.headers["idempotency-key"] ?? "";
    await gitlab.deliver("Push Hook", sent?.payload, { "idempotency-key": key });
    const ids = accepted.map(({ id }) => id);
    expect(ids).toEqual([key, key]);
    expect(accepted[0]?.parsed).toMatchObject({ event: { deliveryId: ids[0] } });
  });

  it.each([
    ["no token", { secret: undefined }],
    ["another token", { secret: "another" }],
    ["a beginning of the token", { secret: secret.slice(0, -1) }],
  ])("believes nothing with %s", async (_, target) => {
    Object.assign(gitlab.webhook, target);
    await gitlab.push(shop, { files: { a: "b" } });
    expect(statuses()).toEqual([401]);
    expect(accepted).toEqual([]);
  });

  it("believes a signature, and none but the right one", async () => {
    webhook = createGitLabWebhook({ host, signingToken }, accept);
    Object.assign(gitlab.webhook, { secret: undefined, signingToken });
    await gitlab.push(shop, { files: { a: "b" } });
    const [delivery] = gitlab.deliveries;
    await gitlab.deliver("Push Hook", delivery?.payload, { "webhook-signature": "v1,AAAA" });
    Object.assign(gitlab.webhook, { secret, signingToken: undefined });
    await gitlab.deliver("Push Hook", delivery?.payload);
    expect(statuses()).toEqual([200, 401, 401]);
  });

  it("believes no wrong signature for the sake of a right token", async () => {
    webhook = createGitLabWebhook({ host, secret, signingToken }, accept);
    await gitlab.deliver("Push Hook", {});
    await gitlab.deliver("Push Hook", {}, { "webhook-signature": "v1,AAAA" });
    expect(statuses()).toEqual([200, 401]);
  });

  it("does not start without a secret", () => {
    expect(() => createGitLabWebhook({ host }, accept)).toThrow("PUSHWRIGHT_GITLAB_WEBHOOK_SECRET");
    expect(() => createGitLabWebhook({ host, secret: "" }, accept)).toThrow("there is no secret");
  });

  it("refuses what is no webhook", async () => {
    const { url = "" } = gitlab.webhook;
    const headers = { "x-gitlab-token": secret, "x-gitlab-event": "Push Hook" };
    expect((await fetch(url, { headers })).status).toBe(405);
    expect((await fetch(url, { method: "POST", headers, body: "{" })).status).toBe(400);
    expect(accepted).toEqual([]);
  });

  it("ignores, and does not refuse, what it has no use for", async () => {
    await gitlab.deliver("Pipeline Hook", { object_kind: "pipeline" });
    await gitlab.deliver("Push Hook", { object_kind: "push" });
    expect(statuses()).toEqual([200, 200]);
    expect(heard()).toEqual([
      "the event Pipeline Hook starts nothing",
      expect.stringContaining("the push payload is unreadable"),
    ]);
  });
});
