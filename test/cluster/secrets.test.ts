import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import type { BotProcess } from "../harness/bot-process.ts";
import { endedCheck } from "../harness/ended-check.ts";
import { newestAnswer, notesIn } from "../harness/notes.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

type Shop = Awaited<ReturnType<Story["github"]["createRepository"]>>;

const PATIENCE = { timeout: 120_000, interval: 100 };
const VALUE = "s3cret-of-the-shop";
const POLICY = `secrets:
  npm-token: { repositories: [acme/shop], secret: { name: npm, key: token } }
  gone: { repositories: ["acme/*"], secret: { name: nowhere, key: token } }
`;
const wanting = (secret: string) => `images: [{ args: { TOKEN: { secret: ${secret} } } }]\n`;

describeWith(localClusterObstacle(), "a secret of the operator's policy", () => {
  let story: Story;
  let bot: BotProcess;
  let shop: Shop;
  let dockerfile: string;

  beforeAll(async () => {
    story = await openStory({ policy: POLICY });
    const { core, name: namespace } = story.namespace;
    await core.createNamespacedSecret({
      namespace,
      body: { metadata: { name: "npm" }, stringData: { token: VALUE } },
    });
    bot = await story.startBot();
    dockerfile = [
      `FROM ${story.base}`,
      "ARG TOKEN",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
      'RUN echo "the token is <$TOKEN>, of ${#TOKEN} characters" && sleep 3',
      "",
    ].join("\n");
    shop = await repository("shop");
  });
  afterAll(() => story.close());

  function repository(name: string, secret = "npm-token"): Promise<Shop> {
    const files = { Dockerfile: dockerfile, ".pushwright.yml": wanting(secret) };
    return story.github.createRepository({ owner: "acme", name, files, isPrivate: false });
  }

  it("reaches a trusted build of a repository that it names, and is in neither its log, its Job nor its check", async () => {
    const { commit } = await story.github.push(shop, { files: { a: "1" }, message: "with a token" });
    const { batch, core, name: namespace } = story.namespace;
    let job: unknown;
    await expect
      .poll(async () => {
        const { items } = await batch.listNamespacedJob({ namespace });
        job = items.find(({ metadata }) => metadata?.annotations?.["pushwright.dev/commit"] === commit);
        return job;
      }, PATIENCE)
      .toBeDefined();
    const pods = await core.listNamespacedPod({ namespace });
    expect(JSON.stringify([job, pods.items])).not.toContain(VALUE);
    const run = await endedCheck(story.github, { sha: commit });
    expect(run.conclusion).toBe("success");
    expect(run.output.text).toContain(`the token is <***>, of ${VALUE.length} characters`);
    expect(JSON.stringify(run.output)).not.toContain(VALUE);
    expect(JSON.stringify(bot.log)).not.toContain(VALUE);
  });

  it.each([
    ["a repository that it does not name", "other", "npm-token"],
    ["a secret that the policy does not have", "unknown", "npm-tokn"],
  ])("is refused to %s, with a check that says so, and nothing runs", async (_, name, secret) => {
    const { commit } = await story.github.push(await repository(name, secret), { files: { a: "1" } });
    const run = await endedCheck(story.github, { sha: commit });
    expect(run).toMatchObject({
      conclusion: "failure",
      output: { title: "The secret of the build argument TOKEN is not there for this repository" },
    });
    expect(run.output.summary).toContain(`no secret \`${secret}\` that builds of \`acme/${name}\` may have`);
    expect(await story.stored(`acme/${name}`, commit)).toBeUndefined();
  });

  it("that the cluster does not have fails the build with what the operator has to do", async () => {
    const { commit } = await story.github.push(await repository("gone", "gone"), { files: { a: "1" } });
    const run = await endedCheck(story.github, { sha: commit });
    expect(run.conclusion).toBe("failure");
    expect(`${run.output.title}\n${run.output.summary}`).toContain("nowhere");
  });

  it("is never given to a fork, approved or not: its check says why and what to do", async () => {
    const { github } = story;
    const fork = await github.createRepository({
      owner: "mallory",
      name: "shop",
      forkOf: shop,
      isInstalled: false,
    });
    const { commit } = await github.push(fork, { branch: "steal", files: { a: "2" }, sender: "mallory" });
    const { pullRequest } = await github.openPullRequest(shop, {
      head: "steal",
      headRepository: fork,
      sender: "mallory",
    });
    const run = await endedCheck(github, { sha: commit });
    expect(run.conclusion).toMatch(/^(?:failure|neutral)$/);
    expect(run.output.title).toContain("the build argument TOKEN is a secret, and builds of forks get none");
    expect(run.output.summary).toContain("push the commit to a branch of this repository");
    await github.comment(shop, { issue: pullRequest.number, body: `/ok-to-build ${commit}` });
    await expect
      .poll(() => notesIn(github, shop, pullRequest.number).map(newestAnswer), PATIENCE)
      .toEqual([expect.stringMatching(/does not wait for approval|builds of forks get none/)]);
    expect(github.checkRuns({ sha: commit }).map(({ conclusion }) => conclusion)).toEqual([run.conclusion]);
    expect(await story.stored("acme/shop", commit)).toBeUndefined();
  });
});
