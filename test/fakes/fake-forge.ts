import { Readable } from "node:stream";
import { BuildFault } from "../../src/core/build-fault.ts";
import type { PullRequest, Thread } from "../../src/core/forge-event.ts";
import type { Permission } from "../../src/core/permission.ts";
import type { Report } from "../../src/core/report.ts";
import type { CommentPlace, Forge, Reaction } from "../../src/forges/forge.ts";
import { packArchive } from "./pack-archive.ts";

export type FakeCommit = { files: Record<string, string>; message: string };

export type FakeNote = { noteId: string; thread: Thread; body: string };

/** Errors by the method that is to throw them, first come first served. */
type Failures = Record<keyof Forge, Error[]>;

export type FakeForge = Forge & {
  /** Each publication in its order, with the place that it went to. */
  readonly published: { reportId: string; report: Report }[];
  /** Thrown by the next calls instead of an answer. */
  readonly failures: Failures;
  /** Thrown by the next calls once what was asked for is done. */
  readonly lostAnswers: Failures;
  fetches: number;
  /** What every commit holds that is not among `commits`; undefined: there are no others. */
  files: Record<string, string> | undefined;
  readonly commits: Map<string, FakeCommit>;
  readonly pullRequests: Map<number, PullRequest & { isOpen: boolean }>;
  /** Commits that are in a fork alone. */
  readonly forkCommits: Set<string>;
  /** By login; everybody else may do nothing. */
  readonly permissions: Map<string, Permission>;
  /** What pull requests and pairs of commits (`<since>...<commit>`) change, where `commits` do not say it. */
  readonly changedFiles: Map<number | string, string[] | "unknown">;
  readonly reactions: { place: CommentPlace; reaction: Reaction }[];
  /** The notes as they stand; to remove one is to delete it. */
  readonly notes: FakeNote[];
};

/** A forge in memory. */
export function createFakeForge(): FakeForge {
  let lastNote = 0;
  const forge: FakeForge = {
    ...{ published: [], reactions: [], notes: [], fetches: 0, files: { Dockerfile: "FROM scratch\n" } },
    ...{ commits: new Map(), pullRequests: new Map(), permissions: new Map(), changedFiles: new Map() },
    forkCommits: new Set(),
    failures: noFailures(),
    lostAnswers: noFailures(),
    async fetchArchive({ owner, name }, commit) {
      return answer("fetchArchive", async () => {
        forge.fetches += 1;
        const { files } = commitOf(commit, `fetching archive of ${owner}/${name}@${commit.slice(0, 7)}`);
        return Readable.from([await packArchive(files)]);
      });
    },
    async fetchFile(_repository, commit, path, maxBytes) {
      return answer("fetchFile", () => {
        const text = commitOf(commit, `fetching ${path} of ${commit.slice(0, 7)}`).files[path];
        return text !== undefined && Buffer.byteLength(text) > maxBytes ? "too large" : text;
      });
    },
    async fetchMessage(_repository, commit) {
      const doing = `fetching the message of ${commit.slice(0, 7)}`;
      return answer("fetchMessage", () => commitOf(commit, doing).message);
    },
    async fetchPullRequest(_repository, number) {
      return answer("fetchPullRequest", () => pullRequestOf(number));
    },
    async fetchChangedFiles(_repository, changes) {
      return answer("fetchChangedFiles", () => {
        if ("since" in changes) return changedBetween(changes.since, changes.commit);
        const known = forge.changedFiles.get(changes.pullRequest);
        const { baseCommit, commit } = known ? {} : pullRequestOf(changes.pullRequest);
        return known ?? changedBetween(baseCommit, commit);
      });
    },
    async isPushedHere(_repository, commit) {
      return answer("isPushedHere", () => {
        const isThere = forge.commits.has(commit) || forge.files !== undefined;
        return isThere && !forge.forkCommits.has(commit);
      });
    },
    async fetchPermission(_repository, login) {
      return answer("fetchPermission", () => forge.permissions.get(login) ?? "none");
    },
    async publishReport(target, report) {
      return answer("publishReport", () => {
        const own = forge.published.find((earlier) => earlier.report.buildId === report.buildId);
        const known = target.reportId ?? (target.mayExist ? own?.reportId : undefined);
        const reportId = known ?? `report-${forge.published.length + 1}`;
        forge.published.push({ reportId, report });
        return { reportId };
      });
    },
    async react(_repository, place, reaction) {
      return answer("react", () => {
        const isThere = forge.reactions.some(
          (known) => known.reaction === reaction && known.place.commentId === place.commentId,
        );
        if (!isThere) forge.reactions.push({ place, reaction });
      });
    },
    async publishNote(_repository, thread, body, noteId) {
      return answer("publishNote", () => {
        const known = forge.notes.find((note) =>
          noteId === undefined ? placeOf(note.thread) === placeOf(thread) : note.noteId === noteId,
        );
        if (known) return { noteId: Object.assign(known, { body }).noteId };
        lastNote += 1;
        forge.notes.push({ noteId: `note-${lastNote}`, thread, body });
        return { noteId: `note-${lastNote}` };
      });
    },
  };

  async function answer<Result>(method: keyof Forge, give: () => Result | Promise<Result>): Promise<Result> {
    const failure = forge.failures[method].shift();
    if (failure) throw failure;
    const given = await give();
    const lost = forge.lostAnswers[method].shift();
    if (lost) throw lost;
    return given;
  }

  function commitOf(commit: string, doing: string): FakeCommit {
    const known = forge.commits.get(commit) ?? (forge.files && { files: forge.files, message: "" });
    return known ?? refuse(`${doing}: there is no such commit`);
  }

  function pullRequestOf(number: number): PullRequest & { isOpen: boolean } {
    return forge.pullRequests.get(number) ?? refuse(`fetching the pull request #${number}: there is none`);
  }

  function changedBetween(since = "", commit = ""): string[] | "unknown" {
    const known = forge.changedFiles.get(`${since}...${commit}`);
    const [before, after] = [forge.commits.get(since)?.files, forge.commits.get(commit)?.files];
    if (known !== undefined || !before || !after) return known ?? "unknown";
    const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...paths].filter((path) => before[path] !== after[path]);
  }

  return forge;
}

function noFailures(): Failures {
  return {
    ...{ fetchArchive: [], fetchFile: [], fetchMessage: [], fetchPullRequest: [], fetchChangedFiles: [] },
    ...{ isPushedHere: [], fetchPermission: [], publishReport: [], react: [], publishNote: [] },
  };
}

function refuse(title: string): never {
  const words = { cause: "The forge has none.", remedy: "Name another." };
  throw new BuildFault({ class: "permanent", code: "forge-refused", title, ...words });
}

function placeOf(thread: Thread): string {
  return thread.kind === "commit" ? thread.commit : `#${thread.number}`;
}
