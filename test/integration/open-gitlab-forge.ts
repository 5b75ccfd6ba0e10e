import { execFileSync } from "node:child_process";
import { CommitSha } from "../../src/core/commit-sha.ts";
import type { Thread } from "../../src/core/forge-event.ts";
import type { Permission } from "../../src/core/permission.ts";
import { findBuildMark } from "../../src/forges/common/build-mark.ts";
import { createGitLabClient } from "../../src/forges/gitlab/client.ts";
import { createGitLabForge } from "../../src/forges/gitlab/forge.ts";
import type { ForgeUnderTest, NewCommit } from "../contract/forge/forge-under-test.ts";
import { resolveCommit } from "../fakes/git/read-refs.ts";
import type { GitLab } from "../fakes/gitlab/gitlab.ts";
import { archivePrefix } from "../fakes/gitlab/routes/repositories.ts";
import { latestStatuses } from "../fakes/gitlab/routes/statuses.ts";
import { LEVELS, type MergeRequest, type Note, type Project } from "../fakes/gitlab/state/world.ts";

const LEVEL_OF: Partial<Record<Permission, number>> = {
  ...{ read: LEVELS.reporter, write: LEVELS.developer, maintain: LEVELS.maintainer, admin: LEVELS.owner },
};

/** As reports call them. */
const STATUSES: Record<string, string> = { pending: "queued", running: "in-progress", failed: "failure" };

/** The GitLab adapter against a stand-in that has just been started. */
export async function openGitLabForge(gitlab: GitLab): Promise<ForgeUnderTest & { shop: Project }> {
  const shop = await gitlab.createProject({ files: { Dockerfile: "FROM scratch\n" } });
  const commit = CommitSha.parse(await resolveCommit(shop.gitDirectory, "main"));
  let fork: Project | undefined;

  async function forked(inFork?: boolean): Promise<Project> {
    if (!inFork) return shop;
    fork ??= await gitlab.createProject({ path: "eve/shop", forkOf: shop, botLevel: undefined });
    return fork;
  }

  const requestAt = (number: number) =>
    gitlab.world.mergeRequests.find(
      (request) => request.target === shop && request.iid === number,
    ) as MergeRequest;

  return {
    ...conversationsOn(gitlab, shop, requestAt),
    ...{ shop, commit },
    forge: createGitLabForge(createGitLabClient({ url: gitlab.url, token: gitlab.bot.secret })),
    repository: {
      ...{ forge: "gitlab", host: gitlab.host, owner: "acme", name: "shop" },
      ...{ url: `${gitlab.url}/acme/shop`, access: String(shop.id) },
    },
    archive: execFileSync(
      "git",
      ["archive", "--format=tar.gz", `--prefix=${archivePrefix(shop, commit)}`, commit],
      { cwd: shop.gitDirectory },
    ),
    shown: async (buildId) =>
      latestStatuses(gitlab.world, shop, commit)
        .filter(({ targetUrl }) => findBuildMark(targetUrl) === buildId)
        .map(({ name, status, description }) => ({
          ...{ name, status: STATUSES[status] ?? status, title: description ?? "" },
          ...{ summary: "", text: "", annotations: 0 },
        })),
    failNext(kind) {
      const path = /projects/;
      if (kind === "refused") gitlab.failNext({ path, status: 502 });
      else gitlab.failNext({ path, method: "POST", disconnect: true, afterEffect: true });
    },
    async pushCommit({ inFork, from, ...push }: NewCommit) {
      const pushed = await gitlab.push(await forked(inFork), { ...push, ...(from && { from }) });
      return CommitSha.parse(pushed.after);
    },
    async openPullRequest({ branch, inFork }) {
      const request = { branch, source: await forked(inFork) };
      return (await gitlab.openMergeRequest(shop, request)).iid;
    },
    closePullRequest: (number) => gitlab.endMergeRequest(requestAt(number), "closed"),
    async deleteFork() {
      gitlab.deleteProject(await forked(true));
    },
    async allow(login, permission) {
      const { id } = gitlab.world.user(login);
      const level = LEVEL_OF[permission];
      if (level === undefined) shop.members.delete(id);
      else shop.members.set(id, level);
    },
  };
}

type Conversations = Pick<ForgeUnderTest, "comment" | "comments" | "reactions" | "deleteComment">;

function conversationsOn(
  gitlab: GitLab,
  shop: Project,
  requestAt: (number: number) => MergeRequest,
): Conversations {
  const notesIn = (thread: Thread): Note[] =>
    gitlab.world.notes.filter(({ on }) =>
      thread.kind === "commit"
        ? "sha" in on && on.sha === thread.commit
        : "mergeRequest" in on && on.mergeRequest === requestAt(thread.number),
    );
  /** On a commit, the bot's own note is known by its discussion too. */
  const idOf = ({ id, discussionId, on, author }: Note) =>
    "sha" in on && author === gitlab.bot.user ? `${discussionId}/${id}` : String(id);
  const noteAt = (thread: Thread, commentId: string) =>
    notesIn(thread).find((note) => idOf(note) === commentId || String(note.id) === commentId);
  return {
    async comment(thread, body) {
      const on =
        thread.kind === "commit" ? { sha: thread.commit } : { mergeRequest: requestAt(thread.number) };
      return String((await gitlab.comment(shop, on, body)).id);
    },
    comments: async (thread) =>
      notesIn(thread).map((note) => ({
        ...{ id: idOf(note), isBots: note.author === gitlab.bot.user, body: note.body },
      })),
    reactions: async ({ thread, commentId }) =>
      (noteAt(thread, commentId)?.emojis ?? []).map(({ name }) => name),
    async deleteComment({ thread, commentId }) {
      const note = noteAt(thread, commentId);
      if (note) gitlab.deleteNote(note);
    },
  };
}
