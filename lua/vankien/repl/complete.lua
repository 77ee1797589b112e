-- What Tab does.  Nothing of the person's code is run: names come from values that are there, the
-- schema, the store and the program itself.
--
-- A candidate: {insert = what stands in the entry, label = what the list shows}.

local context = require "vankien.repl.complete_context"
local present = require "vankien.repl.complete_present"
local rules = require "vankien.repl.complete_rules"
local strings = require "vankien.repl.complete_strings"

local complete = {}

-- Dot commands and what they take.
local function dot_candidates(session, before)
  local dot = require "vankien.repl.commands"
  local name = before:match "^%s*%.([%a_]*)$"
  if name then
    local found = {}
    for _, known in ipairs(dot.names()) do
      local command = dot.all()[known]
      local insert = known .. (command.value and " " or "")
      found[#found + 1] = {insert = insert, label = "." .. known .. "  " .. command.help}
    end
    return found, name
  end
  local command, rest = before:match "^%s*%.([%a_]+)%s+(.*)$"
  local known = command and dot.all()[command]
  if not known then return {}, "" end
  return rules.of_command(session, known.completes, rest), rest
end

local function question_candidates(before)
  local word = before:match "^%s*%?%s*(.*)$"
  return present.plain(require "vankien.manual.index".names()), word
end

-- What fits at the cursor: candidates, what is typed of them, and the byte where it begins.
local function find(session, before)
  if before:find "^%s*%.[%a_]*" and not before:find "^%s*%.%d" then
    local head = before:match "^%s*%.explain%s+"
    if not head then return dot_candidates(session, before) end
    before = (" "):rep(#head) .. before:sub(#head + 1)
  elseif before:find "^%s*%?" then
    return question_candidates(before)
  end
  local here = context.read((before:gsub("^%s*=", function(s) return (" "):rep(#s) end, 1)))
  if here.quote then return strings.candidates(session, here), here.word end
  return rules.candidates(session, here), here.word
end

--- What Tab does in a session.
--- Shape: session -> function(text, cursor) -> byte from which `insert` stands up to the cursor,
---   insert or nil, listing or nil; nil: nothing.
--- Units: bytes.
--- Errors: the function raises what reading the store raises; the editor takes that for nothing.
--- Source: own.
---@param session table
---@return function
function complete.new(session)
  return function(text, cursor)
    local watch = session.watch
    if watch then watch.paused = true end
    local before = text:sub(1, cursor)
    local ok, found, typed = pcall(find, session, before)
    if watch then watch.paused = false end
    if not ok or #found == 0 then return nil end
    return present.action(found, typed, cursor - #typed + 1, session:screen())
  end
end

return complete
