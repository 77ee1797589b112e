-- Fuzz target: references, congress names and dates in any text stand where they say, in order.

local text = require "vankien.host.text"
local citation = require "vankien.text.citation"
local congress_mentions = require "vankien.text.congress_mentions"
local date_mentions = require "vankien.text.date_mentions"
local err = require "vankien.util.err"

local function found_in(find, bytes)
  local ok, list = pcall(find, bytes)
  if ok then return list end
  if not (err.is(list) and list.code == "bad_input") then error(list, 0) end
  return {}
end

local function check(list, bytes, ordered)
  local last = 0
  for _, found in ipairs(list) do
    assert(found.from >= 1 and found.to >= found.from and found.to <= #bytes)
    if ordered then assert(found.from > last, "out of order") end
    last = found.from
  end
end

return function(bytes)
  local list = found_in(citation.find, bytes)
  assert(#list == 0 or text.check_utf8(bytes))
  check(list, bytes, true)
  for _, found in ipairs(list) do
    assert(found.form and #found.text > 0)
  end
  check(found_in(date_mentions.find, bytes), bytes)
  check(found_in(congress_mentions.find, bytes), bytes)
end
