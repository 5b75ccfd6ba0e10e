import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../fakes/github/github.ts";
import { startGitHub } from "../../fakes/github/start-github.ts";
import type { Repository } from "../../fakes/github/state/repositories.ts";
import { listenForWebhooks, type Receiver } from "./listen-for-webhooks.ts";

const NO_OBJECT = "0".repeat(40);

describe("webhooks", () => {
  let github: GitHub;
  let repository: Repository;
  let receiver: Receiver;

  beforeEach(async () => {
    receiver = await listenForWebhooks();
    github = await startGitHub({ webhookUrl: receiver.url, webhookTimeoutMs: 300 });
    repository = await github.createRepository({ files: { Dockerfile: "FROM scratch\n", old: "old\n" } });
  });
  afterEach(async () => {
    receiver.close();
    await github.close();
  });

  it("come with GitHub's headers and a signature, and are recorded with their answer", async () => {
    const { delivery } = await github.push(repository, { files: { new: "new\n" } });
    const { headers, body } = receiver.received[0] ?? { headers: {}, body: "" };
    const signature = createHmac("sha256", github.webhookSecret).update(body).digest("hex");
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-github-event": "push",
      "x-github-delivery": delivery?.guid,
      "x-hub-signature-256": `sha256=${signature}`,
      "x-github-hook-installation-target-id": String(github.appId),
      "x-github-hook-installation-target-type": "integration",
      "user-agent": expect.stringMatching(/^GitHub-Hookshot\//),
    });
    expect(delivery).toMatchObject({ statusCode: 202, status: "OK", response: { body: "heard" } });
    expect(github.deliveries).toEqual([delivery]);
    expect(github.faults).toEqual([]);
  });

  it("tell what a push changed", async () => {
    const files = { new: "new\n", old: null, Dockerfile: "FROM alpine\n" };
    const { payload, before, after } = await github.push(repository, {
      files,
      message: "Change\n\nall",
      sender: "hubot",
    });
    const commit = {
      id: after,
      message: "Change\n\nall",
      added: ["new"],
      removed: ["old"],
      modified: ["Dockerfile"],
    };
    const flags = { created: false, deleted: false, forced: false, base_ref: null };
    expect(payload).toMatchObject({
      ref: "refs/heads/main",
      before,
      after,
      head_commit: commit,
      commits: [commit],
      ...flags,
    });
    expect(payload).toMatchObject({
      sender: { login: "hubot" },
      pusher: { name: "hubot" },
      installation: { id: expect.any(Number) },
    });
    expect(github.faults).toEqual([]);
  });

  it("tell of new, thrown back and deleted branches", async () => {
    const created = await github.push(repository, { branch: "x", files: { a: "a" } });
    expect(created.payload).toMatchObject({
      before: NO_OBJECT,
      created: true,
      commits: [{ id: created.after }],
    });
    const forced = await github.push(repository, { branch: "x", files: { b: "b" }, force: true });
    expect(forced.payload).toMatchObject({ before: created.after, forced: true, created: false });
    const deleted = await github.deleteRef(repository, { branch: "x" });
    expect(deleted.payload).toMatchObject({
      before: forced.after,
      after: NO_OBJECT,
      deleted: true,
      head_commit: null,
      commits: [],
    });
    expect(github.faults).toEqual([]);
  });

  it("name the commit of a lightweight tag, but the tag object of an annotated one", async () => {
    const light = await github.pushTag(repository, { tag: "v1" });
    const head_commit = { id: light.commit };
    expect(light.payload).toMatchObject({
      after: light.commit,
      base_ref: "refs/heads/main",
      commits: [],
      head_commit,
    });
    const annotated = await github.pushTag(repository, { tag: "v2", annotation: "Two" });
    expect(annotated.after).not.toBe(annotated.commit);
    expect(annotated.payload).toMatchObject({ ref: "refs/tags/v2", after: annotated.after, head_commit });
    expect(github.faults).toEqual([]);
  });

  it("tell of pushes at the same time one after the other", async () => {
    const files = ["a", "b", "c"].map((name) => ({ [name]: name }));
    const pushed = await Promise.all(files.map((change) => github.push(repository, { files: change })));
    expect(pushed.map(({ before }) => before).slice(1)).toEqual(
      pushed.map(({ after }) => after).slice(0, -1),
    );
    expect(pushed.map(({ payload }) => (payload.commits as unknown[]).length)).toEqual([1, 1, 1]);
    expect(github.faults).toEqual([]);
  });

  it("are recorded when they are refused, too late, or reach nobody", async () => {
    receiver.answerStatus = 500;
    const refused = await github.push(repository, { files: { a: "1" } });
    expect(refused.delivery).toMatchObject({ statusCode: 500, status: "Invalid HTTP Response: 500" });
    const lost = await github.deliver({ event: "push", payload: refused.payload, to: "http://127.0.0.1:1/" });
    expect(lost).toMatchObject({ statusCode: 0, status: "failed to connect to host" });
    receiver.answerStatus = 0;
    const late = await github.deliver({ event: "push", payload: refused.payload, deliveryId: "same" });
    expect(late).toMatchObject({ guid: "same", status: "timed out" });
  });

  it("are a fault when GitHub would not send them so", async () => {
    const { payload } = await github.push(repository, { files: { a: "1" } });
    await github.deliver({ event: "push", payload: { ...payload, head_commit: undefined, after: 7 } });
    await github.deliver({ event: "shove", payload });
    expect(github.faults).toEqual([
      "webhook push: / must have required property 'head_commit'",
      "webhook push: /after must be string",
      "webhook shove: the description has no webhook shove",
    ]);
  });
});
