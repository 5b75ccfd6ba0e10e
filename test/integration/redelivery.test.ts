import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import type { GitHub } from "../fakes/github/github.ts";
import type { Delivery, Payload } from "../fakes/github/state/deliveries.ts";
import type { BotProcess } from "../harness/bot-process.ts";
import { newestAnswer, notesIn } from "../harness/notes.ts";
import { type ForgeStory, openForgeStory } from "../harness/open-forge-story.ts";
import { redisObstacle, startRedis } from "../harness/redis-server.ts";

type Shop = Awaited<ReturnType<GitHub["createRepository"]>>;
type Sent = { payload: Payload; delivery: Delivery | undefined };

const SOON = { timeout: 60_000, interval: 50 };

describe("deliveries that come twice, with the embedded storage", () =>
  redeliveryStories(async () => ({ env: {}, close: async () => {} })));

describeWith(redisObstacle(), "deliveries that come twice, with Redis", () =>
  redeliveryStories(async () => {
    const redis = await startRedis();
    return { env: { REDIS_URL: redis.url }, close: () => redis.dispose() };
  }),
);

function redeliveryStories(
  openStorage: () => Promise<{ env: Record<string, string>; close(): Promise<void> }>,
): void {
  let story: ForgeStory;
  let github: GitHub;
  let bot: BotProcess;
  let shop: Shop;
  let head: string;
  const closers: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const storage = await openStorage();
    story = await openForgeStory({ env: storage.env });
    closers.push(story.close, storage.close);
    ({ github } = story);
    bot = await story.startBot();
    shop = await github.createRepository({
      owner: "acme",
      name: "shop",
      files: { Dockerfile: "FROM scratch\n" },
    });
  });
  afterAll(async () => {
    for (const close of closers) await close();
  });

  /** GitHub sends it again under the same id: with the button of its page, after an answer that it did not get. */
  async function sendAgain(event: string, { payload, delivery }: Sent): Promise<void> {
    const again = await github.deliver({
      event,
      payload,
      ...(delivery ? { deliveryId: delivery.guid } : {}),
    });
    expect(again.statusCode).toBe(200);
    await bot.line(
      ({ deliveryId, msg }) => deliveryId === again.guid && msg === "delivery ignored: it came before",
    );
  }
  const checks = () => github.checkRuns({ sha: head });
  /** How often the bot queued a build of the commit. */
  const queued = () => bot.log.filter(({ stage, commit }) => stage === "accepted" && commit === head).length;

  it("push: one build", async () => {
    const pushed = await github.push(shop, { branch: "change", files: { a: "1" }, message: "one" });
    head = pushed.commit;
    await sendAgain("push", pushed);
    await expect.poll(queued, SOON).toBe(1);
    await expect.poll(checks, SOON).toHaveLength(1);
  });

  it("pull_request: no further build", async () => {
    const opened = await github.openPullRequest(shop, { head: "change" });
    await sendAgain("pull_request", opened);
    await bot.line(
      ({ deliveryId, msg }) =>
        deliveryId === opened.delivery?.guid && msg === "event ignored: its build is known already",
    );
    expect(queued()).toBe(1);
  });

  it("a pushed Git tag: its own build, once", async () => {
    const tagged = await github.pushTag(shop, { tag: "v1", target: head });
    await sendAgain("push", tagged);
    await expect.poll(queued, SOON).toBe(2);
  });

  it("issue_comment: one answer", async () => {
    const said = await github.comment(shop, { issue: 1, body: "/cancel" });
    await sendAgain("issue_comment", said);
    await expect
      .poll(() => notesIn(github, shop, 1), SOON)
      .toEqual([expect.stringContaining("Cancelling **pushwright**")]);
    await expect.poll(() => checks().map(({ conclusion }) => conclusion), SOON).toContain("cancelled");
    expect(newestAnswer(notesIn(github, shop, 1)[0])).not.toContain("nothing to cancel");
    expect(said.comment.reactions.map(({ content }) => content)).toEqual(["eyes"]);
  });

  it("check_run, a button: one further build", async () => {
    const [run] = checks().filter(({ conclusion }) => conclusion === "cancelled");
    if (!run) throw new Error("no check was cancelled");
    const before = checks().length;
    const pressed = await github.requestAction(run, "rebuild");
    await sendAgain("check_run", pressed);
    await expect.poll(checks, SOON).toHaveLength(before + 1);
  });

  it("check_suite, all of a commit's checks: each is built once more at the most", async () => {
    await github.comment(shop, { issue: 1, body: "/cancel" });
    await expect.poll(() => checks().every(({ status }) => status === "completed"), SOON).toBe(true);
    const before = checks().length;
    const pressed = await github.rerequestAll(shop, head);
    await sendAgain("check_suite", pressed);
    await expect.poll(() => checks().length, SOON).toBeGreaterThan(before);
    const images = new Set(checks().map(({ name }) => name)).size;
    expect(images).toBe(1);
    expect(checks().length).toBeLessThanOrEqual(before + 2);
  });

  it("commit_comment: one answer in the commit's one note", async () => {
    const said = await github.commentOnCommit(shop, { sha: head, body: "/status" });
    await sendAgain("commit_comment", said);
    await expect
      .poll(() => github.commitComments().filter(({ author }) => author.type === "Bot"), SOON)
      .toHaveLength(1);
  });
}
