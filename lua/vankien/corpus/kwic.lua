-- Key word in context: every place where phrases stand, oldest document first.

local err = require "vankien.util.err"
local evidence = require "vankien.corpus.evidence"
local lexicon_of = require "vankien.corpus.lexicon"
local result_of = require "vankien.corpus.result"
local scan = require "vankien.corpus.scan"
local scope = require "vankien.corpus.scope"
local suggest = require "vankien.util.suggest"

local kwic = {}

local known_options = { over = true, window = true, limit = true }
local Lines = result_of.class "kwic"

local function checked(options)
  options = options or {}
  for name in pairs(options) do
    if not known_options[name] then
      err.raise("unknown_name", ("kwic has no option “%s”"):format(tostring(name)),
        { hint = suggest.phrase(tostring(name), { "over", "window", "limit" }) })
    end
  end
  local limit, window = options.limit or 1000, options.window or 8
  if math.type(limit) ~= "integer" or limit < 1 then
    err.raise("bad_input", "limit is a whole number of lines, 1 or more")
  end
  if math.type(window) ~= "integer" or window < 1 then
    err.raise("bad_input", "window is a whole number of tokens, 1 or more")
  end
  return { over = options.over, window = window, limit = limit }
end

local function hits_of(counts, lexicon)
  local list, flat = {}, counts.hits
  for at = 1, #flat, 7 do
    list[#list + 1] = {
      document_id = flat[at], unit = flat[at + 1], units = flat[at + 2], kind = flat[at + 4],
      phrase = lexicon[flat[at + 3]].phrase,
      container = flat[at + 5] > 0 and lexicon[flat[at + 5]].phrase or nil,
    }
  end
  return list
end

local function total_of(counts, lexicon)
  local total = 0
  for g in ipairs(counts.groups) do
    for i = 1, #lexicon do
      total = total + counts.free[g][i] + counts.nested[g][i] + counts.overlapped[g][i]
    end
  end
  return total
end

--- Every place where phrases stand, with the words around it.
--- Shape: store, phrase or list of phrases, {over = query, window = 8, limit = 1000}
---   -> result: rows as evidence.lines gives them, total, notes.
--- Units: window in tokens; total counts all places, also those beyond the limit.
--- Errors: raises bad_input for an empty phrase, unknown_name for an unknown option.
--- Source: Luhn 1960.
---@param store table
---@param phrases string|table
---@param options? table
function kwic.of(store, phrases, options)
  options = checked(options)
  local lexicon = lexicon_of.new(type(phrases) == "string" and { phrases } or phrases)
  local picked, params = scope.pick(store, { by = "kind", over = options.over })
  local counts = scan.run(store, lexicon, scope.stream(picked), params, { hits = options.limit })
  local rows = evidence.lines(store, hits_of(counts, lexicon), options)
  local total = total_of(counts, lexicon)
  local notes = {}
  if total > #rows then
    notes[1] = ("%d of %d places shown; limit = %d shows all"):format(#rows, total, total)
  end
  return setmetatable({ rows = rows, total = total, notes = notes }, Lines)
end

return kwic
