import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { completed } from "../harness/completed.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

const STOPPED = 0;

describeWith(localClusterObstacle(), "the bot ends while a build runs", () => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory();
  });
  afterAll(() => story.close());

  it.each([
    ["asked to (SIGTERM)", "SIGTERM"],
    ["killed (SIGKILL)", "SIGKILL"],
  ] as const)(
    "%s: the build goes on, and the next start adopts it and completes its check run",
    async (_, signal) => {
      const { github, namespace } = story;
      const bot = await story.startBot();
      const slow = await github.createRepository({
        owner: "acme",
        name: `slow-${signal.toLowerCase()}`,
        files: { Dockerfile: `FROM ${story.base}\nRUN sleep 8 && echo built to the end\n` },
      });
      const { commit } = await github.push(slow, { files: { a: "1" }, message: "slow" });
      await bot.line((line) => line.stage === "contextSent" && line.commit === commit);
      await marked();
      const end = await bot.stop(signal);
      expect(end).toBe(signal === "SIGTERM" ? STOPPED : signal);
      const [kanikoJob] = (await namespace.batch.listNamespacedJob({ namespace: namespace.name })).items;
      expect(kanikoJob?.status?.active).toBe(1);

      await story.startBot();
      const run = await completed(github, commit);
      expect(run.conclusion).toBe("success");
      expect(run.output.text).toContain("built to the end");
      expect(github.checkRuns({ sha: commit })).toHaveLength(1);
      const jobs = await namespace.batch.listNamespacedJob({ namespace: namespace.name });
      expect(jobs.items.filter(({ metadata }) => metadata?.uid !== kanikoJob?.metadata?.uid)).toEqual([]);

      /** The bot notes in the cluster that all of the context was sent, and does not wait for that. */
      async function marked(): Promise<void> {
        await expect
          .poll(async () => {
            const { items } = await namespace.batch.listNamespacedJob({ namespace: namespace.name });
            return items.map(({ metadata }) => metadata?.annotations?.["pushwright.dev/context"]);
          })
          .toEqual(["sent"]);
      }
    },
  );

  it("killed before the build has its context: the build starts anew, and its check run is completed", async () => {
    const { github } = story;
    const bot = await story.startBot();
    const shop = await github.createRepository({
      owner: "acme",
      name: "cut",
      files: { Dockerfile: `FROM ${story.base}\nRUN echo built\n` },
    });
    github.resetCalls();
    github.failNext({ path: /codeload/, hang: true, afterBytes: 10, times: 1 });
    const { commit } = await github.push(shop, { files: { a: "1" }, message: "cut" });
    await bot.line((line) => line.stage === "builderStarted" && line.commit === commit);
    await expect.poll(() => github.calls.some(({ caller }) => caller === "codeload")).toBe(true);
    await bot.stop("SIGKILL");
    await story.startBot();
    expect(await completed(github, commit)).toMatchObject({ conclusion: "success" });
    expect(github.checkRuns({ sha: commit })).toHaveLength(1);
  });
});
