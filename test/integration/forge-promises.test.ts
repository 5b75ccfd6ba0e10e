import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { startGitLab } from "../fakes/gitlab/start-gitlab.ts";
import { type BotProcess, startBot } from "../harness/bot-process.ts";
import { writeDeadClusterConfig } from "../harness/dead-cluster.ts";
import { openGiteaShop } from "../harness/gitea/gitea-shop.ts";
import { giteaObstacle, startGitea } from "../harness/gitea-server.ts";
import { type RedisServer, redisObstacle, startRedis } from "../harness/redis-server.ts";
import { openWebhookRecorder, sendOn, type WebhookRecorder } from "../harness/webhook-recorder.ts";

/** Gitea is built from source where it was not yet. */
const BUILD_MS = 20 * 60_000;
/** As hostile as Git lets a branch's name be. */
const HOSTILE = "fix/`$(id)`-<b>@acme-|--#1";

type PromisedForge = {
  /** The bot's settings for it. */
  settings: Record<string, string>;
  webhookPath: string;
  /** The header that names a delivery, and the one that proves where it comes from. */
  headers: { delivery: string; proof: string };
  /** Pushes a commit to `acme/shop` and gives its SHA. */
  push(branch: string, files: Record<string, string>): Promise<string>;
  close(): Promise<void>;
};

/** What holds on every forge, through the whole of the bot: `open` starts the forge, whose webhooks go to `url`. */
function promises(open: (url: string, secret: string) => Promise<PromisedForge>): void {
  let recorder: WebhookRecorder;
  let redis: RedisServer;
  let forge: PromisedForge;
  let bot: BotProcess;
  let folder: string;
  let webhookUrl: string;

  const start = async () => {
    bot = await startBot({
      ...forge.settings,
      REDIS_URL: redis.url,
      KUBECONFIG: await writeDeadClusterConfig(folder),
      PUSHWRIGHT_DATA: join(folder, "data"),
      PUSHWRIGHT_REGISTRY_PUSH: "registry.invalid:5000",
    });
    webhookUrl = `${bot.url}${forge.webhookPath}`;
  };
  beforeAll(async () => {
    [recorder, redis] = await Promise.all([openWebhookRecorder(), startRedis()]);
    [forge, folder] = await Promise.all([
      open(recorder.url, randomUUID()),
      mkdtemp(join(tmpdir(), "pushwright-promises-")),
    ]);
    await start();
  }, BUILD_MS);
  afterAll(async () => {
    await bot?.stop("SIGKILL");
    await Promise.all([forge?.close(), recorder?.close(), redis?.dispose()]);
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const pushed = async (branch: string, content: string) => {
    const commit = await forge.push(branch, { Dockerfile: "FROM scratch\n", content });
    return { commit, webhook: await recorder.next(commit, "refs/heads/") };
  };
  const accepted = (sha: string) => bot.line(({ commit, stage }) => commit === sha && stage === "accepted");

  it("builds once what is delivered twice, by the same delivery and by another", async () => {
    const { commit, webhook } = await pushed("main", "one");
    expect(await sendOn(webhookUrl, webhook)).toBe(200);
    const { build } = await accepted(commit);
    expect(await sendOn(webhookUrl, webhook)).toBe(200);
    await bot.line(({ msg }) => msg === "delivery ignored: it came before");
    const headers = { [forge.headers.delivery]: randomUUID() };
    expect(await sendOn(webhookUrl, webhook, { headers })).toBe(200);
    await bot.line(({ msg }) => msg === "event ignored: its build is known already");
    expect(bot.log.filter((line) => line.stage === "accepted" && line.build === build)).toHaveLength(1);
  });

  it("takes nothing whose proof is wrong or missing", async () => {
    const { commit, webhook } = await pushed("main", "forged");
    const { [forge.headers.proof]: proof, ...unsigned } = webhook.headers;
    expect(proof).toBeDefined();
    const other = { headers: { [forge.headers.proof]: "0".repeat(64) } };
    expect(await sendOn(webhookUrl, webhook, other)).toBe(401);
    expect(await sendOn(webhookUrl, { ...webhook, headers: unsigned })).toBe(401);
    expect(await sendOn(webhookUrl, webhook)).toBe(200);
    await accepted(commit);
    expect(bot.log.filter((line) => line.stage === "accepted" && line.commit === commit)).toHaveLength(1);
  });

  it("builds a branch however it is called", async () => {
    const { commit, webhook } = await pushed(HOSTILE, "hostile");
    expect(await sendOn(webhookUrl, webhook)).toBe(200);
    await accepted(commit);
  });

  it("goes on after its process was killed with what it had said 200 to", async () => {
    const { commit, webhook } = await pushed("main", "killed");
    expect(await sendOn(webhookUrl, webhook)).toBe(200);
    await bot.stop("SIGKILL");
    await start();
    await bot.line((line) => line.commit === commit);
  });

  it("answers with a 5xx while the queue is down, and takes the same delivery once it is back", async () => {
    const { commit, webhook } = await pushed("main", "down");
    await redis.kill();
    expect(await sendOn(webhookUrl, webhook)).toBeGreaterThanOrEqual(500);
    await redis.start();
    await expect.poll(() => sendOn(webhookUrl, webhook), { timeout: 20_000 }).toBe(200);
    await accepted(commit);
  });
}

describeWith(redisObstacle(), "what GitLab is promised", () =>
  promises(async (url, secret) => {
    const gitlab = await startGitLab();
    Object.assign(gitlab.webhook, { url, secret });
    const shop = await gitlab.createProject({ files: { README: "shop" } });
    return {
      settings: {
        PUSHWRIGHT_GITLAB_URL: gitlab.url,
        PUSHWRIGHT_GITLAB_TOKEN: gitlab.bot.secret,
        PUSHWRIGHT_GITLAB_WEBHOOK_SECRET: secret,
      },
      webhookPath: "/api/gitlab/webhooks",
      headers: { delivery: "idempotency-key", proof: "x-gitlab-token" },
      push: async (branch, files) => (await gitlab.push(shop, { branch, files })).after,
      async close() {
        await gitlab.close();
        expect(gitlab.faults).toEqual([]);
      },
    };
  }),
);

describeWith(redisObstacle() ?? giteaObstacle(), "what Gitea is promised", () =>
  promises(async (url, secret) => {
    const gitea = await startGitea();
    const shop = await openGiteaShop(gitea);
    await shop.addHook({ url, secret });
    return {
      settings: {
        PUSHWRIGHT_GITEA_URL: gitea.url,
        PUSHWRIGHT_GITEA_TOKEN: shop.botToken,
        PUSHWRIGHT_GITEA_WEBHOOK_SECRET: secret,
      },
      webhookPath: "/api/gitea/webhooks",
      headers: { delivery: "x-gitea-delivery", proof: "x-gitea-signature" },
      push: (branch, files) => shop.push({ branch, files }),
      async close() {
        await shop.close();
        await gitea.close();
      },
    };
  }),
);
