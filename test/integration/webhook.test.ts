import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import type { GitHub } from "../fakes/github/github.ts";
import { startGitHub } from "../fakes/github/start-github.ts";
import type { Delivery, Payload } from "../fakes/github/state/deliveries.ts";
import { type BotProcess, startBot } from "../harness/bot-process.ts";
import { writeDeadClusterConfig } from "../harness/dead-cluster.ts";
import { type RedisServer, redisObstacle, startRedis } from "../harness/redis-server.ts";

type Shop = Awaited<ReturnType<GitHub["createRepository"]>>;

describe("webhooks with the embedded queue", () =>
  webhookStories(async () => ({ env: {}, close: async () => {} })));

describeWith(redisObstacle(), "webhooks with Redis", () => {
  let redis: RedisServer;
  webhookStories(async () => {
    redis = await startRedis();
    return { env: { REDIS_URL: redis.url }, close: () => redis.dispose() };
  });

  it("are answered with a 5xx while the queue is down, and taken again once it is back", async () => {
    const own = await startRedis();
    const { bot, github, shop, close } = await openBot({ REDIS_URL: own.url });
    await own.kill();
    const refused = await delivered(github.push(shop, { files: { a: "1" }, message: "while down" }));
    expect(refused.delivery.statusCode).toBeGreaterThanOrEqual(500);
    expect((await fetch(`${bot.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
    await own.start();
    await expect.poll(async () => (await fetch(`${bot.url}/readyz`)).status, { timeout: 20_000 }).toBe(200);
    const taken = await github.deliver({
      event: "push",
      payload: refused.payload,
      deliveryId: refused.delivery.guid,
    });
    expect(taken.statusCode).toBe(200);
    await bot.line((line) => line.stage === "accepted" && line.deliveryId === refused.delivery.guid);
    await close();
    await own.dispose();
  });
});

async function openBot(queue: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-"));
  const github = await startGitHub({});
  const shop = await github.createRepository({
    owner: "acme",
    name: "shop",
    files: { Dockerfile: "FROM scratch\n" },
  });
  const bot = await startBot({
    ...github.env(),
    ...queue,
    KUBECONFIG: await writeDeadClusterConfig(folder),
    PUSHWRIGHT_DATA: join(folder, "data"),
    PUSHWRIGHT_REGISTRY_PUSH: "registry.invalid:5000",
  });
  github.webhook.url = bot.webhookUrl;
  const close = async () => {
    await bot.stop();
    await github.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { bot, github, shop, close };
}

function publishedExample(event: string): Payload {
  const published = createRequire(import.meta.url)("@octokit/webhooks-examples") as {
    name: string;
    examples: Payload[];
  }[];
  return published.find(({ name }) => name === event)?.examples[0] ?? {};
}

/** What was pushed, with the delivery that the stand-in made of it. */
async function delivered<Pushed extends { delivery: Delivery | undefined }>(pushing: Promise<Pushed>) {
  const { delivery, ...pushed } = await pushing;
  if (!delivery) throw new Error("the push was not delivered: no webhook is set");
  return { ...pushed, delivery };
}

function webhookStories(
  openQueue: () => Promise<{ env: Record<string, string>; close(): Promise<void> }>,
): void {
  let bot: BotProcess;
  let github: GitHub;
  let shop: Shop;
  const closers: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const queue = await openQueue();
    const opened = await openBot(queue.env);
    ({ bot, github, shop } = opened);
    closers.push(opened.close, queue.close);
  });
  afterAll(async () => {
    const faults = github.faults;
    for (const close of closers) await close();
    expect(faults).toEqual([]);
  });

  const accepted = (guid: string) =>
    bot.line((line) => line.deliveryId === guid && line.stage === "accepted");
  const ignored = (guid: string) =>
    bot.line((line) => line.deliveryId === guid && /^(delivery|event) ignored/.test(line.msg));

  it("take a push of a branch", async () => {
    const { delivery, commit } = await delivered(
      github.push(shop, { branch: "feature/x", files: { a: "1" }, message: "one" }),
    );
    expect(delivery.statusCode).toBe(200);
    expect(await accepted(delivery.guid)).toMatchObject({ commit, repository: "acme/shop" });
  });

  it.each([
    ["lightweight", undefined],
    ["annotated", "release one"],
  ])("take a push of a tag (%s) as the commit that it names", async (kind, annotation) => {
    const { commit } = await delivered(github.push(shop, { files: { tagged: kind }, message: kind }));
    const tag = await delivered(
      github.pushTag(shop, { tag: `v-${kind}`, ...(annotation ? { annotation } : {}) }),
    );
    expect(tag.delivery.statusCode).toBe(200);
    expect(await accepted(tag.delivery.guid)).toMatchObject({ commit });
  });

  it("build once what is delivered twice, by the same delivery and by another", async () => {
    const { payload, delivery } = await delivered(
      github.push(shop, { files: { twice: "1" }, message: "twice" }),
    );
    const { build } = await accepted(delivery.guid);
    const again = await github.deliver({ event: "push", payload, deliveryId: delivery.guid });
    expect(again.statusCode).toBe(200);
    expect(await ignored(again.guid)).toMatchObject({ msg: "delivery ignored: it came before" });
    const other = await github.deliver({ event: "push", payload });
    expect(other.statusCode).toBe(200);
    expect(await ignored(other.guid)).toMatchObject({ msg: "event ignored: its build is known already" });
    expect(bot.log.filter((line) => line.stage === "accepted" && line.build === build)).toHaveLength(1);
  });

  it("ignore a deleted branch with the reason", async () => {
    await delivered(github.push(shop, { branch: "gone", files: { b: "1" }, message: "b" }));
    const { delivery } = await delivered(github.deleteRef(shop, { branch: "gone" }));
    expect(delivery.statusCode).toBe(200);
    expect(await ignored(delivery.guid)).toMatchObject({ reason: "refs/heads/gone was deleted" });
  });

  it("ignore an event that starts no build with the reason", async () => {
    const delivery = await github.deliver({ event: "star", payload: publishedExample("star") });
    expect(delivery.statusCode).toBe(200);
    expect(await ignored(delivery.guid)).toMatchObject({ reason: "the event star starts nothing" });
  });

  it("refuse a wrong signature, and nothing happens", async () => {
    const payload = await github.pushPayload(shop, await pushOf("main"));
    const delivery = await github.deliver({ event: "push", payload, secret: "wrong" });
    expect(delivery.statusCode).toBe(400);
    const next = await delivered(github.push(shop, { files: { next: "1" }, message: "next" }));
    await accepted(next.delivery.guid);
    expect(bot.log.filter((line) => line.deliveryId === delivery.guid)).toEqual([]);
  });

  it.each([
    [
      "no signature",
      { "x-github-event": "push", "x-github-delivery": "d", "content-type": "application/json" },
      400,
    ],
    [
      "another content type",
      { "x-github-event": "push", "x-github-delivery": "d", "x-hub-signature-256": "sha256=0" },
      415,
    ],
    ["no event", { "content-type": "application/json", "x-hub-signature-256": "sha256=0" }, 400],
  ])("refuse a request with %s", async (_, headers, status) => {
    const answer = await fetch(bot.webhookUrl, {
      method: "POST",
      headers: headers as Record<string, string>,
      body: "{}",
    });
    expect(answer.status).toBe(status);
  });

  it("refuse a body that is larger than GitHub ever sends", async () => {
    const headers = {
      "content-type": "application/json",
      "x-github-event": "push",
      "x-github-delivery": "d",
      "x-hub-signature-256": "sha256=0",
    };
    const body = Buffer.alloc(26 * 2 ** 20, " ");
    const status = await fetch(bot.webhookUrl, { method: "POST", headers, body }).then(
      (answer) => answer.status,
      (error: Error) => String(error.cause ?? error), // The connection may be closed while the body is still sent.
    );
    expect([413, expect.stringMatching(/EPIPE|ECONNRESET|closed/)]).toContainEqual(status);
    expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
  });

  it("are the only paths besides health and readiness", async () => {
    const status = async (path: string, method = "GET") =>
      (await fetch(`${bot.url}${path}`, { method })).status;
    expect(await status("/healthz")).toBe(200);
    expect(await status("/readyz")).toBe(200);
    expect(await status("/")).toBe(404);
    expect(await status("/api/github/webhooks")).toBe(404);
    expect(await status("/api/gitlab/webhooks", "POST")).toBe(404);
  });

  async function pushOf(branch: string) {
    const { before, after } = await delivered(
      github.push(shop, { branch, files: { s: String(Math.random()) }, message: "s" }),
    );
    return { ref: `refs/heads/${branch}`, before, after, sender: "ada" };
  }
}
