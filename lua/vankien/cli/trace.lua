-- `vankien trace`: the way of a wording through documents and their relations.

local analysis = require "vankien.cli.analysis"

local trace = {
  usage = "WORDING… [--kind RELATION]… [--where FILTER] [--format F]",
  operands = {min = 1, what = "a wording"},
  description = [[Says where a wording first stands, which documents take it up, after how many days
    and along which relation (cụ thể hóa, bổ sung, dẫn chiếu …), and where it stops. Texts are
    counted; documents known by quotations alone are attested by them.]],
  options = analysis.list(
    {name = "kind", value = "RELATION", many = true, help = "follow only relations of this kind"},
    "where", "over", "evidence", "window", "provenance", "format"),
  examples = {
    {[[vankien trace "định hình"]], "where it comes from and where it goes"},
    {[[vankien trace "chủ động tham gia" --kind "cụ thể hóa" --format json]],
      "only along one kind of relation"},
  },
}

function trace.run(options, operands, context)
  local store = context:open()
  local result = require "vankien.corpus.trace".of(store, operands, {
    kinds = options.kind, over = analysis.over(store, options),
    evidence = analysis.evidence(options, 1), window = options.window,
  })
  analysis.print(context, result, options, function(row) return row.document end,
    function(line) return line.document end)
  return result.first and 0 or 4
end

return trace
