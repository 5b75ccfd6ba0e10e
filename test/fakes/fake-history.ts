import type { Build } from "../../src/core/build.ts";
import { toStorableText } from "../../src/core/plain-text.ts";
import type { Repository } from "../../src/core/repository.ts";
import type { BuildFilter, History, ThreadNote } from "../../src/history/history.ts";

/** What histories in memory share, as processes share a server. */
export type FakeHistoryStore = { builds: Map<string, Build>; notes: Map<string, ThreadNote> };

export function createFakeHistoryStore(): FakeHistoryStore {
  return { builds: new Map(), notes: new Map() };
}

const mostAnswers = 100;

/** As a server gives it back. */
const kept = <Value>(value: Value): Value => JSON.parse(JSON.stringify(toStorableText(value)));

/** A history in memory. */
export function createFakeHistory(store: FakeHistoryStore = createFakeHistoryStore()): History {
  const { builds, notes } = store;
  return {
    async add(build) {
      const { id } = build.request;
      if (builds.has(id)) return "known";
      builds.set(id, kept(build));
      return "added";
    },
    async change(id, changes) {
      const build = builds.get(id);
      if (!build) return undefined;
      Object.assign(build, kept(changes));
      return structuredClone(build);
    },
    async cancel(id, cancellation) {
      const build = builds.get(id);
      if (!build || build.cancellation || build.state === "completed") return false;
      build.cancellation = kept(cancellation);
      return true;
    },
    async get(id) {
      return structuredClone(builds.get(id));
    },
    async list(filter, { size = 50, from } = {}) {
      if (from !== undefined && !builds.has(from)) throw new Error("there is no such page");
      const found = [...builds.values()].filter((build) => fits(build, filter)).sort(newestFirst);
      const last = from === undefined ? undefined : builds.get(from);
      const rest = last ? found.filter((build) => newestFirst(last, build) < 0) : found;
      const page = rest.slice(0, Math.max(1, Math.min(size, 200)));
      const next = page.length < rest.length ? page.at(-1)?.request.id : undefined;
      return { builds: page.map(withoutLog), ...(next ? { next } : {}) };
    },
    async count(filter, ahead = Number.POSITIVE_INFINITY) {
      return [...builds.values()].filter((build) => build.request.acceptedAt < ahead && fits(build, filter))
        .length;
    },
    async cancellations(ids) {
      return new Map(
        ids.flatMap((id) => {
          const { state, cancellation } = builds.get(id) ?? {};
          return cancellation && state !== "completed" ? [[id, structuredClone(cancellation)] as const] : [];
        }),
      );
    },
    async noteIn(thread) {
      return structuredClone(notes.get(toStorableText(thread)) ?? { answers: {} });
    },
    async changeNote(thread, changes, noteId) {
      const note = notes.get(toStorableText(thread)) ?? { answers: {} };
      const latest = Object.entries({ ...note.answers, ...kept(changes as ThreadNote["answers"]) })
        .sort(([, one], [, other]) => other.at - one.at)
        .slice(0, mostAnswers);
      const id = noteId ?? note.noteId;
      notes.set(toStorableText(thread), {
        ...(id === undefined ? {} : { noteId: id }),
        answers: Object.fromEntries(latest),
      });
    },
  };
}

function newestFirst({ request: one }: Build, { request: other }: Build): number {
  return other.acceptedAt - one.acceptedAt || Number(other.id > one.id) - Number(other.id < one.id);
}

function withoutLog({ result, ...build }: Build): Build {
  return structuredClone(result ? { ...build, result: { ...result, logTail: [] } } : build);
}

function fits({ request, state }: Build, filter: BuildFilter): boolean {
  const ofBranch = request.gitTag === undefined && !request.pullRequest;
  const wanted = (value: unknown, is: unknown) => value === undefined || value === is;
  return (
    (!filter.repository || keyOf(filter.repository) === keyOf(request.repository)) &&
    (filter.branch === undefined || (ofBranch && request.branch === toStorableText(filter.branch))) &&
    wanted(filter.commit, request.commit) &&
    wanted(filter.pullRequest, request.pullRequest?.number) &&
    wanted(filter.imagePath, request.image.path) &&
    (!filter.states || filter.states.includes(state))
  );
}

function keyOf({ forge, host, owner, name }: Pick<Repository, "forge" | "host" | "owner" | "name">): string {
  return JSON.stringify([forge, host, owner.toLowerCase(), name.toLowerCase()]);
}
