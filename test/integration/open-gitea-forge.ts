import { execFileSync } from "node:child_process";
import type { BuildId } from "../../src/core/build-id.ts";
import { CommitSha } from "../../src/core/commit-sha.ts";
import type { Permission } from "../../src/core/permission.ts";
import type { Repository } from "../../src/core/repository.ts";
import { createGiteaClient } from "../../src/forges/gitea/client.ts";
import { createGiteaForge } from "../../src/forges/gitea/forge.ts";
import type { ForgeUnderTest, NewCommit, ShownReport } from "../contract/forge/forge-under-test.ts";
import type { FailingProxy } from "../harness/gitea/failing-proxy.ts";
import type { GiteaShop } from "../harness/gitea/gitea-shop.ts";

const LEVELS: Partial<Record<Permission, string>> = { read: "read", write: "write", admin: "admin" };

/** Gitea's words for a status, in the words of reports. */
const SHOWN: Record<string, string> = {
  pending: "in-progress",
  success: "success",
  failure: "failure",
  warning: "cancelled",
};

type Status = { context: string; status: string; description: string; target_url: string };

/** The Gitea adapter against a real Gitea, by way of a proxy that can fail. */
export async function openGiteaForge(shop: GiteaShop, proxy: FailingProxy): Promise<ForgeUnderTest> {
  const { gitea, owner, path } = shop;
  const commit = CommitSha.parse(
    await shop.push({ branch: "main", files: { Dockerfile: "FROM scratch\n" } }),
  );
  const repository: Repository = {
    ...{ forge: "gitea", host: gitea.host, owner: "acme", name: "shop", access: "token" },
    url: `${gitea.url}/acme/shop`,
  };
  return {
    ...{ repository, commit },
    ...talkIn(shop),
    forge: createGiteaForge(createGiteaClient({ url: proxy.url, token: shop.botToken })),
    archive: archiveOf(gitea.gitFolder("acme/shop"), commit),
    shown: (buildId) => shownReports(shop, commit, buildId),
    failNext: (kind) => proxy.failNext(kind),
    async pushCommit({ inFork, ...pushed }: NewCommit) {
      const source = inFork ? await shop.fork() : shop;
      return CommitSha.parse(await source.push(pushed));
    },
    async openPullRequest({ branch, inFork }) {
      const head = inFork ? `eve:${branch}` : branch;
      const author = inFork ? await gitea.person("eve") : owner;
      const request = { base: "main", head, title: "Fix it" };
      return (await author.ask<{ number: number }>("POST", `${path}/pulls`, request)).number;
    },
    async closePullRequest(number) {
      await owner.ask("PATCH", `${path}/pulls/${number}`, { state: "closed" });
    },
    deleteFork: () => shop.deleteFork(),
    async allow(login, permission) {
      await gitea.person(login);
      const level = LEVELS[permission];
      const collaborator = `${path}/collaborators/${login}`;
      if (level === undefined) await owner.ask("DELETE", collaborator);
      else await owner.ask("PUT", collaborator, { permission: level });
    },
  };
}

type Comment = { id: number; body: string; user: { login: string } };

type Talk = Pick<ForgeUnderTest, "comment" | "comments" | "reactions" | "deleteComment">;

function talkIn({ owner, path }: GiteaShop): Talk {
  return {
    async comment(thread, body) {
      if (thread.kind === "commit") throw new Error("Gitea has no comments on commits");
      const issue = `${path}/issues/${thread.number}`;
      return String((await owner.ask<{ id: number }>("POST", `${issue}/comments`, { body })).id);
    },
    async comments(thread) {
      if (thread.kind === "commit") return [];
      const listed = await owner.ask<Comment[]>("GET", `${path}/issues/${thread.number}/comments`);
      return listed.map(({ id, body, user }) => ({
        id: String(id),
        body,
        isBots: user.login === "pushwright",
      }));
    },
    async reactions({ commentId }) {
      const reactions = `${path}/issues/comments/${commentId}/reactions`;
      const listed = await owner.ask<{ content: string }[] | null>("GET", reactions);
      return (listed ?? []).map(({ content }) => content);
    },
    async deleteComment({ commentId }) {
      await owner.ask("DELETE", `${path}/issues/comments/${commentId}`);
    },
  };
}

function archiveOf(gitFolder: string, commit: CommitSha): Buffer {
  return execFileSync("git", ["-C", gitFolder, "archive", "--format=tar.gz", "--prefix=shop/", commit]);
}

/** What Gitea's pages show on the commit: of each context the newest status. */
async function shownReports(
  { owner, path }: GiteaShop,
  commit: CommitSha,
  buildId: BuildId,
): Promise<ShownReport[]> {
  const combined = `${path}/commits/${commit}/status`;
  const { statuses } = await owner.ask<{ statuses: Status[] | null }>("GET", combined);
  return (statuses ?? [])
    .filter(({ target_url }) => target_url.endsWith(`#build-${buildId}`))
    .map(({ context, status, description }) => ({
      ...{ name: context, status: SHOWN[status] ?? status, title: description },
      ...{ summary: "", text: "", annotations: 0 },
    }));
}
