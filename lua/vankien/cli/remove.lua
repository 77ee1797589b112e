-- `vankien remove`: takes imported documents out of the store again.

local err = require "vankien.util.err"

local remove = {
  usage = "[--yes] DOCUMENT…",
  operands = {min = 1, what = "documents"},
  description = [[Takes imported documents out, with their passages, counts, originals, relations
    and claims. A document of the policy framework loses its imported text only. A DOCUMENT is a
    key, a number, the name of an imported file, or a filter. What would go is listed and asked
    for on a terminal; elsewhere --yes is needed. All of it goes, or nothing.]],
  options = {
    {name = "yes", help = "do not ask"},
  },
  examples = {
    {"vankien remove note --yes", "the document imported from note.txt"},
    {[[vankien remove --yes "genre = 'press'"]], "all with this attribute"},
  },
}

local function chosen(store, operands)
  local sets, rows = require "vankien.corpus.sets", {}
  for _, name in ipairs(operands) do
    for _, row in ipairs(sets.query(store, name, "document"):list()) do
      rows[#rows + 1] = row
    end
  end
  return rows
end

local function confirmed(options, rows, context)
  for _, row in ipairs(rows) do context.say("  %s (%s)", row.title, row.key) end
  if options.yes then return true end
  if not require "vankien.host.sys".isatty(0) then return false end
  io.stderr:write(("remove %d documents? [y/N] "):format(#rows))
  local answer = io.stdin:read "l"
  return answer and answer:lower():find "^y" ~= nil
end

local function remove_all(store, rows)
  local counts = {removed = 0, ["text removed"] = 0}
  local session <close> = require "vankien.store.write".session(store)
  session:together(function()
    for _, row in ipairs(rows) do
      local outcome = session:remove(row.id)
      if outcome then counts[outcome] = counts[outcome] + 1 end
    end
  end)
  return counts
end

function remove.run(options, operands, context)
  local store = context:open "write"
  local rows = chosen(store, operands)
  if #rows == 0 then err.raise("not_found", "no document of the store is meant") end
  if not confirmed(options, rows, context) then
    err.raise("refused", "nothing was removed", {hint = "--yes removes without asking"})
  end
  local counts = remove_all(store, rows)
  context.say("%d documents removed, %d lost their text", counts.removed, counts["text removed"])
  return 0
end

return remove
