import type { V1Pod } from "@kubernetes/client-node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import type { BotProcess } from "../harness/bot-process.ts";
import { endedCheck } from "../harness/ended-check.ts";
import { newestAnswer, notesIn } from "../harness/notes.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

type Shop = Awaited<ReturnType<Story["github"]["createRepository"]>>;

const PATIENCE = { timeout: 120_000, interval: 100 };

describeWith(localClusterObstacle(), "a pull request from a fork", () => {
  let story: Story;
  let bot: BotProcess;
  let shop: Shop;
  let fork: Shop;
  let number: number;
  let head: string;

  beforeAll(async () => {
    story = await openStory();
    bot = await story.startBot();
    shop = await story.github.createRepository({
      owner: "acme",
      name: "shop",
      isPrivate: false,
      files: {
        ".pushwright.yml": "images: [{ labels: { from: base } }]\n",
        Dockerfile: `FROM ${story.base}\nRUN echo base\n`,
      },
    });
    fork = await story.github.createRepository({
      owner: "mallory",
      name: "shop",
      forkOf: shop,
      isInstalled: false,
    });
  });
  afterAll(() => story.close());

  const pushToFork = async (files: Record<string, string>) =>
    (await story.github.push(fork, { branch: "change", files, sender: "mallory" })).commit;
  const say = (body: string, sender: string) => story.github.comment(shop, { issue: number, body, sender });
  const answered = (words: string | RegExp) =>
    expect
      .poll(() => notesIn(story.github, shop, number).map(newestAnswer), PATIENCE)
      .toEqual([typeof words === "string" ? expect.stringContaining(words) : expect.stringMatching(words)]);
  const jobs = async () =>
    (await story.namespace.batch.listNamespacedJob({ namespace: story.namespace.name })).items;

  /** What is refused, or only waits, would otherwise show in a build that comes after it. */
  async function nothingRuns(): Promise<void> {
    expect(await jobs()).toEqual([]);
    expect(await story.stored("acme/shop", head)).toBeUndefined();
  }

  it("waits for approval, with a button, and nothing runs", async () => {
    head = await pushToFork({
      ".pushwright.yml": "images: [{ name: evil, labels: { from: fork }, tags: [latest] }]\n",
      Dockerfile: `FROM ${story.base}\nRUN echo from the fork; ls -a /kaniko /kaniko/.docker /root/.docker; ls /var/run/secrets; sleep 4\n`,
    });
    const { pullRequest } = await story.github.openPullRequest(shop, {
      head: "change",
      headRepository: fork,
      sender: "mallory",
    });
    ({ number } = pullRequest);
    const run = await endedCheck(story.github, { sha: head });
    expect(run).toMatchObject({ name: "pushwright", conclusion: "action_required" });
    expect(run.actions).toMatchObject([{ identifier: "approve", label: "Approve" }]);
    expect(run.output.summary).toContain(`/ok-to-build ${head}`);
    await nothingRuns();
  });

  it("is not approved by whoever may not: neither by comment nor by button", async () => {
    await say("/ok-to-build", "mallory");
    await answered(
      "`/ok-to-build` needs the permission `write` or more in this repository, and `mallory` has only `read`",
    );
    const [run] = story.github.checkRuns({ sha: head });
    if (!run) throw new Error("the commit has no check");
    const { delivery } = await story.github.requestAction(run, "approve", "mallory");
    await bot.line(({ by, reason }) => by === "mallory" && /needs the permission/.test(String(reason)));
    expect(delivery?.statusCode).toBe(200);
    await say("/build", "mona");
    await answered("Waits for approval");
    expect(story.github.checkRuns({ sha: head }).map(({ conclusion }) => conclusion)).toEqual([
      "action_required",
    ]);
    await nothingRuns();
  });

  it("is built once somebody approves it: by the base branch's configuration, without secrets, and not pushed", async () => {
    await say(`/ok-to-build ${head}`, "mona");
    let pod: V1Pod | undefined;
    await expect
      .poll(async () => {
        const { items } = await story.namespace.core.listNamespacedPod({ namespace: story.namespace.name });
        pod = items.find(({ metadata }) => metadata?.annotations?.["pushwright.dev/commit"] === head);
        return pod;
      }, PATIENCE)
      .toBeDefined();
    expect(pod?.spec?.volumes ?? []).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ secret: expect.anything() })]),
    );
    expect(pod?.spec).toMatchObject({ automountServiceAccountToken: false });
    const [container] = pod?.spec?.containers ?? [];
    expect(container?.envFrom ?? []).toEqual([]);
    expect((container?.env ?? []).filter(({ valueFrom }) => valueFrom?.secretKeyRef)).toEqual([]);
    expect(container?.args).toContain("--no-push");
    expect(container?.args?.filter((argument) => /^--(?:destination|cache-repo)/.test(argument))).toEqual([]);

    const run = await endedCheck(story.github, { sha: head, conclusion: "success" });
    expect(run.name).toBe("pushwright");
    expect(run.output.title).toMatch(/not pushed/);
    expect(run.output.summary).toContain("**Not pushed**: The commit comes from a fork");
    expect(run.output.summary).toContain("approved by `mona`");
    expect(run.output.text).toContain("from the fork");
    await answered(
      /is approved; it is built without credentials or secrets, and not pushed[\s\S]*built, not pushed/,
    );
    for (const reference of [head, "latest", "evil"])
      expect(await story.stored("acme/shop", reference)).toBeUndefined();
    expect(await story.stored("acme/shop/evil", head)).toBeUndefined();
  });

  it("needs a new approval for a new push, which the button gives", async () => {
    const next = await pushToFork({ Dockerfile: `FROM ${story.base}\nRUN echo the second\n` });
    const waiting = await endedCheck(story.github, { sha: next });
    expect(waiting).toMatchObject({ conclusion: "action_required" });
    await say(`/ok-to-build ${head}`, "mona");
    await answered("is not the pull request's head");
    await story.github.requestAction(waiting, "approve", "mona");
    const run = await endedCheck(story.github, { sha: next, conclusion: "success" });
    expect(run.output.text).toContain("the second");
    expect(await story.stored("acme/shop", next)).toBeUndefined();
    head = next;
  });

  it("is built by its own configuration, and pushed, once its commit is the repository's own", async () => {
    await story.github.pushTag(shop, { tag: "merged", target: head });
    await expect
      .poll(() => story.stored("acme/shop/evil", head), PATIENCE)
      .toMatchObject({ labels: { from: "fork" } });
    await endedCheck(story.github, { sha: head, conclusion: "success" });
  });
});
