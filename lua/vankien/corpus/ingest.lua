-- Import from paths to the store: everything is read and checked first, so that a bad file is told
-- of before anything is written; then each document is written in a transaction of its own.
--
-- Nothing is written when any file is bad, unless `keep_going` is set: then the good ones are.  A
-- failure in the second part (disk full, interrupt) leaves the documents that were finished, and
-- says how many.  A transaction holds one file's document; of JSON Lines as many whole documents
-- as make some megabytes, because small ones would spend their time on waiting for the disk.

local sys = require "vankien.host.sys"
local import = require "vankien.import"
local encoding = require "vankien.import.encoding"
local write = require "vankien.store.write"
local err = require "vankien.util.err"

local ingest = {}

local SHOWN_PROBLEMS = 20
-- Text in one transaction when documents come by the line.
local STREAM_BYTES = 4 << 20

local function code_of(problems)
  for _, problem in ipairs(problems) do
    if problem.code ~= problems[1].code then return "bad_input" end
  end
  return problems[1].code
end

-- One error for all that is wrong; each problem keeps its own place.
local function together(problems, written)
  if #problems == 1 and written == 0 then return problems[1] end
  local shown = {}
  for n = 1, math.min(#problems, SHOWN_PROBLEMS) do shown[n] = "  " .. tostring(problems[n]) end
  if #problems > SHOWN_PROBLEMS then
    shown[#shown + 1] = ("  … and %d more"):format(#problems - SHOWN_PROBLEMS)
  end
  local so_far = written == 0 and "nothing was imported"
    or ("%d documents were imported before"):format(written)
  local all = err.new(code_of(problems), ("%d problem%s; %s\n%s"):format(#problems,
    #problems == 1 and "" or "s", so_far, table.concat(shown, "\n")), {
    hint = "keep_going (--keep-going) imports what is good",
  })
  all.problems = problems
  return all
end

local function append(list, more)
  table.move(more, 1, #more, #list + 1, list)
end

local function congresses_of(store)
  if not store then return nil end
  local known, first, last = {}, nil, nil
  for _, ordinal in store.conn:rows "SELECT ordinal FROM congresses ORDER BY n" do
    known[ordinal], first, last = true, first or ordinal, ordinal
  end
  return known, first and ("congresses %s to %s"):format(first, last)
end

local function interrupted(summary)
  summary.interrupted = summary.interrupted or sys.interrupted()
  return summary.interrupted
end

-- The name of an encoding in its usual spelling; what both readings of a file share.
local function prepare(options)
  options.kept = {}
  if not options.encoding then return true end
  local name, problem = encoding.canonical(options.encoding)
  options.encoding = name
  return name, problem
end

local function check_interrupt(summary)
  if not interrupted(summary) then return end
  err.raise("interrupted", ("stopped; %d documents are in the store"):format(
    summary.written), { hint = "the same command goes on where it stopped" })
end

-- Two records that would be one document: told before either is written.
local function note_identity(seen, record, problems)
  local meta = record.meta
  local when = meta.issued or meta.congress
  if not meta.number then return end
  local issuer = not meta.number:find "/TW$" and meta.issuer
  local key = table.concat({ meta.number, when or "", issuer or "" }, "|")
  if seen[key] then
    problems[#problems + 1] = err.new("ambiguous",
      ('this and %s are the same document: "%s"'):format(seen[key], meta.number), {
        place = record.place, hint = "give one of them another number or date",
      })
  end
  seen[key] = seen[key] or record.place
end

local function check_all(sources, options, problems)
  local seen, count, bytes, heads, nothing = {}, 0, 0, {}, { written = 0 }
  local reading = setmetatable({ without_text = true }, { __index = options })
  local next_record = import.read(sources, reading)
  while true do
    local record, wrong = next_record()
    if not record and not wrong then break end
    if record then
      count, bytes = count + 1, bytes + #record.bytes
      if record.head then heads[#heads + 1] = { place = record.place, head = record.head } end
      note_identity(seen, record, problems)
    else
      append(problems, wrong)
    end
    check_interrupt(nothing)
  end
  return count, bytes, heads
end

-- What documents say of themselves is taken only when somebody agrees.
local function ask_heads(options, heads)
  if options.head == nil and options.confirm_head and heads[1] then
    options.head = options.confirm_head(heads)
  end
end

-- A title or a number on the command line is that of one document.
local function check_options(options, count, problems)
  for _, key in ipairs { "title", "number" } do
    if options.meta and options.meta[key] and count > 1 then
      problems[#problems + 1] = err.new("usage",
        ("--%s names one document, but %d are to be imported"):format(key, count), {
          hint = "a manifest gives each file its own: --manifest FILE.csv",
        })
    end
  end
end

local function add_counts(into, counts)
  for kind, n in pairs(counts) do into[kind] = (into[kind] or 0) + n end
end

local function note(summary, place, message)
  summary.notes[#summary.notes + 1] = { place = place, message = message }
end

local function note_contained(summary, record, outcome, titles)
  for _, found in ipairs(outcome.contained) do
    summary.contained[#summary.contained + 1] = {
      document_id = outcome.document_id, title = record.meta.title, other_id = found.document_id,
      other = titles(found.document_id), share = found.share, inner = found.inner,
      outer = found.outer,
    }
  end
end

local function titles_of(store)
  return function(id)
    return (store.conn:first("SELECT title FROM documents WHERE id = ?", { id }))
  end
end

-- Every repair of a record, with its line, for --show-repairs.
local function list_found(summary, record)
  local line, at = 1, 1
  for _, one in ipairs(record.found or {}) do
    local _, feeds = record.bytes:sub(at, one.from):gsub("\n", "")
    line, at = line + feeds, one.from + 1
    summary.found[#summary.found + 1] = {
      place = record.place, line = line, kind = one.kind, start = one.from, stop = one.to,
      before = one.before, after = one.after,
    }
  end
end

local function account(summary, record, outcome)
  summary[outcome.status] = summary[outcome.status] + 1
  summary.documents = summary.documents + 1
  summary.claims = summary.claims + outcome.claims
  if outcome.status ~= "unchanged" then summary.pending = summary.pending + 1 end
  summary.passages = summary.passages + (outcome.passages or 0)
  summary.syllables = summary.syllables + (outcome.syllables or 0)
  summary.bytes = summary.bytes + #record.bytes
  add_counts(summary.repairs, outcome.repairs)
  add_counts(summary.reported, outcome.reported)
  if summary.found and outcome.passages then list_found(summary, record) end
  for _, message in ipairs(record.notes) do note(summary, record.place, message) end
  if outcome.status == "attached" then
    note(summary, record.place, ('taken for the known document "%s", by its %s'):format(
      outcome.known, outcome.how == "title" and "title and date" or outcome.how))
  elseif outcome.copy_of then
    note(summary, record.place, "the same text as " .. outcome.copy_of .. "; read once")
  end
end

-- Says on the way out of a failure what stands.
local function witness(summary)
  return setmetatable({}, { __close = function(_, problem)
    if err.is(problem) and problem.code ~= "interrupted" and summary.written > 0 then
      problem.message = ("%s (%d documents were imported before)"):format(
        problem.message, summary.written)
    end
  end })
end

-- Reading twice finds a bad file twice.
local function append_new(list, more)
  for _, problem in ipairs(more) do
    local known = false
    for _, other in ipairs(list) do known = known or tostring(other) == tostring(problem) end
    if not known then list[#list + 1] = problem end
  end
end

local function write_one(session, record, summary, report)
  local good, wrong = session:document(record, report)
  if not good then summary.failed[#summary.failed + 1] = wrong end
  return good
end

-- Records until the next transaction is full; false when there are no more, or a bad one stops it.
local function write_some(session, next_record, options, summary, report)
  local room = options.transaction_bytes
  repeat
    local record, wrong = next_record()
    if not record and not wrong then return false end
    if wrong then append_new(summary.failed, wrong) end
    local good = record and write_one(session, record, summary, report)
    if not good and not options.keep_going then return false end
    room = room - (record and #record.bytes or 0)
  until room <= 0 or interrupted(summary)
  return true
end

local function write_all(store, sources, options, summary, progress, total)
  local session <close> = write.session(store, { index = options.index, thread = options.thread })
  local next_record = import.read(sources, options)
  local closing <close> = witness(summary)
  local titles = titles_of(store)
  local function report(record, outcome)
    account(summary, record, outcome)
    note_contained(summary, record, outcome, titles)
  end
  local more = true
  while more do
    more = session:together(function()
      return write_some(session, next_record, options, summary, report)
    end)
    summary.written = summary.pending
    if progress then progress(summary.documents, total, summary.bytes) end
    check_interrupt(summary)
  end
end

-- What an import would do to the texts; nothing is written.
local function try_all(sources, options, summary)
  local next_record = import.read(sources, options)
  while true do
    local record, wrong = next_record()
    if not record and not wrong then break end
    if record then
      summary.documents, summary.bytes = summary.documents + 1, summary.bytes + #record.bytes
      summary.passages = summary.passages + #record.passages
      add_counts(summary.repairs, record.repairs)
      add_counts(summary.reported, record.reported)
      if summary.found then list_found(summary, record) end
      for _, message in ipairs(record.notes) do note(summary, record.place, message) end
    end
    append_new(summary.failed, wrong or {})
    check_interrupt(summary)
  end
end

local function transaction_bytes(sources)
  for _, source in ipairs(sources) do
    if source.format.each then return STREAM_BYTES end
  end
  return 0
end

local function empty_summary(found)
  return {
    documents = 0, written = 0, pending = 0, added = 0, attached = 0, replaced = 0, described = 0,
      unchanged = 0,
    passages = 0, syllables = 0, bytes = 0, claims = 0, repairs = {}, reported = {}, contained = {},
    failed = {}, notes = found.notes,
  }
end

--- Import files, folders and a manifest.
--- Shape: store, paths, {manifest=, meta=, keep_going=, max_bytes=, index = true (false: the search
---   index is left for later), repair = true (false: none), without_repairs = {kinds},
---   show_repairs=, dry_run=, thread = true (false: nothing is read ahead)},
---   progress(done, total, bytes)
---   -> summary | nil, err.  A summary counts documents, added, attached, replaced, described,
---   unchanged, written, passages, syllables, bytes, claims; repairs and reported = {kind = n};
---   found = every repair and report with show_repairs;
---   contained = {{title=, other=, share=, inner=, outer=}}; notes = {{place=, message=}};
---   failed = list of err (with keep_going).
--- Units: bytes of original text.
--- Errors: returns nil and one error for all that is wrong (its `problems` lists them); raises what
--- SQLite says.  The store is as it was, but for documents finished before a failure in writing.
--- Source: none.
---@param store table
---@param paths string[]
---@param options? table
---@param progress? function
function ingest.run(store, paths, options, progress)
  options = setmetatable({}, { __index = options })
  local good, unknown = prepare(options)
  if not good then return nil, unknown end
  options.congresses, options.congress_range = congresses_of(store)
  local found = import.sources(paths, options)
  local problems = found.problems
  local count, bytes, heads = check_all(found.sources, options, problems)
  check_options(options, count, problems)
  if #found.sources == 0 and #problems == 0 then
    problems[1] = err.new("usage", "nothing to import", {
      hint = "name files, folders or --manifest" })
  end
  local must_stop = problems[1] and (not options.keep_going or problems[1].code == "usage")
  if must_stop then return nil, together(problems, 0) end
  ask_heads(options, heads)
  local summary = empty_summary(found)
  options.transaction_bytes = transaction_bytes(found.sources)
  summary.total_bytes = bytes
  if options.keep_going then append(summary.failed, problems) end
  local known = #summary.failed
  if options.show_repairs then summary.found = {} end
  if options.dry_run then
    try_all(found.sources, options, summary)
    return summary
  end
  write_all(store, found.sources, options, summary, progress, count)
  if not options.keep_going and #summary.failed > known then
    return nil, together(summary.failed, summary.written), summary
  end
  return summary
end

return ingest
