import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ForgeEvent } from "../../src/core/forge-event.ts";
import { createGiteaClient } from "../../src/forges/gitea/client.ts";
import { createGiteaForge } from "../../src/forges/gitea/forge.ts";
import { type EventMailbox, openEventMailbox } from "../harness/gitea/event-mailbox.ts";
import { type GiteaShop, openGiteaShop } from "../harness/gitea/gitea-shop.ts";
import { type GiteaServer, giteaObstacle, startGitea } from "../harness/gitea-server.ts";

const BUILD_MS = 15 * 60_000;
const files = { Dockerfile: "FROM scratch\n" };

const obstacle = giteaObstacle();

describe.skipIf(obstacle)(`webhooks of a real Gitea${obstacle ? ` (skipped: ${obstacle})` : ""}`, () => {
  let gitea: GiteaServer;
  let shop: GiteaShop;
  let mailbox: EventMailbox;

  beforeAll(async () => {
    gitea = await startGitea();
  }, BUILD_MS);
  beforeEach(async () => {
    shop = await openGiteaShop(gitea);
    mailbox = await openEventMailbox(gitea.host);
    await shop.addHook(mailbox);
  });
  afterEach(async () => {
    await shop?.close();
    await mailbox?.close();
  });
  afterAll(async () => {
    await gitea?.close();
  });

  const kind = <Kind extends ForgeEvent["kind"]>(wanted: Kind) =>
    mailbox.event((event) => event.kind === wanted) as Promise<Extract<ForgeEvent, { kind: Kind }>>;
  const forge = () => createGiteaForge(createGiteaClient({ url: gitea.url, token: shop.botToken }));

  it("hears pushes of a branch, and what it is to be compared with", async () => {
    const first = await shop.push({ branch: "main", files, message: "Begin\n\nReally." });
    const { repository, deliveryId } = await kind("push").then((event) => {
      expect(event).toMatchObject({
        ...{ branch: "main", commit: first, message: "Begin\n\nReally.", changes: {} },
        ...{ defaultBranch: "main", sender: { login: "acme", isBot: false } },
      });
      return event;
    });
    expect(repository).toEqual({
      ...{ forge: "gitea", host: gitea.host, owner: "acme", name: "shop", access: "token" },
      url: `${gitea.url}/acme/shop`,
    });
    expect(deliveryId).toMatch(/^[0-9a-f-]{36}$/);
    const second = await shop.push({ branch: "main", files: { more: "yes" } });
    expect(await kind("push")).toMatchObject({ commit: second, changes: { since: first } });
    await shop.git("push", "--quiet", "origin", `${first}:refs/heads/fix/it`);
    expect(await kind("push")).toMatchObject({ branch: "fix/it", commit: first, changes: {} });
    await shop.git("push", "--quiet", "origin", ":refs/heads/fix/it");
    expect(await mailbox.ignored((reason) => reason.includes("deleted"))).toMatch(/deleted/);
    expect(mailbox.left().filter((parsed) => "event" in parsed)).toEqual([]);
  });

  it("hears of a tag the commit that it names, annotated or not, and that it is gone", async () => {
    const commit = await shop.push({ branch: "main", files, message: "Begin" });
    await kind("push");
    await shop.git("tag", "light");
    await shop.git("tag", "--annotate", "-m", "Version one", "v1/rc");
    await shop.git("push", "--quiet", "origin", "light");
    expect(await kind("tag")).toMatchObject({ gitTag: "light", commit, message: "Begin" });
    await shop.git("push", "--quiet", "origin", "v1/rc");
    expect(await kind("tag")).toMatchObject({ gitTag: "v1/rc", commit, message: "Begin" });
    await shop.git("push", "--quiet", "origin", ":refs/tags/light");
    expect(await mailbox.ignored((reason) => reason.includes("light"))).toBe("refs/tags/light was deleted");
    expect(mailbox.left().filter((parsed) => "event" in parsed)).toEqual([]);
  });

  it("hears of a fork's pull request from its opening to its end", async () => {
    await shop.push({ branch: "main", files });
    const fork = await shop.fork();
    const first = await fork.push({ branch: "fix", files: { fixed: "yes" } });
    const eve = await gitea.person("eve");
    const request = { base: "main", head: "eve:fix", title: "WIP: fix" };
    const { number } = await eve.ask<{ number: number }>("POST", `${shop.path}/pulls`, request);
    const shown = { number, branch: "fix", headRepository: "eve/shop", isFork: true, baseBranch: "main" };
    expect(await kind("pull-request")).toMatchObject({
      ...{ action: "opened", sender: { login: "eve" }, pullRequest: { ...shown, commit: first } },
    });
    const second = await fork.push({ branch: "fix", files: { fixed: "really" } });
    expect(await kind("pull-request")).toMatchObject({
      ...{ action: "updated", pullRequest: { ...shown, commit: second } },
    });
    await shop.owner.ask("PATCH", `${shop.path}/pulls/${number}`, { state: "closed" });
    expect(await kind("pull-request")).toMatchObject({ action: "closed", pullRequest: { number } });
    await shop.owner.ask("PATCH", `${shop.path}/pulls/${number}`, { state: "open" });
    expect(await kind("pull-request")).toMatchObject({ action: "opened", pullRequest: { commit: second } });
  });

  it("takes a pull request that a reader pushed without a fork for a fork's", async () => {
    await shop.push({ branch: "main", files });
    const eves = await shop.clone("eve");
    const commit = await eves.commit({ branch: "main", files: { strange: "yes" } });
    await eves.git("push", "--quiet", "origin", "HEAD:refs/for/main", "-o", "topic=strange");
    const { repository, pullRequest } = await kind("pull-request");
    expect(pullRequest).toMatchObject({ commit, isFork: true, baseBranch: "main" });
    expect(await forge().fetchPullRequest(repository, pullRequest.number)).toMatchObject({ isFork: true });
    expect(await forge().isPushedHere(repository, pullRequest.commit, "main")).toBe(false);
    await eves.close();
  });

  it("hears of a merge, and that a merged branch is gone", async () => {
    await shop.push({ branch: "main", files });
    await shop.push({ branch: "fix", files: { fixed: "yes" } });
    const request = { base: "main", head: "fix", title: "Fix" };
    const { number } = await shop.owner.ask<{ number: number }>("POST", `${shop.path}/pulls`, request);
    expect(await kind("pull-request")).toMatchObject({ action: "opened", pullRequest: { isFork: false } });
    const merge = { Do: "merge", delete_branch_after_merge: true, force_merge: true };
    await shop.owner.ask("POST", `${shop.path}/pulls/${number}/merge`, merge);
    expect(await kind("pull-request")).toMatchObject({ action: "closed", pullRequest: { branch: "fix" } });
    const merged = (event: ForgeEvent) => event.kind === "push" && event.message.startsWith("Merge");
    expect(await mailbox.event(merged)).toMatchObject({ branch: "main" });
  });

  it("hears people's comments on pull requests once, and never its own", async () => {
    await shop.push({ branch: "main", files });
    await shop.push({ branch: "fix", files: { fixed: "yes" } });
    const request = { base: "main", head: "fix", title: "Fix" };
    const { number } = await shop.owner.ask<{ number: number }>("POST", `${shop.path}/pulls`, request);
    const eve = await gitea.person("eve");
    const comments = `${shop.path}/issues/${number}/comments`;
    const { id } = await eve.ask<{ id: number }>("POST", comments, { body: "/build 😀" });
    const { repository, thread } = await kind("comment").then((event) => {
      expect(event).toMatchObject({
        ...{ body: "/build 😀", commentId: String(id), sender: { login: "eve" } },
        thread: { kind: "pull-request", number },
      });
      return event;
    });
    await eve.ask("PATCH", `${shop.path}/issues/comments/${id}`, { body: "/build --no-cache" });
    expect(await mailbox.ignored((reason) => reason.includes("edited"))).toMatch("not run again");
    await forge().publishNote(repository, thread, "Use `/build`.");
    expect(await mailbox.ignored((reason) => reason.includes("own"))).toMatch("Pushwright's own");
    const issue = { title: "A question" };
    const { number: asked } = await eve.ask<{ number: number }>("POST", `${shop.path}/issues`, issue);
    await eve.ask("POST", `${shop.path}/issues/${asked}/comments`, { body: "/build" });
    expect(await mailbox.ignored((reason) => reason.includes("issue"))).toMatch("nothing to build");
  });

  it("takes nothing that is signed with another secret", async () => {
    const { url } = mailbox;
    await shop.addHook({ url, secret: "another" });
    const commit = await shop.push({ branch: "main", files });
    expect(await kind("push")).toMatchObject({ commit });
    await shop.addHook({ url, secret: "" });
    const later = await shop.push({ branch: "main", files: { more: "yes" } });
    expect(await kind("push")).toMatchObject({ commit: later });
    expect(mailbox.left().filter((parsed) => "event" in parsed)).toEqual([]);
  });
});
