import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import type { BotProcess } from "../harness/bot-process.ts";
import { endedCheck } from "../harness/ended-check.ts";
import { newestAnswer, notesIn } from "../harness/notes.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

type Shop = Awaited<ReturnType<Story["github"]["createRepository"]>>;

const PATIENCE = { timeout: 120_000, interval: 100 };

describeWith(localClusterObstacle(), "the bot is killed at its work on an event", () => {
  let story: Story;
  let shop: Shop;
  let bot: BotProcess;
  let number: number;
  let head: string;

  beforeAll(async () => {
    story = await openStory();
    bot = await story.startBot();
    shop = await story.github.createRepository({
      owner: "acme",
      name: "shop",
      files: { Dockerfile: `FROM ${story.base}\nCOPY a /a\n` },
    });
  });
  afterAll(() => story.close());

  async function killAndRestart(): Promise<void> {
    await bot.stop("SIGKILL");
    bot = await story.startBot();
  }
  async function killWhen(hasHappened: () => boolean): Promise<void> {
    await expect.poll(hasHappened, { ...PATIENCE, interval: 5 }).toBe(true);
    await killAndRestart();
  }
  const succeeded = (sha: string) =>
    story.github.checkRuns({ sha }).filter(({ conclusion }) => conclusion === "success");
  const notes = () => notesIn(story.github, shop, number);
  const answered = (words: RegExp) =>
    expect.poll(() => notes().map(newestAnswer), PATIENCE).toEqual([expect.stringMatching(words)]);

  it("right after the 2xx: the push is built all the same, once", async () => {
    const { commit, delivery } = await story.github.push(shop, { branch: "change", files: { a: "1" } });
    expect(delivery?.statusCode).toBe(200);
    await killAndRestart();
    expect(await endedCheck(story.github, { sha: commit })).toMatchObject({ conclusion: "success" });
    expect(await story.stored("acme/shop", commit)).toBeDefined();
    expect(story.github.checkRuns({ sha: commit })).toHaveLength(1);
    head = commit;
  });

  it("while it fetches what the event is about: the next start does the whole of it, once", async () => {
    const hang = story.github.failNext({ path: /codeload/, hang: true });
    const pushing = story.github.push(shop, { branch: "other", files: { a: "2" } });
    await killWhen(() => hang.happened > 0);
    const { commit } = await pushing;
    expect(await endedCheck(story.github, { sha: commit })).toMatchObject({ conclusion: "success" });
    expect(story.github.checkRuns({ sha: commit })).toHaveLength(1);
  });

  it("while it makes the check: there is one check in the end, though the answer to the first was lost", async () => {
    const lost = story.github.failNext({
      method: "POST",
      path: /check-runs$/,
      afterEffect: true,
      hang: true,
    });
    const { commit } = await story.github.push(shop, { branch: "checked", files: { a: "3" } });
    await killWhen(() => lost.happened > 0);
    expect(await endedCheck(story.github, { sha: commit })).toMatchObject({ conclusion: "success" });
    expect(story.github.checkRuns({ sha: commit })).toHaveLength(1);
  });

  it("while it writes its first note of a thread: there is one note in the end, and one rebuild", async () => {
    const { pullRequest } = await story.github.openPullRequest(shop, { head: "change" });
    ({ number } = pullRequest);
    const lost = story.github.failNext({
      method: "POST",
      path: /issues\/\d+\/comments$/,
      afterEffect: true,
      hang: true,
    });
    await story.github.comment(shop, { issue: number, body: "/rebuild" });
    await killWhen(() => lost.happened > 0);
    await answered(/queued, attempt 2\.[\s\S]*✅ built \|/);
    expect(notes()).toHaveLength(1);
    expect(succeeded(head)).toHaveLength(2);
    expect(story.github.checkRuns({ sha: head })).toHaveLength(2);
  });

  it("while it asks who wrote the comment: the command is carried out once", async () => {
    const hang = story.github.failNext({ path: /permission$/, hang: true });
    await story.github.comment(shop, { issue: number, body: "/rebuild --no-cache" });
    await killWhen(() => hang.happened > 0);
    await answered(/`\/rebuild --no-cache`[\s\S]*queued, attempt 3\.[\s\S]*✅ built \|/);
    expect(notes()).toHaveLength(1);
    expect(story.github.checkRuns({ sha: head })).toHaveLength(3);
  });

  it("while it tells of a build's end: the check and the note follow at the next start", async () => {
    const hang = story.github.failNext({ method: "PATCH", path: /check-runs\/\d+$/, hang: true });
    await story.github.comment(shop, { issue: number, body: "/rebuild" });
    await killWhen(() => hang.happened > 0);
    await answered(/queued, attempt 4\.[\s\S]*✅ built \|/);
    expect(succeeded(head)).toHaveLength(4);
    expect(story.github.checkRuns({ sha: head })).toHaveLength(4);
  });
});
