-- Values to bytes and back, and another program run: for tests/alloc/alloc_main.c.

local message = require "vankien.host.message"
local process = require "vankien.host.process"

local value = {rows = {{term = "tham gia", n = 3, rate = 0.5}, {}}, notes = {"một"}, [7] = true}

local function good(result, problem)
  if result == nil then error(problem, 0) end
  return result
end

local function run()
  local bytes = good(message.encode(value))
  local back = good(message.decode(bytes))
  assert(back.rows[1].term == "tham gia" and back[7] == true)
  local ended = good(process.run {file = "cat", args = {"-"}, input = bytes, env = {A = "1"}})
  assert(ended.out == bytes)
end

return {run = run, check = function() return true end}
