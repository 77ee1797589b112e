-- `vankien citations`: which documents the imported texts refer to.

local err = require "vankien.util.err"
local report = require "vankien.report"

local citations = {
  usage = "[DOCUMENT] [--propose | --accept] [--verdict V] [--format F]",
  operands = {min = 0, max = 1, what = "a document"},
  description = [[Finds references to other documents in all their written forms ("Nghị quyết số
    59-NQ/TW, ngày 24/01/2025 của Bộ Chính trị", "59 -NQ/TW", "Nghị quyết 59", "Nghị quyết Trung
    ương 8 khoá IX", "30/2020/NĐ-CP", "Hiến pháp năm 2013") and says which document of the store
    each means: resolved, ambiguous (with the candidates) or unresolved. Only --accept writes: a
    relation "dẫn chiếu" for each pair of documents, and a row of unresolved_citations for each
    reference that leads to no one document, with the passage as evidence, all in one
    transaction.]],
  options = {
    {name = "propose", help = "list the relations that --accept would write"},
    {name = "accept", help = "write them"},
    {name = "verdict", value = "V", choices = {"resolved", "ambiguous", "unresolved", "itself"},
      help = "list only these"},
    {name = "format", value = "F", choices = report.formats, default = "table",
      help = "how to print"},
  },
  examples = {
    {"vankien citations", "every citation in the texts of the store"},
    {"vankien citations 25-CT/TW --format jsonl", "those of one document"},
    {"vankien citations --propose", "the relations they come to"},
  },
}

function citations.run(options, operands, context)
  if options.propose and options.accept then
    err.raise("usage", "--propose and --accept do not go together")
  end
  if options.verdict and (options.propose or options.accept) then
    err.raise("usage", "--verdict is for the list of citations")
  end
  local store = context:open(options.accept and "write" or "read")
  local result = require "vankien.corpus.citations".of(store, operands[1],
    {verdict = options.verdict})
  if options.accept then
    local written, proposed, claims = result:accept()
    context:print_result(proposed, options.format)
    context.say("%d relations written, %d known before; kept as claims: %d references that lead to "
      .. "no one document", written, #proposed.rows - written, claims)
    return 0
  end
  context:print_result(options.propose and result:proposals() or result, options.format)
  return 0
end

return citations
