-- `vankien import`: files, folders and manifests into the store.

local err = require "vankien.util.err"
local report = require "vankien.report"

local import = {
  usage = "PATH… | --manifest FILE.csv [--type T --number N --issued DATE …] [--yes]",
  operands = {min = 0, what = "files or folders"},
  description = [[Reads text and Markdown (with `# key: value` lines at the top); PDF (by pdftotext
    of poppler-utils); Word, OpenDocument, RTF, EPUB and web pages (by pandoc); JSON Lines with one
    document a line; CSV and TSV with a column "text" and one document a row; folders of these; and
    a CSV manifest with one file a line. Text in another encoding than UTF-8 is read when --encoding
    names it; what it may be is proposed. Scans, scrambled fonts and text of a wrong table are
    refused with what helps. Everything is checked before anything is written; a document is written
    whole or not at all; the text as it was read is kept, and of a converted file its name, size
    and hash.
    The same file again changes nothing; a changed one replaces its document. Options win over the
    manifest, the manifest over the file's own lines; what the head of a document says beyond that
    (number, type, date, issuer, congress, title) is shown for an answer on a terminal, and taken
    without asking with --yes. The store named with --store is made when it is not there.]],
  options = {
    {name = "manifest", value = "FILE", help = "a CSV file: a line for each file, paths relative "
      .. "to it; columns without a meaning of their own become attributes"},
    {name = "number", value = "N", help = "document number: 25-CT/TW"},
    {name = "type", value = "T", help = "type: Chỉ thị, Nghị quyết, …"},
    {name = "issued", value = "DATE", help = "2018-08-08, 08/8/2018, 2018-08, 2018, or a range"},
    {name = "issuer", value = "WHO", help = "who issued it"},
    {name = "congress", value = "C", help = "congress term: XII"},
    {name = "title", value = "TEXT", help = "title"},
    {name = "source", value = "TEXT", help = "where the text was taken from"},
    {name = "encoding", value = "NAME", help = "of files that are not UTF-8: TCVN3, VISCII, "
      .. "CP1258, UTF-16; TCVN3-as-Latin-1 for “§¹i héi”; never guessed, but proposed"},
    {name = "garbled", help = "import as it is what a wrong table made unreadable"},
    {name = "set", value = "KEY=VALUE", many = true, help = "an attribute that filters can use"},
    {name = "keep-going", help = "import what is good and report the rest"},
    {name = "no-index", help = "leave the search index for later (vankien doctor --reindex): "
      .. "faster by a third; searching finds the same, slower"},
    {name = "dry-run", help = "write nothing: read, repair and print what an import would do"},
    {name = "show-repairs", help = "print each repair (kind, place, before, after) instead of the "
      .. "summary; without an after it is only reported"},
    {name = "no-repairs", help = "take the words as they are, damaged or not"},
    {name = "no-repair", value = "KIND", many = true, help = "leave one kind of damage: "
      .. "split_syllable, split_number, glued_words, page_header, note_mark, hyphen_break, "
      .. "space_before_mark, detached_mark, ornament_letter, two_dots, structure_break"},
    {name = "yes", help = "do not ask, on a terminal: import more than 100 files, take what "
      .. "documents say of themselves at their heads (number, type, date, issuer, title)"},
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print the summary"},
  },
  examples = {
    {"vankien --store mine.db import directive.txt --number 25-CT/TW --issued 2018-08-08",
      "one file, described on the command line"},
    {"vankien --store mine.db import --manifest manifest.csv", "many files, described in a table"},
    {"vankien import --dry-run --show-repairs report.txt", "what is damaged in a text"},
  },
}

local META = {"number", "type", "issued", "issuer", "congress", "title", "source"}
local MANY = 100

local function meta_of(options)
  local meta = {}
  for _, key in ipairs(META) do meta[key] = options[key] end
  for _, pair in ipairs(options.set or {}) do
    local key, value = pair:match "^%s*([^=]-)%s*=(.*)$"
    if not key or key == "" then
      err.raise("usage", ("--set wants KEY=VALUE, not %q"):format(pair))
    end
    if meta[key] ~= nil then err.raise("usage", ("%s is given twice"):format(key)) end
    meta[key] = value
  end
  return meta
end

-- Only a person at a terminal is asked.
local function asks()
  local sys = require "vankien.host.sys"
  return sys.isatty(0) and sys.isatty(2)
end

local function confirm_head(options)
  if options["dry-run"] or not asks() then return nil end
  return require "vankien.cli.confirm_head"
end

