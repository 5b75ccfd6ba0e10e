import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import type { BotProcess } from "../harness/bot-process.ts";
import { endedCheck } from "../harness/ended-check.ts";
import { newestAnswer, notesIn } from "../harness/notes.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

type Shop = Awaited<ReturnType<Story["github"]["createRepository"]>>;

const PATIENCE = { timeout: 120_000, interval: 100 };

describeWith(localClusterObstacle(), "an image that was built before", () => {
  let story: Story;
  let bot: BotProcess;
  let shop: Shop;
  let first: string;
  let head: string;
  let number: number;

  beforeAll(async () => {
    story = await openStory();
    bot = await story.startBot();
    shop = await story.github.createRepository({
      owner: "acme",
      name: "shop",
      files: {
        Dockerfile: `FROM ${story.base}\nRUN echo the slow step > /slow\nCOPY main /main\n`,
        main: "0",
      },
    });
  });
  afterAll(() => story.close());

  const push = async (main: string) =>
    (await story.github.push(shop, { branch: "change", files: { main }, message: main })).commit;
  const say = (body: string) => story.github.comment(shop, { issue: number, body });
  const answered = (words: string | RegExp) =>
    expect
      .poll(() => notesIn(story.github, shop, number).map(newestAnswer), PATIENCE)
      .toEqual([typeof words === "string" ? expect.stringContaining(words) : expect.stringMatching(words)]);
  const jobNames = async () =>
    (await story.namespace.batch.listNamespacedJob({ namespace: story.namespace.name })).items.map(
      ({ metadata }) => metadata?.name,
    );
  const attempt = (count: number) =>
    story.github.waitForCheckRun(
      (run) =>
        run.headSha === head &&
        run.conclusion === "success" &&
        (run.output.summary ?? "").includes(`| Attempt | ${count} |`),
      120_000,
    );

  it("fills the layer cache", async () => {
    first = await push("1");
    const { output } = await endedCheck(story.github, { sha: first });
    expect(output.summary).toMatch(/\| Layer cache \| 0 of \d+ steps \|/);
    expect(output.summary).not.toContain(" than ");
  });

  it("makes the next push hit the cache, and its check compares size and duration with it", async () => {
    head = await push("2, and somewhat longer");
    const { output } = await endedCheck(story.github, { sha: head });
    expect(output.summary).toMatch(/\| Layer cache \| [1-9]\d* of \d+ steps \|/);
    expect(output.summary).toMatch(
      new RegExp(`\\| Size \\| [^|]*(?:more than|less than|as) \\[\`${first.slice(0, 7)}\`\\]\\(`),
    );
    expect(output.summary).toMatch(/\| Duration \| [^|]*,[^|]*\|/);
    expect(output.summary).toMatch(/```sh\ndocker pull \S+\/acme\/shop@sha256:[0-9a-f]{64}\n```/);
  });

  it("is not built again for a pull request of the same commit", async () => {
    const { delivery, pullRequest } = await story.github.openPullRequest(shop, { head: "change" });
    ({ number } = pullRequest);
    await bot.line(
      (line) =>
        line.deliveryId === delivery?.guid && line.msg === "event ignored: its build is known already",
    );
    expect(story.github.checkRuns({ sha: head })).toHaveLength(1);
  });

  it("is not built again by /build, which says so", async () => {
    await say("/build");
    await answered("was built already; `/rebuild` builds it anew.");
    expect(story.github.checkRuns({ sha: head })).toHaveLength(1);
  });

  it("is built anew without the cache by /rebuild --no-cache, and the note shows how that ends", async () => {
    await say("/rebuild --no-cache");
    await answered(/queued, attempt 2\.[\s\S]*✅ built \| `sha256:[0-9a-f]{64}`/);
    const { output } = await attempt(2);
    expect(output.summary).toContain("| Layer cache | not used, as asked |");
    expect(output.summary).toContain("`mona` asked in a comment");
    expect(output.text).not.toContain("Using caching version");
  });

  it("is built anew by GitHub's Re-run and by the button, each once", async () => {
    const { github } = story;
    const [run] = github.checkRuns({ sha: head });
    if (!run) throw new Error("the commit has no check");
    expect(run.actions.map(({ identifier }) => identifier)).toEqual(["rebuild", "rebuild-no-cache"]);
    await github.rerequest(run);
    const { output } = await attempt(3);
    expect(output.summary).toContain("`mona` pressed a button");
    expect(output.summary).toMatch(/\| Layer cache \| [1-9]\d* of \d+ steps \|/);
    await github.requestAction(run, "rebuild");
    await attempt(4);
    expect(github.checkRuns({ sha: head })).toHaveLength(4);
  });

  it("gets another tag by /promote, without a build", async () => {
    const [checks, jobs] = [story.github.checkRuns().length, await jobNames()];
    await say("/promote stable");
    const { digest } = (await story.stored("acme/shop", head)) ?? {};
    await answered(`is \`${digest}\` now.`);
    expect((await story.stored("acme/shop", "stable"))?.digest).toBe(digest);
    expect(story.github.checkRuns()).toHaveLength(checks);
    expect(jobs).toEqual(expect.arrayContaining(await jobNames()));
  });

  it("is shown by /status with its digest, after all of its attempts", async () => {
    await say("/status");
    await answered(/✅ built \| `sha256:[0-9a-f]{64}` \| [\d.]+ s \| 4 \|/);
  });
});
