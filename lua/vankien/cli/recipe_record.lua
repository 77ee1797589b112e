-- What a run was made from, said and kept: --provenance, --record FILE, and what replay compares.

local content = require "vankien.recipe.content"
local err = require "vankien.util.err"
local provenance = require "vankien.recipe.provenance"
local record = require "vankien.recipe.record"
local visible = require "vankien.report.visible"

local recording = {}

--- Options of a command that can say what a result was made from.
recording.options = {
  {name = "record", value = "FILE", help = "keep the result and what it was made from in FILE, "
    .. "for vankien recipe replay"},
  {name = "provenance", help = "say what the result was made from"},
}

--- Look at the store before a run: what it is then must be what it is afterwards.
--- Shape: store or nil -> function(entry, outcome, uses) -> provenance, to be called after it.
--- Units: none.
--- Errors: the function raises busy when others wrote to the store meanwhile.
--- Source: own.
---@param store? table
function recording.begin(store)
  local before = store and content.of(store) or nil
  return function(entry, outcome, uses)
    if before and content.of(store).fingerprint ~= before.fingerprint then
      err.raise("busy", "the store changed while the recipe ran: it cannot be said what it read",
        {hint = "try again"})
    end
    return provenance.of(entry, outcome.params, store,
      {seed = outcome.seed, uses = uses, content = before})
  end
end

--- Say and keep what was asked for.
--- Shape: options of the command, provenance, result -> nothing.
--- Units: none.
--- Errors: raises io, full.
--- Source: own.
---@param options table
---@param made table
---@param result table
function recording.finish(options, made, result)
  if options.provenance then
    for _, line in ipairs(provenance.lines(made)) do
      io.stderr:write(("%-10s %s\n"):format(line[1], visible.line(line[2])))
    end
  end
  if not options.record then return end
  local ok, problem = record.save(options.record, record.text(made, result))
  if not ok then error(problem, 0) end
  io.stderr:write("recorded in ", visible.line(options.record), "\n")
end

return recording
