import type { Redis } from "ioredis";
import { untilRedisReady } from "../connections/redis-ready.ts";
import { defineRedisScript } from "../connections/redis-script.ts";
import type { HistoryStore } from "./history-store.ts";
import { answersKeyOf, noteIdKeyOf } from "./redis-keys.ts";

const day = 24 * 60 * 60 * 1000;

/** KEYS: answers, note id. ARGV: milliseconds to keep them or nothing, note id or nothing, most answers, then comment, answer, … */
const changeNoteScript = `
if ARGV[2] ~= "" then redis.call("SET", KEYS[2], ARGV[2]) end
if #ARGV > 3 then redis.call("HSET", KEYS[1], unpack(ARGV, 4)) end
local surplus = redis.call("HLEN", KEYS[1]) - tonumber(ARGV[3])
if surplus > 0 then
  local answers = {}
  local all = redis.call("HGETALL", KEYS[1])
  for place = 1, #all, 2 do
    answers[#answers + 1] = { comment = all[place], at = cjson.decode(all[place + 1]).at }
  end
  table.sort(answers, function(one, other)
    if one.at ~= other.at then return one.at < other.at end
    return one.comment < other.comment
  end)
  for place = 1, surplus do redis.call("HDEL", KEYS[1], answers[place].comment) end
end
if ARGV[1] ~= "" then
  for _, key in ipairs(KEYS) do redis.call("PEXPIRE", key, ARGV[1]) end
end`;

/** Notes in Redis, which forgets a note by itself once nobody has changed it for `noteDays`. */
export function createRedisNotes(
  redis: Redis,
  noteDays: number | undefined,
): Pick<HistoryStore, "note" | "changeNote"> {
  const changeNote = defineRedisScript(redis, "history:changeNote", changeNoteScript);
  return {
    async note(thread) {
      await untilRedisReady(redis);
      const [noteId, answers] = await Promise.all([
        redis.get(noteIdKeyOf(thread)),
        redis.hgetall(answersKeyOf(thread)),
      ]);
      const read = Object.entries(answers).map(([comment, answer]) => [comment, JSON.parse(answer)] as const);
      return { ...(noteId === null ? {} : { noteId }), answers: new Map(read) };
    },

    async changeNote(thread, answers, noteId, most) {
      await changeNote(
        [answersKeyOf(thread), noteIdKeyOf(thread)],
        [
          noteDays === undefined ? "" : noteDays * day,
          noteId ?? "",
          most,
          ...answers.flatMap(([comment, answer]) => [comment, JSON.stringify(answer)]),
        ],
      );
    },
  };
}
