import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { BuildId } from "../../src/core/build-id.ts";
import { CommitSha } from "../../src/core/commit-sha.ts";
import { createGiteaClient } from "../../src/forges/gitea/client.ts";
import { fetchGiteaHookFaults } from "../../src/forges/gitea/fetch-hook-faults.ts";
import { fetchGiteaRepositories } from "../../src/forges/gitea/fetch-repositories.ts";
import { createGiteaForge } from "../../src/forges/gitea/forge.ts";
import { KNOWN_FORGES } from "../contract/forge/known-forges.ts";
import { buildId, completed, reportOf } from "../contract/forge/report-of.ts";
import { describeForge } from "../contract/forge.ts";
import { type FailingProxy, startFailingProxy } from "../harness/gitea/failing-proxy.ts";
import { type GiteaShop, openGiteaShop } from "../harness/gitea/gitea-shop.ts";
import { type GiteaServer, giteaObstacle, startGitea } from "../harness/gitea-server.ts";
import { openGiteaForge } from "./open-gitea-forge.ts";

const BUILD_MS = 15 * 60_000;

const obstacle = giteaObstacle();

describe.skipIf(obstacle)(`the Gitea forge${obstacle ? ` (skipped: ${obstacle})` : ""}`, () => {
  let gitea: GiteaServer;
  let proxy: FailingProxy;
  let shop: GiteaShop | undefined;

  async function open() {
    shop = await openGiteaShop(gitea);
    return { ...(await openGiteaForge(shop, proxy)), shop };
  }

  beforeAll(async () => {
    gitea = await startGitea();
    proxy = await startFailingProxy(gitea.port);
  }, BUILD_MS);
  afterEach(async () => {
    await shop?.close();
    shop = undefined;
  });
  afterAll(async () => {
    await proxy?.close();
    await gitea?.close();
  });

  describeForge(open, KNOWN_FORGES.Gitea.abilities);

  type Status = { context: string; status: string; description: string };

  /** All that were ever added, of up to a hundred. */
  async function statusesOf({ owner, path }: GiteaShop, commit: string): Promise<Status[]> {
    const page = (number: number) =>
      owner.ask<Status[]>("GET", `${path}/commits/${commit}/statuses?limit=50&page=${number}`);
    return [...(await page(1)), ...(await page(2))];
  }

  it("asks Gitea five times for a push with one image, and once for its own name", async () => {
    const { forge, repository, commit } = await open();
    proxy.takeRequests();
    const archive = await forge.fetchArchive(repository, commit, new AbortController().signal);
    await archive.resume().toArray();
    const target = { repository, commit, mayExist: false };
    const { reportId } = await forge.publishReport(target, reportOf());
    await forge.publishReport({ ...target, reportId, mayExist: true }, reportOf(completed));
    const asked = proxy.takeRequests().map((request) => request.replace(commit, "SHA").split("?")[0]);
    expect(asked).toEqual([
      "GET /api/v1/repos/acme/shop/git/commits/SHA",
      "GET /api/v1/repos/acme/shop/archive/SHA.tar.gz",
      "POST /api/v1/repos/acme/shop/statuses/SHA",
      "GET /api/v1/user",
      "GET /api/v1/repos/acme/shop/commits/SHA/statuses",
      "POST /api/v1/repos/acme/shop/statuses/SHA",
    ]);
  });

  it("adds no status that says what is shown already, however often it is published", async () => {
    const { forge, repository, commit, shop } = await open();
    const target = { repository, commit, mayExist: true };
    const { reportId } = await forge.publishReport(target, reportOf());
    for (let times = 0; times < 3; times += 1) await forge.publishReport({ ...target, reportId }, reportOf());
    await forge.publishReport({ ...target, reportId }, reportOf({ title: "Pushing" }));
    for (let times = 0; times < 3; times += 1) await forge.publishReport(target, reportOf(completed));
    const added = (await statusesOf(shop, commit)).map(({ status, description }) => [status, description]);
    expect(added.toSorted()).toEqual([
      ["pending", "Building"],
      ["pending", "Pushing"],
      ["success", "Building"],
    ]);
  });

  it("shows its report although somebody else wrote one that looks as if it were a later one", async () => {
    const { forge, repository, commit, shop, shown } = await open();
    const { reportId } = await forge.publishReport({ repository, commit, mayExist: false }, reportOf());
    const other: BuildId = "b".repeat(24) as BuildId;
    await shop.owner.ask("POST", `${shop.path}/statuses/${commit}`, {
      ...{ context: "pushwright", state: "success", description: "Building" },
      target_url: `https://evil.example/#build-${other}`,
    });
    await forge.publishReport({ repository, commit, reportId, mayExist: true }, reportOf(completed));
    expect(await shown(buildId)).toMatchObject([{ status: "success" }]);
    expect(await shown(other)).toEqual([]);
  });

  it("finds its report and its note among many", async () => {
    const { forge, repository, commit, shop, pushCommit, openPullRequest, comment, comments } = await open();
    const target = { repository, commit, mayExist: true };
    const { reportId } = await forge.publishReport(target, reportOf());
    await pushCommit({ branch: "fix", files: { fixed: "yes" } });
    const thread = { kind: "pull-request", number: await openPullRequest({ branch: "fix" }) } as const;
    await Promise.all(Array.from({ length: 60 }, () => comment(thread, "Well …")));
    const { noteId } = await forge.publishNote(repository, thread, "Building");
    expect(await forge.publishNote(repository, thread, "Built")).toEqual({ noteId });
    expect(await comments(thread)).toHaveLength(61);
    const lint = { state: "success", description: "No faults" };
    for (let index = 0; index < 60; index += 1)
      await shop.owner.ask("POST", `${shop.path}/statuses/${commit}`, { ...lint, context: `lint ${index}` });
    expect(await forge.publishReport(target, reportOf())).toEqual({ reportId });
    const own = (await statusesOf(shop, commit)).filter(({ context }) => context === "pushwright");
    expect(own).toHaveLength(1);
  });

  it("reads what changed of more commits than are on one page", async () => {
    const { forge, repository, commit, shop } = await open();
    await shop.git("checkout", "--quiet", "--detach", commit);
    for (let index = 0; index < 60; index += 1)
      await shop.git("commit", "--quiet", "--allow-empty", "-m", "…");
    const last = await shop.push({
      branch: "main",
      from: await shop.git("rev-parse", "HEAD"),
      files: { a: "b" },
    });
    expect(
      await forge.fetchChangedFiles(repository, { since: commit, commit: CommitSha.parse(last) }),
    ).toEqual(["a"]);
    expect(await forge.isPushedHere(repository, commit, "main")).toBe(true);
  });

  it("tells a commit that was pushed here from one that is a fork's", async () => {
    const { forge, repository, commit, pushCommit, openPullRequest } = await open();
    const isHere = (sha: CommitSha) => forge.isPushedHere(repository, sha, "main");
    const earlier = await pushCommit({ branch: "fix", files: { fixed: "yes" } });
    const head = await pushCommit({ branch: "fix", files: { fixed: "really" } });
    for (const sha of [commit, earlier, head]) expect(await isHere(sha)).toBe(true);
    const strange = await pushCommit({ branch: "main", inFork: true, files: { strange: "yes" } });
    expect(await isHere(strange)).toBe(false);
    await openPullRequest({ branch: "main", inFork: true });
    expect(await forge.fetchMessage(repository, strange)).toBe("Change files");
    expect(await isHere(strange)).toBe(false);
    expect(await isHere(CommitSha.parse("f".repeat(40)))).toBe(false);
  });

  it("goes on with a repository that was renamed meanwhile", async () => {
    const { forge, repository, commit, shop } = await open();
    const renamed = { path: "/repos/acme/store" };
    await shop.owner.ask("PATCH", shop.path, { name: "store" });
    try {
      expect(await forge.fetchMessage(repository, commit)).toBe("Change files");
      await forge.publishReport({ repository, commit, mayExist: true }, reportOf(completed));
      expect(await statusesOf({ ...shop, ...renamed }, commit)).toMatchObject([{ status: "success" }]);
    } finally {
      await shop.owner.ask("PATCH", renamed.path, { name: "shop" });
    }
  });

  it("counts an owner as an administrator, and lets everybody read what is public", async () => {
    const { forge, repository, shop } = await open();
    await shop.owner.ask("PATCH", shop.path, { private: false });
    expect(await forge.fetchPermission(repository, "acme")).toBe("admin");
    await gitea.person("stranger");
    expect(await forge.fetchPermission(repository, "stranger")).toBe("read");
  });

  it("says what the bot's account and token need when Gitea refuses them", async () => {
    const { forge, repository, commit, shop } = await open();
    await shop.owner.ask("PUT", `${shop.path}/collaborators/pushwright`, { permission: "write" });
    await expect(forge.fetchPermission(repository, "eve")).rejects.toMatchObject({
      diagnosis: { class: "permanent", remedy: expect.stringContaining("administrator of the repository") },
    });
    const stranger = createGiteaForge(createGiteaClient({ url: gitea.url, token: "0".repeat(40) }));
    await expect(stranger.fetchMessage(repository, commit)).rejects.toMatchObject({
      diagnosis: { class: "permanent", remedy: expect.stringContaining("PUSHWRIGHT_GITEA_TOKEN") },
    });
  });

  it("tells what is wrong with the webhooks of the repositories that the bot may build", async () => {
    const { repository, shop } = await open();
    const client = createGiteaClient({ url: gitea.url, token: shop.botToken });
    const url = "http://127.0.0.1:9/api/gitea/webhooks";
    const faults = () => fetchGiteaHookFaults(client, repository, url);
    expect(await fetchGiteaRepositories(client)).toEqual([repository]);
    expect(await faults()).toBeUndefined();
    await shop.addHook({ url, secret: "a secret" });
    expect(await faults()).toEqual([]);
    const [hook] = await shop.owner.ask<{ id: number }[]>("GET", `${shop.path}/hooks`);
    const changes = { active: false, events: ["push"], branch_filter: "main" };
    await shop.owner.ask("PATCH", `${shop.path}/hooks/${hook?.id}`, changes);
    expect(await faults()).toEqual([
      expect.stringContaining(`Webhook ${hook?.id}: It is not active`),
      expect.stringContaining("“Pull request”, “Pull request synchronized”, “Pull request comment”"),
      expect.stringContaining("branches main only"),
    ]);
  });

  it("asks for no file outside of the repository", async () => {
    const { forge, repository, commit } = await open();
    proxy.takeRequests();
    for (const path of ["../../../user", "a/../../b", "", "/", "."])
      expect(await forge.fetchFile(repository, commit, path, 100)).toBeUndefined();
    expect(await forge.fetchPermission(repository, "..")).toBe("none");
    expect(proxy.takeRequests()).toEqual([]);
  });
});
