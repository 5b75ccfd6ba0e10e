// Steps that Redis takes at once, in Lua. A build is a hash; `marks` in it lists the indexes, beside those of time and
// state, that hold its id. Indexes are sorted sets by `at`, when the build was accepted: of one time, by id.

/** KEYS: build, time index, state's index, indexes of its marks. ARGV: id, at, state, marks, then field, value, … */
export const addBuild = `
if redis.call("EXISTS", KEYS[1]) == 1 then return 0 end
redis.call("HSET", KEYS[1], "at", ARGV[2], "of-state", ARGV[3], "marks", ARGV[4], unpack(ARGV, 5))
for index = 2, #KEYS do redis.call("ZADD", KEYS[index], ARGV[2], ARGV[1]) end
return 1`;

/** KEYS: build, the new state's index. ARGV: id, new state or nothing, prefix of state indexes, then field, value, … */
export const changeBuild = `
local old = redis.call("HMGET", KEYS[1], "at", "of-state")
if not old[1] then return false end
if ARGV[2] ~= "" and ARGV[2] ~= old[2] then
  redis.call("ZREM", ARGV[3] .. old[2], ARGV[1])
  redis.call("ZADD", KEYS[2], old[1], ARGV[1])
  redis.call("HSET", KEYS[1], "of-state", ARGV[2])
end
if #ARGV > 3 then redis.call("HSET", KEYS[1], unpack(ARGV, 4)) end
return redis.call("HGETALL", KEYS[1])`;

/** KEYS: build. ARGV: the cancellation. */
export const cancelBuild = `
local state = redis.call("HGET", KEYS[1], "of-state")
if not state or state == "completed" then return 0 end
return redis.call("HSETNX", KEYS[1], "cancellation", ARGV[1])`;

/**
 * KEYS: time index. ARGV: the oldest time to keep, how many to keep, prefix of builds, prefix of state indexes, how many
 * to look at, where to begin. Returns where to go on, or -1 at the end. What is removed moves what follows forward.
 */
export const sweepBuilds = `
local surplus = redis.call("ZCARD", KEYS[1]) - tonumber(ARGV[2])
local first = tonumber(ARGV[6])
local ids = redis.call("ZRANGE", KEYS[1], first, first + tonumber(ARGV[5]) - 1, "WITHSCORES")
local kept = 0
for place = 1, #ids, 2 do
  local id, at = ids[place], tonumber(ids[place + 1])
  local isOld = at < tonumber(ARGV[1])
  if not isOld and first + (place - 1) / 2 >= surplus then return -1 end
  local build = ARGV[3] .. id
  local about = redis.call("HMGET", build, "of-state", "marks")
  if about[1] == "queued" or about[1] == "running" then
    kept = kept + 1
  else
    redis.call("DEL", build)
    redis.call("ZREM", KEYS[1], id)
    if about[1] then
      redis.call("ZREM", ARGV[4] .. about[1], id)
      for _, index in ipairs(cjson.decode(about[2])) do redis.call("ZREM", index, id) end
    end
  end
end
if #ids == 0 then return -1 end
return first + kept`;
