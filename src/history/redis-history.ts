import type { Redis } from "ioredis";
import { untilRedisReady } from "../connections/redis-ready.ts";
import { defineRedisScript } from "../connections/redis-script.ts";
import type { HistoryStore, KeptBuild, RecordChanges, Retention } from "./history-store.ts";
import * as keys from "./redis-keys.ts";
import * as scripts from "./redis-scripts.ts";

const day = 24 * 60 * 60 * 1000;
/** Looked at by one sweeping step: short enough to hold nobody up. */
const batch = 200;
/** Fields that a list is read with: all but the end of the log. */
const listed = ["at", "request", "state", "builder", "cancellation", "moreTags", "reportId", "result"];

/** Builds and notes in Redis. A note is forgotten by itself once nobody has changed it for `noteDays`. */
export function createRedisHistoryStore(redis: Redis, { noteDays }: { noteDays: number }): HistoryStore {
  const define = (name: keyof typeof scripts) => {
    const script = defineRedisScript(redis, `history:${name}`, scripts[name]);
    return async (...[scriptKeys, args]: Parameters<typeof script>) => {
      await untilRedisReady(redis);
      return script(scriptKeys, args);
    };
  };
  const addBuild = define("addBuild");
  const changeBuild = define("changeBuild");
  const cancelBuild = define("cancelBuild");
  const listBuilds = define("listBuilds");
  const countBuilds = define("countBuilds");
  const readCancellations = define("readCancellations");
  const sweepBuilds = define("sweepBuilds");
  const changeNote = define("changeNote");

  return {
    async add({ acceptedAt, id }, marks, changes) {
      const indexes = keys.markIndexesOf(marks);
      const added = await addBuild(
        [keys.buildKeyOf(id), keys.timeIndex, keys.stateIndexOf(changes.state), ...indexes],
        [id, acceptedAt, changes.state, JSON.stringify(indexes), ...toHash(changes)],
      );
      return added === 1;
    },

    async change(id, changes) {
      const state = changes.state ?? "";
      const answer = (await changeBuild(
        [keys.buildKeyOf(id), keys.stateIndexOf(state)],
        [id, state, keys.stateIndexOf(""), ...toHash(changes)],
      )) as string[] | null;
      return answer === null ? undefined : toKeptBuild(id, toRecord(answer));
    },

    async cancel(id, cancellation) {
      return (await cancelBuild([keys.buildKeyOf(id)], [JSON.stringify(cancellation)])) === 1;
    },

    async get(id) {
      await untilRedisReady(redis);
      const hash = await redis.hgetall(keys.buildKeyOf(id));
      return "at" in hash ? toKeptBuild(id, hash) : undefined;
    },

    async list(conditions, size, after) {
      const groups = keys.indexGroupsOf(conditions);
      const page = (await listBuilds(groups.flat(), [
        ...sizesOf(groups),
        size,
        keys.buildKeyOf(""),
        after?.acceptedAt ?? "",
        after?.id ?? "",
        ...listed,
      ])) as [id: string, values: (string | null)[]][];
      return page.map(([id, values]) =>
        toKeptBuild(id, toRecord(values.flatMap((value, place) => [listed[place], value]))),
      );
    },

    async count(conditions, before) {
      const groups = keys.indexGroupsOf(conditions);
      const upTo = before === undefined ? "+inf" : `(${before}`;
      return Number(await countBuilds(groups.flat(), [...sizesOf(groups), upTo]));
    },

    async cancellations(ids) {
      const found = (await readCancellations(ids.map(keys.buildKeyOf), [])) as (string | null)[];
      return new Map(
        ids.flatMap((id, place) => {
          const kept = found[place];
          return kept ? [[id, JSON.parse(kept)] as const] : [];
        }),
      );
    },

    async note(thread) {
      await untilRedisReady(redis);
      const [noteId, answers] = await Promise.all([
        redis.get(keys.noteIdKeyOf(thread)),
        redis.hgetall(keys.answersKeyOf(thread)),
      ]);
      const read = Object.entries(answers).map(([comment, answer]) => [comment, JSON.parse(answer)] as const);
      return { ...(noteId === null ? {} : { noteId }), answers: new Map(read) };
    },

    async changeNote(thread, answers, noteId, most) {
      await changeNote(
        [keys.answersKeyOf(thread), keys.noteIdKeyOf(thread)],
        [
          noteDays * day,
          noteId ?? "",
          most,
          ...answers.flatMap(([comment, answer]) => [comment, JSON.stringify(answer)]),
        ],
      );
    },

    async sweep({ builds, days }: Retention, now) {
      const fixed = [now - days * day, builds, keys.buildKeyOf(""), keys.stateIndexOf(""), batch];
      for (let next = 0; next >= 0; ) next = Number(await sweepBuilds([keys.timeIndex], [...fixed, next]));
    },
  };
}

function sizesOf(groups: string[][]): number[] {
  return [groups.length, ...groups.map((group) => group.length)];
}

function toHash({ fields, logTail }: RecordChanges): string[] {
  const given = Object.entries({ ...fields, logTail }).filter(([, value]) => value !== undefined);
  return given.flatMap(([field, value]) => [field, JSON.stringify(value)]);
}

function toRecord(pairs: readonly (string | null | undefined)[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (let place = 0; place < pairs.length; place += 2) {
    const value = pairs[place + 1];
    if (typeof value === "string") record[String(pairs[place])] = value;
  }
  return record;
}

function toKeptBuild(
  id: string,
  { at, marks, "of-state": _, logTail, ...fields }: Record<string, string>,
): KeptBuild {
  const parsed = Object.entries(fields).map(([field, value]) => [field, JSON.parse(value)] as const);
  return {
    at: { acceptedAt: Number(at), id },
    fields: Object.fromEntries(parsed),
    ...(logTail === undefined ? {} : { logTail: JSON.parse(logTail) }),
  };
}
