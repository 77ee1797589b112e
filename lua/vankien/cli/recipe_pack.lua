-- `vankien recipe pack`: a recipe and all it uses as one file to hand on.

local bundle = require "vankien.recipe.bundle"
local depends = require "vankien.recipe.depends"
local life = require "vankien.cli.recipe_life"
local list = require "vankien.util.list"
local signature = require "vankien.recipe.signature"
local sys = require "vankien.host.sys"

local command = {
  usage = "NAME|FILE [--output FILE] [--sign KEY] [--frozen]",
  operands = {min = 1, max = 1, what = "a recipe: its name, or the path of its file"},
  description = [[Writes NAME-VERSION.recipes: the recipe and all that it uses, as they are, with
    their signatures. The same recipes make the same file. `vankien recipe install` puts them on
    another shelf with the same hashes. --sign makes the recipe's signature with ssh-keygen; a key
    with a passphrase must be known to ssh-agent.]],
  options = {
    {name = "output", short = "o", value = "FILE",
      help = "the file to write; - is standard output"},
    {name = "sign", value = "KEY", help = "sign the recipe with this key of ssh"},
    {name = "frozen", help = "refuse what it uses to differ from the lock file"},
  },
  examples = {
    {"vankien recipe pack participation-shift --output -", "one that comes with the program"},
  },
}

local function resolved(entry, options, context)
  local entries, info = depends.resolve(entry, {
    frozen = options.frozen, save = false, store = entry.shelf == "store" and context:open() or nil,
  })
  if not entries then life.raise(info, "what it uses") end
  return entries
end

local function with_signature(entry, key)
  local signed = signature.beside(entry)
  if key then signed = life.must(signature.sign(entry.bytes, key)) end
  return {name = entry.name, version = entry.version, hash = entry.hash, bytes = entry.bytes,
    signature = signed}
end

function command.run(options, operands, context)
  local entry = life.find(operands[1], context)
  local parts = list.concat({with_signature(entry, options.sign)},
    list.map(resolved(entry, options, context), function(used) return with_signature(used) end))
  local text = bundle.text(parts)
  local path = options.output or ("%s-%s.recipes"):format(entry.name, entry.version)
  if path == "-" then
    io.stdout:write(text)
    return 0
  end
  life.must(sys.write_file_atomic(path, text))
  context.say("%s: %d recipe%s, %d bytes", path, #parts, #parts == 1 and "" or "s", #text)
  return 0
end

return command
