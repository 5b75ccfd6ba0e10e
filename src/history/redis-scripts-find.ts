// Steps that Redis takes at once, in Lua, on the hashes and indexes that redis-scripts-change.ts keeps.

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
