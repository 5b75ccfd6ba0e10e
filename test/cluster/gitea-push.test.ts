import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { type BotProcess, startBot } from "../harness/bot-process.ts";
import { type ClusterNamespace, createNamespace } from "../harness/cluster-namespace.ts";
import type { GiteaPerson } from "../harness/gitea/gitea-people.ts";
import { type GiteaShop, openGiteaShop } from "../harness/gitea/gitea-shop.ts";
import { newestStatus } from "../harness/gitea/newest-status.ts";
import { type GiteaServer, giteaObstacle, startGitea } from "../harness/gitea-server.ts";
import { newestAnswer } from "../harness/notes.ts";
import { storedImage } from "../harness/stored-image.ts";
import {
  ensureLocalCluster,
  type LocalCluster,
  localClusterObstacle,
} from "../local-cluster/local-cluster.ts";

const WAIT = { timeout: 120_000, interval: 300 };
/** Gitea is built from source where it was not yet. */
const BUILD_MS = 20 * 60_000;

type Status = { id: number; context: string; status: string; description: string };
type Comment = { user: { login: string }; body: string };

describeWith(localClusterObstacle() ?? giteaObstacle(), "a push to a real Gitea", () => {
  let cluster: LocalCluster;
  let namespace: ClusterNamespace;
  let gitea: GiteaServer;
  let shop: GiteaShop;
  let bot: BotProcess;
  let folder: string;

  beforeAll(async () => {
    cluster = await ensureLocalCluster(() => {});
    gitea = await startGitea();
    [namespace, shop, folder] = await Promise.all([
      createNamespace(cluster.kubeconfig),
      openGiteaShop(gitea),
      mkdtemp(join(tmpdir(), "pushwright-gitea-story-")),
    ]);
    const { push, pull, api } = cluster.registry;
    const secret = randomUUID();
    bot = await startBot({
      PUSHWRIGHT_GITEA_URL: gitea.url,
      PUSHWRIGHT_GITEA_TOKEN: shop.botToken,
      PUSHWRIGHT_GITEA_WEBHOOK_SECRET: secret,
      KUBECONFIG: cluster.kubeconfig,
      PUSHWRIGHT_DATA: join(folder, "data"),
      PUSHWRIGHT_NAMESPACE: namespace.name,
      PUSHWRIGHT_KANIKO_IMAGE: cluster.kanikoImage,
      PUSHWRIGHT_REGISTRY_PUSH: `${push}/${namespace.name}`,
      PUSHWRIGHT_REGISTRY_PULL: `${pull}/${namespace.name}`,
      PUSHWRIGHT_REGISTRY_API: `${new URL(api).host}/${namespace.name}`,
      PUSHWRIGHT_REGISTRY_INSECURE: "true",
    });
    await shop.addHook({ url: `${bot.url}/api/gitea/webhooks`, secret });
  }, BUILD_MS);
  afterAll(async () => {
    await bot?.stop();
    await shop?.close();
    await gitea?.close();
    await namespace?.remove();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const base = () => cluster.baseImage.replace(cluster.registry.pull, cluster.registry.push);
  const stored = (imageTag: string) =>
    storedImage(cluster.registry.api, `${namespace.name}/acme/shop`, imageTag);
  const statusOf = async (commit: string): Promise<Status | undefined> =>
    newestStatus(
      (await shop.owner.ask<Status[]>("GET", `${shop.path}/commits/${commit}/statuses`)).filter(
        ({ context }) => context === "pushwright",
      ),
    );
  const notes = async (number: number): Promise<Comment[]> =>
    (await shop.owner.ask<Comment[]>("GET", `${shop.path}/issues/${number}/comments`)).filter(
      ({ user }) => user.login === "pushwright",
    );

  it("becomes an image, whose digest is the commit's status; a pushed Git tag adds its name", async () => {
    const commit = await shop.push({
      branch: "main",
      files: { Dockerfile: `FROM ${base()}\nRUN echo built from Gitea\n` },
    });
    await expect.poll(async () => (await statusOf(commit))?.status, WAIT).toBe("success");
    const image = await stored(commit);
    expect((await statusOf(commit))?.description).toContain(image?.digest);
    await shop.git("tag", "v1.0.0");
    await shop.git("push", "--quiet", "origin", "v1.0.0");
    await expect.poll(async () => (await stored("v1.0.0")) !== undefined, WAIT).toBe(true);
  });

  it("from a fork waits for approval, and is then built without being pushed", async () => {
    const fork = await shop.fork();
    const commit = await fork.push({ branch: "fix", files: { fixed: "yes" } });
    const eve = await gitea.person("eve");
    const request = { base: "main", head: "eve:fix", title: "A fix" };
    const { number } = await eve.ask<{ number: number }>("POST", `${shop.path}/pulls`, request);
    const comments = `${shop.path}/issues/${number}/comments`;
    await expect.poll(async () => (await statusOf(commit))?.status, WAIT).toBe("pending");
    expect((await statusOf(commit))?.description).toMatch(/approv/i);

    await eve.ask("POST", comments, { body: `/ok-to-build ${commit}` });
    await expect.poll(async () => (await notes(number)).length, WAIT).toBe(1);
    expect((await notes(number))[0]?.body).toContain("write");
    expect((await statusOf(commit))?.status).toBe("pending");

    await shop.owner.ask("POST", comments, { body: `/ok-to-build ${commit}` });
    await expect.poll(async () => (await statusOf(commit))?.status, WAIT).toBe("success");
    expect((await statusOf(commit))?.description).toContain("not pushed");
    expect(await stored(commit)).toBeUndefined();
    expect(await notes(number)).toHaveLength(1);
  });

  it("is steered by comments on its pull request, by those who may, with one note kept up to date", async () => {
    const writer = await gitea.person("mona");
    await shop.owner.ask("PUT", `${shop.path}/collaborators/mona`, { permission: "write" });
    const commit = await shop.push({
      branch: "steered",
      files: { Dockerfile: `FROM ${base()}\nRUN sleep 60\n` },
    });
    const request = { base: "main", head: "steered", title: "Steered" };
    const { number } = await writer.ask<{ number: number }>("POST", `${shop.path}/pulls`, request);
    const say = async (person: GiteaPerson, body: string) => {
      const { id } = await person.ask<{ id: number }>("POST", `${shop.path}/issues/${number}/comments`, {
        body,
      });
      return async () => {
        const path = `${shop.path}/issues/comments/${id}/reactions`;
        return ((await shop.owner.ask<{ content: string }[] | null>("GET", path)) ?? []).map(
          ({ content }) => content,
        );
      };
    };
    const note = async () => (await notes(number)).map(({ body }) => body).join("\n");
    const eve = await gitea.person("eve");
    await expect.poll(async () => (await statusOf(commit))?.status, WAIT).toBe("pending");

    const refused = await say(eve, "/cancel");
    await expect.poll(refused, WAIT).toContain("eyes");
    await expect.poll(note, WAIT).toMatch(/needs the permission `write`/);
    expect((await statusOf(commit))?.status).toBe("pending");

    await say(writer, "/why");
    await expect.poll(note, WAIT).toMatch(/steered/);
    await say(writer, "/cancel");
    await expect.poll(async () => (await statusOf(commit))?.status, WAIT).not.toBe("pending");
    expect((await statusOf(commit))?.description).toMatch(/cancel/i);

    const mended = await shop.push({
      branch: "steered",
      files: { Dockerfile: `FROM ${base()}\nRUN echo again\n` },
    });
    await expect.poll(async () => (await statusOf(mended))?.status, WAIT).toBe("success");
    await say(writer, "/rebuild --no-cache");
    const successes = async () =>
      (await shop.owner.ask<Status[]>("GET", `${shop.path}/commits/${mended}/statuses`)).filter(
        ({ status }) => status === "success",
      ).length;
    await expect.poll(successes, WAIT).toBe(2);
    expect(await notes(number)).toHaveLength(1);
  });

  it("of a public repository can be steered by a writer, and by an outsider not at all", async () => {
    await shop.owner.ask("PATCH", shop.path, { private: false });
    const commit = await shop.push({
      branch: "open",
      files: { Dockerfile: `FROM ${base()}\nRUN echo open to all\n` },
    });
    await expect.poll(async () => (await statusOf(commit))?.status, WAIT).toBe("success");
    const [outsider, writer] = await Promise.all([gitea.person("otto"), gitea.person("mona")]);
    const request = { base: "main", head: "open", title: "Open" };
    const { number } = await writer.ask<{ number: number }>("POST", `${shop.path}/pulls`, request);
    const say = (person: GiteaPerson, body: string) =>
      person.ask("POST", `${shop.path}/issues/${number}/comments`, { body });
    const answered = async (words: string | RegExp) => {
      await expect
        .poll(async () => newestAnswer((await notes(number)).map(({ body }) => body).join("\n")), WAIT)
        .toMatch(words);
      expect(await notes(number)).toHaveLength(1);
    };
    const all = async () =>
      (await shop.owner.ask<Status[]>("GET", `${shop.path}/commits/${commit}/statuses`)).length;
    const before = await all();

    for (const command of ["build", "rebuild", "cancel", "promote stolen", "ok-to-build"]) {
      await say(outsider, `/${command}`);
      const [word = ""] = command.split(" ");
      await answered(
        new RegExp(`/${word}\\b[^]*needs the permission \`write\`[^]*\`otto\` has only \`read\``),
      );
    }
    expect(await all()).toBe(before);
    expect(await stored("stolen")).toBeUndefined();
    await say(outsider, "/status");
    await answered((await stored(commit))?.digest.slice(0, 19) ?? "no image");

    await say(writer, "/build");
    await answered(/built already/);
    await say(writer, "/promote production");
    await expect
      .poll(async () => (await stored("production"))?.digest, WAIT)
      .toBe((await stored(commit))?.digest);
  });

  it("that fails is a failed status that says why", async () => {
    const commit = await shop.push({
      branch: "broken",
      files: { Dockerfile: `FROM ${base()}\nRUN exit 7\n` },
    });
    await expect.poll(async () => (await statusOf(commit))?.status, WAIT).toBe("failure");
    expect((await statusOf(commit))?.description).toContain("7");
  });
});
