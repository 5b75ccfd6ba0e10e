import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { describeWith } from "../describe-with.ts";
import type { GitLab } from "../fakes/gitlab/gitlab.ts";
import { startGitLab } from "../fakes/gitlab/start-gitlab.ts";
import { LEVELS } from "../fakes/gitlab/state/world.ts";
import type { BotProcess } from "../harness/bot-process.ts";
import { endedCheck } from "../harness/ended-check.ts";
import { type GiteaShop, openGiteaShop } from "../harness/gitea/gitea-shop.ts";
import { newestStatus } from "../harness/gitea/newest-status.ts";
import { type GiteaServer, giteaObstacle, startGitea } from "../harness/gitea-server.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

const WAIT = { timeout: 120_000, interval: 300 };
/** Gitea is built from source where it was not yet. */
const BUILD_MS = 20 * 60_000;

type Status = { id: number; context: string; status: string; description: string };

describeWith(localClusterObstacle() ?? giteaObstacle(), "one bot for GitHub, two GitLabs and a Gitea", () => {
  let story: Story;
  let gitea: GiteaServer;
  let giteaShop: GiteaShop;
  let settings: Record<string, string>;
  let bot: BotProcess;
  const gitlabs: GitLab[] = [];

  beforeAll(async () => {
    story = await openStory();
    gitea = await startGitea();
    giteaShop = await openGiteaShop(gitea);
    const [main, tools] = [await startGitLab(), await startGitLab()];
    gitlabs.push(main, tools);
    const secrets = { main: randomUUID(), tools: randomUUID(), forgejo: randomUUID() };
    settings = {
      PUSHWRIGHT_GITLAB_URL: main.url,
      PUSHWRIGHT_GITLAB_TOKEN: main.bot.secret,
      PUSHWRIGHT_GITLAB_WEBHOOK_SECRET: secrets.main,
      PUSHWRIGHT_GITLAB_IMAGE_PREFIX: "gitlab",
      PUSHWRIGHT_FORGES: JSON.stringify([
        { forge: "gitlab", name: "tools", url: tools.url, imagePrefix: "tools" },
        { forge: "gitea", name: "forgejo", url: gitea.url, imagePrefix: "gitea" },
      ]),
      PUSHWRIGHT_FORGE_TOOLS_TOKEN: tools.bot.secret,
      PUSHWRIGHT_FORGE_TOOLS_WEBHOOK_SECRET: secrets.tools,
      PUSHWRIGHT_FORGE_FORGEJO_TOKEN: giteaShop.botToken,
      PUSHWRIGHT_FORGE_FORGEJO_WEBHOOK_SECRET: secrets.forgejo,
    };
    bot = await story.startBot(settings);
    Object.assign(main.webhook, { url: `${bot.url}/api/gitlab/webhooks`, secret: secrets.main });
    Object.assign(tools.webhook, { url: `${bot.url}/api/gitlab/webhooks/tools`, secret: secrets.tools });
    await giteaShop.addHook({ url: `${bot.url}/api/gitea/webhooks/forgejo`, secret: secrets.forgejo });
  }, BUILD_MS);
  afterAll(async () => {
    await story?.close();
    await giteaShop?.close();
    await gitea?.close();
    for (const gitlab of gitlabs) await gitlab.close();
    expect(gitlabs.flatMap(({ faults }) => faults)).toEqual([]);
  });

  const filesOf = (forge: string) => ({ Dockerfile: `FROM ${story.base}\nRUN echo ${forge} > /forge\n` });

  const pushedToGitLab = async (gitlab: GitLab, name: string) => {
    const shop = await gitlab.createProject({ path: "acme/shop", files: { README: "shop" } });
    const { after } = await gitlab.push(shop, { branch: "main", files: filesOf(name) });
    const status = () => gitlab.statuses.findLast(({ sha, status }) => sha === after && status === "success");
    const { description } = await vi.waitUntil(status, WAIT);
    return { commit: after, title: description };
  };
  const pushedToGitea = async () => {
    const commit = await giteaShop.push({ branch: "main", files: filesOf("gitea") });
    const path = `${giteaShop.path}/commits/${commit}/statuses`;
    const success = async () =>
      (await giteaShop.owner.ask<Status[]>("GET", path)).find(({ status }) => status === "success");
    const { description } = await vi.waitUntil(success, WAIT);
    return { commit, title: description };
  };
  const pushedToGitHub = async () => {
    const { github } = story;
    const shop = await github.createRepository({ owner: "acme", name: "shop", files: { README: "shop" } });
    const { commit, delivery } = await github.push(shop, { branch: "main", files: filesOf("github") });
    expect(delivery).toMatchObject({ statusCode: 200 });
    const { output } = await endedCheck(github, { sha: commit, conclusion: "success" });
    return { commit, title: output.title };
  };

  it("builds acme/shop of each, tells each of its own, and keeps their images apart", async () => {
    const [main, tools] = gitlabs as [GitLab, GitLab];
    const pushes = [
      await pushedToGitHub(),
      ...(await Promise.all([
        pushedToGitLab(main, "gitlab"),
        pushedToGitLab(tools, "tools"),
        pushedToGitea(),
      ])),
    ];
    const paths = ["acme/shop", "gitlab/acme/shop", "tools/acme/shop", "gitea/acme/shop"];
    const digests = await Promise.all(
      pushes.map(async ({ commit }, index) => (await story.stored(paths[index] ?? "", commit))?.digest),
    );
    expect(new Set(digests).size).toBe(4);
    for (const [index, { title }] of pushes.entries()) expect(title).toContain(digests[index]);
  });

  it("believes a GitLab's secret for its own webhooks only", async () => {
    const [main, tools] = gitlabs as [GitLab, GitLab];
    const before = tools.webhook.secret;
    tools.webhook.secret = main.webhook.secret;
    const { status } = await tools.deliver("Push Hook", { object_kind: "push" });
    tools.webhook.secret = before;
    expect(status).toBe(401);
  });

  it("lets a fork's merge request on GitLab wait, and builds it once approved, without pushing it", async () => {
    const [main] = gitlabs as [GitLab, GitLab];
    const target = main.world.projects.find(({ path }) => path === "acme/shop");
    if (!target) throw new Error("acme/shop is not there");
    const source = await main.createProject({ path: "eve/shop", forkOf: target, botLevel: undefined });
    target.members.set(main.world.user("mona").id, LEVELS.developer);
    const { after } = await main.push(source, { branch: "fix", files: { fixed: "yes" }, sender: "eve" });
    const mergeRequest = await main.openMergeRequest(target, { branch: "fix", source, sender: "eve" });
    const statusOf = (wanted: string) =>
      main.statuses.findLast(({ sha, status }) => sha === after && status === wanted);
    const notes = () => main.world.notes.filter(({ author }) => author.id === main.bot.user.id);
    await vi.waitUntil(() => statusOf("canceled")?.description?.match(/approv/i), WAIT);

    const asked = await main.comment(target, { mergeRequest }, `/ok-to-build ${after}`, "eve");
    await vi.waitUntil(() => notes().find(({ body }) => body.includes("has no permission")), WAIT);
    expect(asked.emojis.map(({ name }) => name)).toContain("eyes");
    expect(statusOf("success")).toBeUndefined();

    await main.comment(target, { mergeRequest }, `/ok-to-build ${after}`, "mona");
    const { description } = await vi.waitUntil(() => statusOf("success"), WAIT);
    expect(description).toContain("not pushed");
    expect(await story.stored("gitlab/acme/shop", after)).toBeUndefined();
    expect(notes()).toHaveLength(1);
  });

  it("ends what ran when its process was killed, on every forge", async () => {
    const [main] = gitlabs as [GitLab, GitLab];
    const target = main.world.projects.find(({ path }) => path === "acme/shop");
    if (!target) throw new Error("acme/shop is not there");
    const slow = { Dockerfile: `FROM ${story.base}\nRUN sleep 8\n` };
    const { after } = await main.push(target, { branch: "slow", files: slow });
    const commit = await giteaShop.push({ branch: "slow", files: slow });
    const giteaStatus = async () => {
      const path = `${giteaShop.path}/commits/${commit}/statuses`;
      return newestStatus(await giteaShop.owner.ask<Status[]>("GET", path))?.status;
    };
    const gitlabStatus = () => main.statuses.findLast(({ sha }) => sha === after)?.status;
    await vi.waitUntil(() => gitlabStatus() === "running", WAIT);
    await vi.waitUntil(async () => (await giteaStatus()) === "pending", WAIT);
    await bot.stop("SIGKILL");
    await story.startBot(settings);
    await vi.waitUntil(() => gitlabStatus() === "success", WAIT);
    await vi.waitUntil(async () => (await giteaStatus()) === "success", WAIT);
  });
});
