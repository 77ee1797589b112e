-- `vankien backup`: a copy of the store, consistent also while others write to it.

local err = require "vankien.util.err"

local backup = {
  usage = "FILE [--force]",
  operands = {min = 1, max = 1, what = "the file to write"},
  description = [[Copies the whole store to FILE. A file that is there already is refused, so that a
    slip of the hand does not cost an older copy.]],
  options = {
    {name = "force", help = "replace FILE when it exists"},
  },
  examples = {
    {"vankien backup copy.vankien", "a copy in this folder"},
  },
}

function backup.run(options, operands, context)
  local sys, path = require "vankien.host.sys", operands[1]
  local stat = sys.stat(path)
  if stat and stat.kind ~= "file" then
    err.raise("refused", ("%s is not a plain file"):format(path))
  end
  if stat and not options.force then
    err.raise("refused", ("%s is there already"):format(path), {hint = "--force replaces it"})
  end
  local store = context:open()
  local partial = path .. ".partial"
  os.remove(partial)
  store.conn:backup(partial)
  local ok, reason = os.rename(partial, path)
  if not ok then
    os.remove(partial)
    err.raise("io", reason)
  end
  context.say("the store %s is copied to %s", store:path(), path)
  return 0
end

return backup
