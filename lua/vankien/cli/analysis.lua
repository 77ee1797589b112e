-- What the commands of analysis share: options for the documents, the lexicon and the output, and
-- the printing of their results.

local err = require "vankien.util.err"
local json = require "vankien.util.json"
local report = require "vankien.report"

local analysis = {}

--- Options that several commands have, by name.
analysis.options = {
  where = {name = "where", value = "FILTER",
    help = "count only documents that pass, as in documents:where\"FILTER\""},
  over = {name = "over", value = "DOCUMENT", many = true,
    help = "count only this document: its key, number, or the name of its imported file"},
  once = {name = "once", help = "leave out documents that stand inside another one"},
  phrase = {name = "phrase", value = "P", many = true, help = "a phrase to count"},
  lexicon = {name = "lexicon", value = "FILE",
    help = "phrases from a file: .lua, .csv or .tsv (phrase,rung,label), else one a line"},
  min = {name = "min", value = "N", type = "integer", help = "least count"},
  limit = {name = "limit", value = "N", type = "integer", default = 50, help = "rows at most"},
  rounds = {name = "rounds", value = "N", type = "integer",
    help = "rounds of the test over documents (default: 2000)"},
  seed = {name = "seed", value = "N", type = "integer",
    help = "seed of the random numbers (default: 1)"},
  test = {name = "test", help = "test over documents, also when there are many of them"},
  ["no-test"] = {name = "no-test", help = "make no test over documents"},
  evidence = {name = "evidence", value = "N", type = "integer",
    help = "lines of evidence (rows of json and jsonl carry them only when asked)"},
  window = {name = "window", value = "N", type = "integer",
    help = "words and marks on either side in lines of evidence (default: 8)"},
  provenance = {name = "provenance",
    help = "say program, store, its fingerprint, patterns and SQL as well"},
  format = {name = "format", value = "F", choices = report.formats, default = "table",
    help = "how to print"},
}

--- A list of options: names of shared ones, or descriptions of a command's own.
--- Shape: names and tables -> list for a command's `options`.
--- Units: none.
--- Errors: raises for a name that is not shared.
--- Source: own.
function analysis.list(...)
  local list = {}
  for i, item in ipairs {...} do
    list[i] = type(item) == "table" and item or assert(analysis.options[item], item)
  end
  return list
end

--- The documents that --where and --over ask for.
--- Shape: options -> filter, list of names, or nil for all.
--- Units: none.
--- Errors: raises usage when both are given.
--- Source: own.
---@param options table
function analysis.over(store, options)
  if options.where and options.over then
    err.raise("usage", "--where and --over do not go together")
  end
  if options.where then return store:collection "documents":where(options.where) end
  return options.over
end

--- The phrases that operands, --phrase and --lexicon ask for.
--- Shape: options, operands -> list, lexicon, or nil.
--- Units: none.
--- Errors: raises usage when several ways are mixed; what reading a file raises.
--- Source: own.
---@param options table
---@param operands? string[]
function analysis.phrases(options, operands)
  local given = options.phrase or operands and #operands > 0 and operands or nil
  if given and options.lexicon then
    err.raise("usage", "phrases and --lexicon do not go together")
  end
  if options.lexicon then return require "vankien.corpus.lexicon_file".read(options.lexicon) end
  return given
end

--- A number given as a word.
--- Shape: word or nil, name of the option -> number or nil.
--- Units: the option's.
--- Errors: raises usage when it is no number.
--- Source: own.
function analysis.number(word, name)
  if word == nil then return nil end
  return tonumber(word)
    or err.raise("usage", ("--%s wants a number, not %q"):format(name, word))
end

--- true for --test, false for --no-test, else nil.
--- Shape: options -> boolean or nil.
--- Units: none.
--- Errors: raises usage when both are given.
--- Source: own.
function analysis.test(options)
  if options.test and options["no-test"] then
    err.raise("usage", "--test and --no-test do not go together")
  end
  if options["no-test"] then return false end
  return options.test
end

local RECORDS = {json = true, jsonl = true}
local CARRIES = {table = true, markdown = true, html = true, json = true, jsonl = true}

--- How many lines of evidence a format wants.
--- Shape: options, lines for people when nothing is said -> integer or nil.
--- Units: lines.
--- Errors: raises usage when evidence is asked for in a format that has no place for it.
--- Source: own.
function analysis.evidence(options, usual)
  local wanted = options.evidence
  if wanted and wanted > 0 and not CARRIES[options.format] then
    err.raise("usage", ("--evidence has no place in %s"):format(options.format),
      {hint = "use --format jsonl, or vankien kwic"})
  end
  if wanted then return wanted end
  if RECORDS[options.format] or not CARRIES[options.format] then return 0 end
  return usual
end

-- In records each row gets the lines behind it.
local function attach(result, key_of_row, key_of_line)
  local by_key = {}
  for _, line in ipairs(result.evidence or {}) do
    local key = key_of_line(line)
    by_key[key] = by_key[key] or json.array {}
    table.insert(by_key[key], line)
  end
  local columns = table.move(result.columns, 1, #result.columns, 1, {})
  columns[#columns + 1] = {name = "evidence"}
  for _, row in ipairs(result.rows) do
    row.evidence = by_key[key_of_row(row)] or json.array {}
  end
  result.columns = columns
end

--- Print a result; in records with the evidence that was asked for.
--- Shape: context, result, options, key of a row, key of a line of evidence -> nothing.
--- Units: none.
--- Errors: those of printing.
--- Source: own.
function analysis.print(context, result, options, key_of_row, key_of_line)
  if RECORDS[options.format] and options.evidence and options.evidence > 0 then
    attach(result, key_of_row, key_of_line)
  end
  context:print_result(result, options.format, {provenance = options.provenance})
end

--- A window as typed: a number where one is written; other words are for the library to judge.
--- Shape: text or nil -> integer | text | nil.
--- Units: tokens.
--- Errors: none.
--- Source: own.
---@param written? string
function analysis.window(written)
  return written and written:find "^%d+$" and math.tointeger(tonumber(written)) or written
end

return analysis
