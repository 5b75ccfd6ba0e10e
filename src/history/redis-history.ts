import type { Redis } from "ioredis";
import { untilRedisReady } from "../connections/redis-ready.ts";
import { defineRedisScript } from "../connections/redis-script.ts";
import { recordFields } from "./build-record.ts";
import type { HistoryStore, Retention } from "./history-store.ts";
import * as keys from "./redis-keys.ts";
import { createRedisNotes } from "./redis-notes.ts";
import { toHash, toKeptBuild, toRecord } from "./redis-record.ts";
import * as change from "./redis-scripts-change.ts";
import * as find from "./redis-scripts-find.ts";

const day = 24 * 60 * 60 * 1000;
/** Looked at by one sweeping step: short enough to hold nobody up. */
const batch = 200;
/** What a list is read with: all but the end of the log. */
const listed = ["at", ...recordFields];

/** Builds and notes in Redis. A note is forgotten by itself once nobody has changed it for `noteDays`, if that is given. */
export function createRedisHistoryStore(
  redis: Redis,
  { noteDays }: { noteDays?: number | undefined },
): HistoryStore {
  const define = (name: string, lua: string) => defineRedisScript(redis, `history:${name}`, lua);
  const addBuild = define("addBuild", change.addBuild);
  const changeBuild = define("changeBuild", change.changeBuild);
  const cancelBuild = define("cancelBuild", change.cancelBuild);
  const listBuilds = define("listBuilds", find.listBuilds);
  const countBuilds = define("countBuilds", find.countBuilds);
  const readCancellations = define("readCancellations", find.readCancellations);
  const sweepBuilds = define("sweepBuilds", change.sweepBuilds);

  return {
    ...createRedisNotes(redis, noteDays),

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

    async sweep({ builds, days }: Retention, now) {
      const fixed = [now - days * day, builds, keys.buildKeyOf(""), keys.stateIndexOf(""), batch];
      for (let next = 0; next >= 0; ) next = Number(await sweepBuilds([keys.timeIndex], [...fixed, next]));
    },
  };
}

function sizesOf(groups: string[][]): number[] {
  return [groups.length, ...groups.map((group) => group.length)];
}
