-- Texts for specs of the import: passages of a string, files in a folder of their own, the real
-- texts.

local lines_of = {
  text = require "vankien.import.text_file", markdown = require "vankien.import.markdown",
}
local structure = require "vankien.import.structure"
local sys = require "vankien.host.sys"
local text = require "vankien.host.text"

local texts = {}

--- Passages of a string: list of {path, kind, text}, and what was counted.
function texts.passages(bytes, format)
  local repairs = {}
  local passages, joined = structure.passages(lines_of[format or "text"].lines(bytes, 0, repairs))
  repairs.joined_line = joined > 0 and joined or nil
  local out = {}
  for n, passage in ipairs(passages) do
    out[n] = { passage.path, passage.kind, (text.clean(bytes, passage.fragments)) }
  end
  return out, repairs
end

--- Only the paths, or only the texts, one after the other.
function texts.column(bytes, which, format)
  local out = {}
  for n, passage in ipairs((texts.passages(bytes, format))) do out[n] = passage[which] end
  return out
end

local function remove(path)
  local stat = sys.stat(path)
  if stat and stat.kind == "dir" and not stat.is_link then
    for _, name in ipairs(sys.listdir(path)) do remove(path .. "/" .. name) end
  end
  os.remove(path)
end

--- A folder with files {["a/b.txt"] = "text"}; remove it with texts.clear.
function texts.folder(files)
  local root = os.tmpname()
  os.remove(root)
  assert(sys.mkdir_private(root))
  for name, bytes in pairs(files) do
    local folder = (root .. "/" .. name):match "^(.*)/"
    assert(sys.mkdir_private(folder))
    local file <close> = assert(io.open(root .. "/" .. name, "wb"))
    file:write(bytes)
  end
  return root
end

texts.clear = remove

--- The folder of the real texts, or nil where they are not held.
function texts.real()
  local folder = os.getenv "VANKIEN_TEXTS" or "../shared/texts"
  return sys.stat(folder) and folder
end

return texts
