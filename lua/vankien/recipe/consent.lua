-- The question before a recipe runs that nobody here has agreed to: what it is, what it wants, what
-- changed since; then view, once (in the jail, no more than the default), trust, or cancel.  No
-- single key agrees to anything.

local compare = require "vankien.recipe.compare"
local err = require "vankien.util.err"
local metadata = require "vankien.recipe.metadata"
local permissions = require "vankien.recipe.permissions"
local signature = require "vankien.recipe.signature"
local visible = require "vankien.report.visible"

local consent = {}

local TRIES = 8

--- A console on standard error and standard input.
--- Shape: nothing -> {say = function(text), ask = function(prompt) -> line or nil, show = …}.
--- Units: none.
--- Errors: none.
--- Source: own.
function consent.console()
  local console = {}
  function console.say(text) io.stderr:write(visible.text(text), "\n") end
  function console.ask(prompt)
    io.stderr:write(prompt)
    return io.stdin:read "l"
  end
  console.show = console.say
  return console
end

local function one_line(text)
  return visible.line(tostring(text))
end

local function facts(entry, depends)
  local meta = entry.meta
  local wanted = permissions.of(meta)
  local out = {
    { "recipe", ("%s %s"):format(entry.name, entry.version) },
    { "from", entry.path or entry.shelf },
    { "authors", table.concat(meta.authors or {}, ", ") },
    { "hash", entry.hash },
    { "wants", permissions.line(wanted) },
  }
  if signature.beside(entry) then
    table.insert(out, 4, { "signature", signature.sentence(signature.of(entry)) })
  end
  for _, used in ipairs(depends or {}) do
    out[#out + 1] = { "uses", ("%s %s %s (%s)"):format(used.name, used.version,
      used.hash:sub(1, 8), used.shelf) }
  end
  for _, phrase in ipairs(permissions.beyond(wanted)) do
    out[#out + 1] = { "beyond", "more than the default: " .. phrase }
  end
  return out
end

--- What a person should know of a recipe before it runs.
--- Shape: entry, entries that it uses or nil -> string of lines.
--- Units: none.
--- Errors: none; control characters are written out.
--- Source: own.
---@param entry table
---@param depends? table
function consent.card(entry, depends)
  local out = {}
  for i, fact in ipairs(facts(entry, depends)) do
    local value = one_line(fact[2])
    out[i] = ("  %-10s %s"):format(fact[1], value ~= "" and value or "(none)")
  end
  return table.concat(out, "\n")
end

local function introduce(entry, before, depends, console)
  if not before then
    console.say "This recipe has not run here before."
    return console.say(consent.card(entry, depends))
  end
  local verb = before.record.verdict == "denied" and "denied" or "agreed to"
  console.say(("This recipe is not the one that was %s on %s."):format(verb, before.record.on))
  console.say(consent.card(entry, depends))
  if not before.bytes then return console.say "The text of then is not kept any more." end
  local meta = metadata.read(before.bytes, "the text of then")
  console.show(compare.text(compare.of({ meta = meta or { permissions = before.record.permissions },
    bytes = before.bytes }, entry)))
end

local function numbered(bytes)
  local out, n = {}, 0
  for line in (bytes .. "\n"):gmatch "([^\n]*)\n" do
    n = n + 1
    out[n] = ("%4d  %s"):format(n, line)
  end
  return table.concat(out, "\n") .. "\n"
end

local function explain(entry, console)
  console.say(([[
view                 read the whole file
once                 run it once, in the jail, with no more than the default permissions
trust %s       always run this text with what it wants
cancel               do not run it]]):format(entry.hash:sub(1, 8)))
end

local function interpret(entry, line)
  local word, rest = line:match "^%s*(%S*)%s*(.-)%s*$"
  if word == "" or word == "cancel" then return "cancel" end
  if (word == "view" or word == "once") and rest == "" then return word end
  if word == "trust" and #rest >= 8 and entry.hash:sub(1, #rest) == rest then return "trust" end
  return nil
end

--- Ask.
--- Shape: entry, {record=, bytes=} of the last verdict or nil, entries that it uses or nil, console
---   -> "once" | "trust" | nil, err.
--- Units: none.
--- Errors: nil, refused when the answer is to cancel, or none comes.
--- Source: own.
---@param entry table
---@param before? table
---@param depends? table
---@param console table
function consent.ask(entry, before, depends, console)
  introduce(entry, before, depends, console)
  explain(entry, console)
  for _ = 1, TRIES do
    local line = console.ask "view, once, trust or cancel? "
    local answer = line == nil and "cancel" or interpret(entry, line)
    if answer == "once" or answer == "trust" then return answer end
    if answer == "cancel" then break end
    if answer == "view" then console.show(numbered(entry.bytes))
    else explain(entry, console) end
  end
  return nil, err.new("refused", entry.name .. ": not run")
end

return consent
