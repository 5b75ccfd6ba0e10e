import type { Logger } from "pino";
import { askServer, type Server } from "../connections/ask-server.ts";
import type { Build } from "../core/build.ts";
import { toStorableText } from "../core/plain-text.ts";
import { conditionsOf, marksOf } from "./build-marks.ts";
import { parseBuildRecord, parseCancellation, toRecordChanges } from "./build-record.ts";
import { isOfUpload } from "./durable-upload-history.ts";
import type { History, NoteAnswer } from "./history.ts";
import type { HistoryStore, KeptBuild } from "./history-store.ts";
import { parseNoteAnswer } from "./note-answer.ts";
import { formatPosition, parsePosition } from "./page-position.ts";

const usualPage = 50;
const largestPage = 200;
/** Strangers may comment without end: a thread's older answers are forgotten. */
const mostAnswers = 100;

/** A History in any store. `closed` says whether the store is let go of. */
export function createHistory(
  store: HistoryStore,
  server: Server,
  closed: () => boolean,
  log: Logger,
): History {
  const ask = askServer(server, () => (closed() ? "the history is closed" : undefined));

  function read(kept: KeptBuild): Build[] {
    if (isOfUpload(kept)) return [];
    try {
      return [parseBuildRecord(kept)];
    } catch (error) {
      log.warn({ build: kept.at.id, err: error }, "leaving out a kept build that cannot be read");
      return [];
    }
  }

  return {
    async add(build) {
      const { request, ...changes } = toStorableText(build);
      const at = { acceptedAt: request.acceptedAt, id: request.id };
      const isNew = await ask(`keeping build ${request.id}`, () =>
        store.add(at, marksOf(request), toRecordChanges({ request, ...changes })),
      );
      return isNew ? "added" : "known";
    },

    async change(id, changes) {
      const kept = await ask(`changing the record of build ${id}`, () =>
        store.change(id, toRecordChanges(toStorableText(changes))),
      );
      return kept && read(kept)[0];
    },

    cancel: (id, cancellation) =>
      ask(`cancelling build ${id}`, () => store.cancel(id, toStorableText(cancellation))),

    async get(id) {
      const kept = await ask(`looking up build ${id}`, () => store.get(id));
      return kept && read(kept)[0];
    },

    async list(filter, { size = usualPage, from } = {}) {
      const after = from === undefined ? undefined : parsePosition(from);
      const length = Math.max(1, Math.min(size, largestPage));
      const found = await ask("listing builds", () => store.list(conditionsOf(filter), length + 1, after));
      const page = found.slice(0, length);
      const last = found.length > length ? page.at(-1) : undefined;
      return { builds: page.flatMap(read), ...(last ? { next: formatPosition(last.at) } : {}) };
    },

    count: (filter, ahead) => ask("counting builds", () => store.count(conditionsOf(filter), ahead)),

    async cancellations(ids) {
      if (ids.length === 0) return new Map();
      const found = await ask("asking which builds are cancelled", () => store.cancellations(ids));
      return new Map([...found].map(([id, kept]) => [id, parseCancellation(kept)]));
    },

    async noteIn(thread) {
      const key = toStorableText(thread);
      const { noteId, answers } = await ask(`reading the note in ${key}`, () => store.note(key));
      const readable = [...answers].flatMap(([comment, kept]): [string, NoteAnswer][] => {
        const answer = parseNoteAnswer(kept);
        return answer ? [[comment, answer]] : [];
      });
      return { ...(noteId === undefined ? {} : { noteId }), answers: Object.fromEntries(readable) };
    },

    async changeNote(thread, changes, noteId) {
      const key = toStorableText(thread);
      const answers = Object.entries(toStorableText(changes)).flatMap(([comment, answer]) =>
        answer ? [[comment, answer] as const] : [],
      );
      await ask(`changing the note in ${key}`, () => store.changeNote(key, answers, noteId, mostAnswers));
    },
  };
}
