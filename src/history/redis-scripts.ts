/**
 * The steps that Redis takes at once, in Lua. A build is a hash; `marks` in it lists the indexes, beside those of time and
 * state, that hold its id. Indexes are sorted sets by `at`, when the build was accepted: of one time, by id.
 */

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
 * KEYS: indexes, group by group; a build fits that is in one of each group. ARGV: how many groups, and the size of each.
 * The smallest group leads: its builds are looked for in the others.
 */
const readGroups = `
local groups, key = {}, 0
local leader
for group = 1, tonumber(ARGV[1]) do
  local keys, builds = {}, 0
  for place = 1, tonumber(ARGV[group + 1]) do
    key = key + 1
    keys[place] = KEYS[key]
    builds = builds + redis.call("ZCARD", KEYS[key])
  end
  groups[group] = { keys = keys, builds = builds }
  if not leader or builds < groups[leader].builds then leader = group end
end
local function isIn(group, id)
  for _, each in ipairs(group.keys) do
    if redis.call("ZSCORE", each, id) then return true end
  end
  return false
end
local function fits(id)
  for place, group in ipairs(groups) do
    if place ~= leader and not isIn(group, id) then return false end
  end
  return true
end
local rest = tonumber(ARGV[1]) + 1`;

/** Then ARGV: size, prefix of builds, at and id of the build before the page or nothing, then the fields to read. */
export const listBuilds = `${readGroups}
local size, prefix = tonumber(ARGV[rest + 1]), ARGV[rest + 2]
local afterAt, afterId = ARGV[rest + 3], ARGV[rest + 4]
local chunk = 100
local found = {}
for _, index in ipairs(groups[leader].keys) do
  local rank = 0
  if afterId ~= "" then rank = redis.call("ZCOUNT", index, "(" .. afterAt, "+inf") end
  local missing = size
  while missing > 0 do
    local ids = redis.call("ZREVRANGE", index, rank, rank + chunk - 1, "WITHSCORES")
    if #ids == 0 then break end
    for place = 1, #ids, 2 do
      local id, at = ids[place], tonumber(ids[place + 1])
      local isAfter = afterId == "" or at < tonumber(afterAt) or id < afterId
      if missing > 0 and isAfter and fits(id) then
        found[#found + 1] = { id = id, at = at }
        missing = missing - 1
      end
    end
    rank = rank + chunk
  end
end
table.sort(found, function(one, other)
  if one.at ~= other.at then return one.at > other.at end
  return one.id > other.id
end)
local page = {}
for place = 1, math.min(size, #found) do
  local id = found[place].id
  page[place] = { id, redis.call("HMGET", prefix .. id, unpack(ARGV, rest + 5)) }
end
return page`;

/** Then ARGV: the time before which builds were accepted, in the words of ZCOUNT. */
export const countBuilds = `${readGroups}
local before = ARGV[rest + 1]
local builds = 0
for _, index in ipairs(groups[leader].keys) do
  if #groups == 1 then
    builds = builds + redis.call("ZCOUNT", index, "-inf", before)
  else
    for _, id in ipairs(redis.call("ZRANGEBYSCORE", index, "-inf", before)) do
      if fits(id) then builds = builds + 1 end
    end
  end
end
return builds`;

/** KEYS: builds. */
export const readCancellations = `
local found = {}
for place, build in ipairs(KEYS) do
  local kept = redis.call("HMGET", build, "cancellation", "of-state")
  found[place] = kept[2] ~= "completed" and kept[1]
end
return found`;

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

/** KEYS: answers, note id. ARGV: milliseconds to keep them, note id or nothing, most answers, then comment, answer, … */
export const changeNote = `
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
for _, key in ipairs(KEYS) do redis.call("PEXPIRE", key, ARGV[1]) end`;
