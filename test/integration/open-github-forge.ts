import { execFileSync } from "node:child_process";
import { pino } from "pino";
import type { BuildId } from "../../src/core/build-id.ts";
import { CommitSha } from "../../src/core/commit-sha.ts";
import type { Thread } from "../../src/core/forge-event.ts";
import { createGitHubClient } from "../../src/forges/github/client.ts";
import { createGitHubForge } from "../../src/forges/github/forge.ts";
import type { ForgeUnderTest, NewCommit } from "../contract/forge/forge-under-test.ts";
import { resolveCommit } from "../fakes/git/read-refs.ts";
import type { GitHub } from "../fakes/github/github.ts";
import type { CommitComment } from "../fakes/github/state/commit-comments.ts";
import type { Comment, PullRequest } from "../fakes/github/state/issues.ts";
import type { Repository } from "../fakes/github/state/repositories.ts";

const log = pino({ level: "silent" });

/** The GitHub adapter against a stand-in that has just been started. */
export async function openGitHubForge(github: GitHub): Promise<ForgeUnderTest & { shop: Repository }> {
  const shop = await github.createRepository({ files: { Dockerfile: "FROM scratch\n" } });
  const commit = CommitSha.parse(await resolveCommit(shop.gitDirectory, "main"));
  const people = conversationsOn(github, shop);
  let fork: Repository | undefined;

  async function forked(inFork?: boolean): Promise<Repository> {
    if (!inFork) return shop;
    fork ??= await github.createRepository({ owner: "eve", forkOf: shop, isInstalled: false });
    return fork;
  }

  return {
    ...people,
    ...{ shop, commit },
    forge: createGitHubForge(
      createGitHubClient(
        {
          appId: String(github.appId),
          privateKey: github.privateKey,
          baseUrl: `${github.url}/api/v3`,
        },
        log,
      ),
    ),
    repository: {
      ...{ forge: "github", host: github.host, owner: "acme", name: "shop" },
      url: "https://github.com/acme/shop",
      access: `${github.world.installations.reaching(shop)?.id}/${shop.id}`,
    },
    archive: archiveOf(shop, commit),
    shown: async (buildId) => shownReports(github, buildId),
    failNext(kind) {
      const path = /^\/repos\//;
      if (kind === "refused") github.failNext({ path, status: 502 });
      else github.failNext({ path, method: "POST", disconnect: true, afterEffect: true });
    },
    async pushCommit({ inFork, from, ...push }: NewCommit) {
      const pushed = await github.push(await forked(inFork), { ...push, ...(from && { from, force: true }) });
      return CommitSha.parse(pushed.after);
    },
    async openPullRequest({ branch: head, inFork }) {
      const request = { head, headRepository: await forked(inFork) };
      return (await github.openPullRequest(shop, request)).pullRequest.number;
    },
    async closePullRequest(number) {
      await github.closePullRequest(github.world.issues.find(shop, number) as PullRequest);
    },
    async deleteFork() {
      github.deleteRepository(await forked(true));
    },
    async allow(login, permission) {
      shop.collaborators.set(login, permission);
    },
  };
}

type Conversations = Pick<ForgeUnderTest, "comment" | "comments" | "reactions" | "deleteComment">;

function conversationsOn(github: GitHub, shop: Repository): Conversations {
  const commentsIn = (thread: Thread): (Comment | CommitComment)[] =>
    thread.kind === "commit"
      ? github.commitComments().filter(({ sha }) => sha === thread.commit)
      : github.comments().filter(({ issue }) => issue.number === thread.number);
  return {
    async comment(thread, body) {
      const { comment } =
        thread.kind === "commit"
          ? await github.commentOnCommit(shop, { sha: thread.commit, body })
          : await github.comment(shop, { issue: thread.number, body });
      return String(comment.id);
    },
    comments: async (thread) =>
      commentsIn(thread).map(({ id, author, body }) => ({
        id: String(id),
        isBots: author.login === "pushwright[bot]",
        body,
      })),
    reactions: async ({ thread, commentId }) => {
      const comment = commentsIn(thread).find(({ id }) => String(id) === commentId);
      return (comment?.reactions ?? []).map(({ content }) => content);
    },
    async deleteComment({ thread, commentId }) {
      const comment = commentsIn(thread).find(({ id }) => String(id) === commentId);
      if (comment && "issue" in comment) await github.deleteComment(comment);
      else if (comment) github.deleteCommitComment(comment);
    },
  };
}

function archiveOf(shop: Repository, commit: CommitSha): Buffer {
  const prefix = `--prefix=acme-shop-${commit}/`;
  return execFileSync("git", ["-C", shop.gitDirectory, "archive", "--format=tar.gz", prefix, commit]);
}

function shownReports(github: GitHub, buildId: BuildId) {
  return github
    .checkRuns()
    .filter((run) => run.externalId === buildId)
    .map((run) => ({
      name: run.name,
      status: (run.conclusion ?? run.status).replace("_", "-"),
      title: run.output.title ?? "",
      summary: run.output.summary ?? "",
      text: run.output.text ?? "",
      annotations: run.annotations.length,
    }));
}
