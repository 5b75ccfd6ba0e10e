import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { endedCheck } from "../harness/ended-check.ts";
import { newestAnswer, notesIn } from "../harness/notes.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

type Shop = Awaited<ReturnType<Story["github"]["createRepository"]>>;

const PATIENCE = { timeout: 120_000, interval: 100 };
const POLICY = "limits: { concurrency: 3, concurrencyPerRepository: 1 }\n";

describeWith(localClusterObstacle(), "builds that run and wait", () => {
  let story: Story;
  let shop: Shop;
  /** Heads of branches, by name. */
  const heads: Record<string, string> = {};
  const pullRequests: Record<string, number> = {};

  beforeAll(async () => {
    story = await openStory({ policy: POLICY });
    await story.startBot();
    shop = await story.github.createRepository({
      owner: "acme",
      name: "shop",
      files: { Dockerfile: `FROM ${story.base}\nRUN sleep 120\n` },
    });
  });
  afterAll(() => story.close());

  async function push(branch: string, files: Record<string, string>) {
    const { commit } = await story.github.push(shop, { branch, files, message: branch });
    heads[branch] = commit;
    return commit;
  }
  async function open(branch: string) {
    const { pullRequest } = await story.github.openPullRequest(shop, { head: branch });
    pullRequests[branch] = pullRequest.number;
  }
  const jobOf = async (commit: string | undefined) =>
    (await story.namespace.batch.listNamespacedJob({ namespace: story.namespace.name })).items.find(
      ({ metadata }) => metadata?.annotations?.["pushwright.dev/commit"] === commit,
    );
  const running = (commit: string) =>
    expect.poll(async () => (await jobOf(commit))?.status?.active, PATIENCE).toBe(1);
  const removed = (commit: string | undefined) => expect.poll(() => jobOf(commit), PATIENCE).toBeUndefined();
  const checkOf = (branch: string) => story.github.checkRuns({ sha: heads[branch] ?? "" })[0];
  const say = (branch: string, body: string, sender = "mona") =>
    story.github.comment(shop, { issue: pullRequests[branch] ?? 0, body, sender });
  const answered = (branch: string, words: string | RegExp) =>
    expect
      .poll(() => notesIn(story.github, shop, pullRequests[branch] ?? 0).map(newestAnswer), PATIENCE)
      .toEqual([typeof words === "string" ? expect.stringContaining(words) : expect.stringMatching(words)]);

  it("run as many of a repository as may, and the others show their places", async () => {
    await running(await push("one", { a: "1" }));
    for (const branch of ["two", "three"]) {
      await push(branch, { a: branch });
      await story.github.waitForCheckRun((run) => run.headSha === heads[branch], 60_000);
    }
    expect(checkOf("two")).toMatchObject({
      status: "queued",
      output: { title: "Waiting: number 1 in the queue" },
    });
    expect(checkOf("three")?.output.title).toBe("Waiting: number 2 in the queue");
    for (const branch of ["one", "two", "three"]) await open(branch);
    expect(await jobOf(heads.two)).toBeUndefined();
  });

  it("do not hold up another repository's first", async () => {
    const other = await story.github.createRepository({
      owner: "acme",
      name: "other",
      files: { Dockerfile: `FROM ${story.base}\nCOPY a /a\n` },
    });
    const { commit } = await story.github.push(other, { files: { a: "1" }, message: "first" });
    expect(await endedCheck(story.github, { sha: commit })).toMatchObject({ conclusion: "success" });
    expect(checkOf("two")?.status).toBe("queued");
  });

  it("are explained by /why and /status: what runs, what waits, and where", async () => {
    await say("three", "/why");
    await answered("three", "It is number 2 in the queue, and number 2 of this repository.");
    await say("three", "/status");
    await answered("three", /⏳ waiting/);
    await say("one", "/status");
    await answered("one", /🔨 building/);
  });

  it("/cancel ends one that runs: its Job goes, its check and the note say who asked, and the next one starts", async () => {
    await say("one", "/cancel", "acme");
    const run = await endedCheck(story.github, { sha: heads.one ?? "" });
    expect(run).toMatchObject({ conclusion: "cancelled", output: { title: "Cancelled by acme" } });
    await removed(heads.one);
    await answered("one", /⏹️ cancelled \| Cancelled by acme/);
    await running(heads.two ?? "");
  });

  it("a newer push to the branch supersedes one that runs and says by which commit; the newer one is built", async () => {
    const { two: older } = heads;
    const newer = await push("two", { Dockerfile: `FROM ${story.base}\nCOPY a /a\n` });
    const run = await endedCheck(story.github, { sha: older ?? "" });
    expect(run).toMatchObject({
      conclusion: "cancelled",
      output: { title: `Superseded by ${newer.slice(0, 7)}` },
    });
    expect(run.output.summary).toContain(newer);
    await removed(older);
    await running(heads.three ?? "");
  });

  it("a newer push supersedes one that only waits as well", async () => {
    const { two: older } = heads;
    expect(checkOf("two")?.status).not.toBe("completed");
    const newer = await push("two", { a: "once more" });
    const run = await endedCheck(story.github, { sha: older ?? "" });
    expect(run.output.title).toBe(`Superseded by ${newer.slice(0, 7)}`);
    expect(await story.stored("acme/shop", older ?? "")).toBeUndefined();
  });

  it("the button Cancel ends one that runs, for whoever may, and the newest push of the other branch is built at last", async () => {
    const [check] = story.github.checkRuns({ sha: heads.three ?? "" });
    if (!check) throw new Error("there is no check");
    expect(check.actions.map(({ identifier }) => identifier)).toEqual(["cancel"]);
    await story.github.requestAction(check, "cancel", "mona");
    const run = await endedCheck(story.github, { sha: heads.three ?? "" });
    expect(run).toMatchObject({ conclusion: "cancelled", output: { title: "Cancelled by mona" } });
    await removed(heads.three);
    expect(await endedCheck(story.github, { sha: heads.two ?? "" })).toMatchObject({ conclusion: "success" });
  });

  it("/why tells afterwards who or what ended a build", async () => {
    await say("one", "/why");
    await answered("one", "Cancelled by acme: `acme` asked for it");
  });

  it("a closed pull request ends what only it wanted", async () => {
    const fork = await story.github.createRepository({
      owner: "eve",
      name: "shop",
      forkOf: shop,
      isInstalled: false,
    });
    await story.github.push(fork, { branch: "theirs", files: { b: "1" }, sender: "eve" });
    const { pullRequest } = await story.github.openPullRequest(shop, {
      head: "theirs",
      headRepository: fork,
      sender: "eve",
    });
    const sha = pullRequest.pull.headSha;
    const waiting = await endedCheck(story.github, { sha });
    await story.github.requestAction(waiting, "approve");
    await running(sha);
    await story.github.closePullRequest(pullRequest, "mona");
    const run = await endedCheck(story.github, { sha, conclusion: "cancelled" });
    expect(run.output.title).toBe("Cancelled with its pull request");
    await removed(sha);
  });
});