-- Before something large.
local function confirmed(options, operands, store)
  if options.yes or options["dry-run"] or not asks() then return true end
  local found = require "vankien.import".sources(operands, {manifest = options.manifest})
  if #found.sources <= MANY then return true end
  io.stderr:write(("import %d files into %s? [y/N] "):format(#found.sources, store:path()))
  local answer = io.stdin:read "l"
  return answer and answer:lower():find "^y" ~= nil
end

local COUNTED = {
  {"documents", "documents read"}, {"added", "added"},
  {"attached", "texts of documents known before"},
  {"replaced", "replaced"}, {"described", "described anew"}, {"unchanged", "unchanged"},
  {"passages", "passages"}, {"syllables", "syllables"}, {"claims", "claims of their sources"},
}

local REPAIRS = {
  nfc = "characters composed (NFC)", eth = "Ð and Ɖ turned to Đ", nbsp = "no-break spaces",
  joined = "pieces joined", joined_line = "hard-wrapped lines joined",
  zero_width = "invisible characters dropped", white_space = "runs of white space",
  joined_fragments = "pieces joined", split_syllable = "split syllables joined",
  split_number = "split numbers joined",
  glued_words = "glued words parted", page_header = "page headers and numbers dropped",
  note_mark = "footnote marks taken out", note_body = "footnotes inside the text",
  hyphen_break = "words joined over a line end", space_before_mark = "spaces before punctuation",
  detached_mark = "detached marks given back", ornament_letter = "ornament letters dropped",
  two_dots = "stray dots dropped", structure_break = "units in mid-line begun anew",
  web_chrome = "lines of a web page",
}

local function summary_rows(summary)
  local rows = {}
  for _, pair in ipairs(COUNTED) do
    local n = summary[pair[1]]
    if n and (n > 0 or pair[1] == "documents" or pair[1] == "added") then
      rows[#rows + 1] = {what = pair[2], key = pair[1], n = n}
    end
  end
  for _, kind in ipairs(require "vankien.util.list".sorted_keys(summary.repairs)) do
    rows[#rows + 1] = {what = "normalised: " .. (REPAIRS[kind] or kind:gsub("_", " ")),
      key = kind, n = summary.repairs[kind]}
  end
  for _, kind in ipairs(require "vankien.util.list".sorted_keys(summary.reported)) do
    rows[#rows + 1] = {
      what = "only reported: " .. (REPAIRS[kind] or kind), key = "reported_" .. kind,
      n = summary.reported[kind],
    }
  end
  return rows
end

local function say_notes(notes, context)
  local shown = 20
  for i = 1, math.min(#notes, shown) do
    local note = notes[i]
    context.say("note: %s%s", note.place and note.place .. ": " or "", note.message)
  end
  if #notes > shown then context.say("note: … and %d more of these", #notes - shown) end
end

local function say_contained(contained, context)
  for _, found in ipairs(contained) do
    local inner, outer = found.title, found.other
    if found.outer and not found.inner then inner, outer = outer, inner end
    if found.inner or found.outer then
      context.say("warning: %.0f %% of “%s” stands in “%s”: counting both counts it twice; "
        .. "shift --once leaves it out", found.share * 100, inner, outer)
    else
      context.say("note: “%s” and “%s” share %.0f %% of the shorter one's wording; neither holds "
        .. "the other, both are counted", inner, outer, found.share * 100)
    end
  end
end

local function say_failed(failed)
  for _, problem in ipairs(failed) do
    io.stderr:write(require "vankien.cli.fail".text(problem))
  end
end

local function describe_failure(problem)
  if problem.hint == "keep_going imports what is good" then
    problem.hint = "--keep-going imports what is good"
  end
  return problem
end

-- However it ends, the bar is cleared; after Ctrl-C the message says what stands.
local function read_all(store, operands, options)
  local show, clear = require "vankien.cli.progress".new()
  local done = 0
  local guard <close> = setmetatable({}, {__close = function(_, problem)
    clear()
    if err.is(problem) and problem.code == "interrupted" then
      problem.message = ("interrupted; at least %d documents are in the store"):format(done)
      problem.hint = "the same command goes on where this one stopped"
    end
  end})
  return require "vankien.corpus.ingest".run(store, operands, options, function(n, total)
    done = n
    show(n, total)
  end)
end

local FOUND = {
  "place", {name = "line", type = "integer"}, "kind", {name = "start", type = "integer"},
  {name = "stop", type = "integer"}, "before", "after",
}

local function print_summary(summary, options, context)
  if summary.found then
    return context:print_rows(summary.found, FOUND, options.format, {footer = false})
  end
  local columns = options.format == "table" and {"what", {name = "n", type = "integer"}}
    or {"key", {name = "n", type = "integer"}, "what"}
  context:print_rows(summary_rows(summary), columns, options.format, {footer = false})
end

-- A dry run makes no store where none is, and then knows no facts.
local function store_of(options, context)
  local sys = require "vankien.host.sys"
  if not options["dry-run"] then return context:open "create" end
  if context.store_path and not sys.stat(context.store_path) then return nil end
  return context:open "read"
end

local function check_kinds(kinds)
  local known = require "vankien.host.text".repair_kinds()
  for _, kind in ipairs(kinds or {}) do
    if not require "vankien.util.list".index_of(known, kind) then
      require "vankien.util.strict".unknown("kind of repair", kind, known)
    end
  end
  return kinds
end

function import.run(options, operands, context)
  if #operands == 0 and not options.manifest then
    err.raise("usage", "import needs files, folders or --manifest", {hint = "vankien help import"})
  end
  local meta = meta_of(options)
  local without = check_kinds(options["no-repair"])
  local store = store_of(options, context)
  if not confirmed(options, operands, store) then
    err.raise("refused", "nothing was imported", {hint = "--yes imports without asking"})
  end
  local summary, problem = read_all(store, operands,
    {manifest = options.manifest, meta = meta, keep_going = options["keep-going"],
      index = not options["no-index"], encoding = options.encoding, garbled = options.garbled,
      head = options.yes, confirm_head = confirm_head(options),
      dry_run = options["dry-run"], show_repairs = options["show-repairs"],
      repair = not options["no-repairs"], without_repairs = without})
  if not summary then error(describe_failure(problem), 0) end
  say_notes(summary.notes, context)
  say_contained(summary.contained, context)
  say_failed(summary.failed)
  print_summary(summary, options, context)
  return #summary.failed > 0 and require "vankien.cli.fail".code(summary.failed[1]) or 0
end

return import
