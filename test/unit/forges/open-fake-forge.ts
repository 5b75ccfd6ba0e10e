import { BuildFault } from "../../../src/core/build-fault.ts";
import { CommitSha } from "../../../src/core/commit-sha.ts";
import type { Thread } from "../../../src/core/forge-event.ts";
import type { Repository } from "../../../src/core/repository.ts";
import type { ForgeUnderTest, NewCommit } from "../../contract/forge/forge-under-test.ts";
import { createFakeForge, type FakeForge } from "../../fakes/fake-forge.ts";
import { packArchive } from "../../fakes/pack-archive.ts";

const repository: Repository = {
  ...{ forge: "github", host: "github.com", owner: "acme", name: "shop", access: "1" },
  url: "https://github.com/acme/shop",
};

const files = { Dockerfile: "FROM scratch\n" };

/** The forge in memory, with a repository's history made up beside it. */
export async function openFakeForge(): Promise<ForgeUnderTest> {
  const forge = createFakeForge();
  forge.files = undefined;
  const people: { id: string; place: string; body: string }[] = [];
  const heads = new Map<string, CommitSha>();
  const commit = CommitSha.parse("1".padStart(40, "0"));
  forge.commits.set(commit, { files, message: "Initial commit" });
  heads.set("main", commit);

  async function pushCommit(pushed: NewCommit): Promise<CommitSha> {
    const branch = headOf(pushed);
    const parent = pushed.from ?? heads.get(branch) ?? commit;
    const sha = CommitSha.parse(String(forge.commits.size + 1).padStart(40, "0"));
    const held = Object.entries({ ...forge.commits.get(parent)?.files, ...pushed.files });
    const kept = held.filter((entry): entry is [string, string] => entry[1] !== null);
    forge.commits.set(sha, { files: Object.fromEntries(kept), message: pushed.message ?? "Change files" });
    heads.set(branch, sha);
    if (pushed.inFork) forge.forkCommits.add(sha);
    for (const request of forge.pullRequests.values())
      if (headOf({ branch: request.branch, inFork: request.isFork }) === branch) request.commit = sha;
    return sha;
  }

  return {
    ...{ forge, repository, commit, pushCommit },
    archive: await packArchive(files),
    shown: async (buildId) => shownReports(forge, buildId),
    failNext(kind) {
      const words = { title: "asking", cause: "502", remedy: "Wait." };
      const fault = new BuildFault({ class: "transient", code: "forge-unavailable", ...words });
      const failures = kind === "lost" ? forge.lostAnswers : forge.failures;
      for (const method of Object.values(failures)) method.splice(0, 1, fault);
    },
    async openPullRequest({ branch, inFork = false }) {
      const number = forge.pullRequests.size + 1;
      forge.pullRequests.set(number, {
        ...{ number, branch, isFork: inFork, isOpen: true, baseBranch: "main" },
        commit: heads.get(headOf({ branch, inFork })) ?? commit,
        headRepository: inFork ? "eve/shop" : "acme/shop",
        baseCommit: heads.get("main") ?? commit,
      });
      return number;
    },
    async closePullRequest(number) {
      Object.assign(forge.pullRequests.get(number) ?? {}, { isOpen: false });
    },
    async deleteFork() {
      for (const request of forge.pullRequests.values()) if (request.isFork) delete request.headRepository;
    },
    async allow(login, permission) {
      forge.permissions.set(login, permission);
    },
    async comment(thread, body) {
      people.push({ id: `comment-${people.length + 1}`, place: JSON.stringify(thread), body });
      return `comment-${people.length}`;
    },
    reactions: async ({ commentId }) =>
      forge.reactions.filter(({ place }) => place.commentId === commentId).map(({ reaction }) => reaction),
    comments: async (thread) => commentsIn(thread, people, forge),
    async deleteComment({ commentId }) {
      const index = forge.notes.findIndex(({ noteId }) => noteId === commentId);
      if (index >= 0) forge.notes.splice(index, 1);
    },
  };
}

function headOf({ branch, inFork }: Pick<NewCommit, "branch" | "inFork">): string {
  return inFork ? `eve:${branch}` : branch;
}

function commentsIn(thread: Thread, people: { id: string; place: string; body: string }[], forge: FakeForge) {
  const place = JSON.stringify(thread);
  const written = people.filter((comment) => comment.place === place);
  const notes = forge.notes.filter((note) => JSON.stringify(note.thread) === place);
  return [
    ...written.map(({ id, body }) => ({ id, isBots: false, body })),
    ...notes.map(({ noteId: id, body }) => ({ id, isBots: true, body })),
  ];
}

function shownReports({ published }: FakeForge, buildId: string) {
  const own = published.filter(({ report }) => report.buildId === buildId);
  const last = new Map(own.map(({ reportId, report }) => [reportId, report]));
  return [...last.values()].map((report) => ({
    name: report.name,
    status: report.status === "completed" ? report.conclusion : report.status,
    title: report.title,
    summary: report.summary,
    text: report.logTail.join("\n"),
    annotations: report.annotations.length,
  }));
}
