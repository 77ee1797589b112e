-- From paths to sources: folders are walked, manifests read, formats told by the file's extension.
-- A new format is a module with `name`, `extensions` and `drafts` (or `each`, for files of many
-- documents), named in `formats` here.  Does not look into the files, except manifests and the
-- first line of CSV.

local sys = require "vankien.host.sys"
local err = require "vankien.util.err"
local content = require "vankien.import.content"
local csv_documents = require "vankien.import.csv_documents"
local jsonl = require "vankien.import.jsonl"
local manifest = require "vankien.import.manifest"
local markdown = require "vankien.import.markdown"
local store_file = require "vankien.import.store_file"
local text_file = require "vankien.import.text_file"

local reader = {}

-- Read through a converter, see load.lua.
local function converted(name, ...)
  return { name = name, extensions = { ... }, converted = true }
end

local formats = {
  text_file, markdown, jsonl, csv_documents, converted("PDF", "pdf"), converted("Word", "docx"),
  converted("OpenDocument", "odt"), converted("RTF", "rtf"),
  converted("HTML", "html", "htm", "xhtml"), converted("EPUB", "epub"), store_file,
}

local MAX_MANIFEST_BYTES = 64 << 20
local MAX_DEPTH = 32

local by_extension = {}
for _, format in ipairs(formats) do
  for _, extension in ipairs(format.extensions) do by_extension[extension] = format end
end

--- The formats that can be read.
--- Shape: nothing -> list of {name=, extensions=}.
--- Units: none.
--- Errors: none.
--- Source: none.
function reader.formats()
  local out = {}
  for n, format in ipairs(formats) do
    out[n] = { name = format.name, extensions = format.extensions }
  end
  return out
end

local function known_extensions()
  local names = {}
  for _, format in ipairs(formats) do
    for _, extension in ipairs(format.extensions) do names[#names + 1] = "." .. extension end
  end
  return table.concat(names, ", ")
end

local function extension_of(path)
  local extension = path:match "%.([^./]+)$"
  return extension and extension:lower()
end

local function source_of(path, values)
  local base = path:match "([^/]+)$" or path
  return {
    path = path, locator = sys.realpath(path) or path, values = values or {},
    name = base:match "^(.+)%.[^.]+$" or base, format = by_extension[extension_of(path) or ""],
  }
end

local function problem_of(path, message, hint, code)
  return err.new(code or "bad_input", message, { place = path, hint = hint })
end

local function add_file(found, path, values, place)
  local source = source_of(path, values)
  if source.format then
    found.sources[#found.sources + 1] = source
    return
  end
  local extension = extension_of(path)
  found.problems[#found.problems + 1] = problem_of(place or path,
    extension and ('cannot read files that end in ".%s"'):format(extension)
      or "cannot tell the format: the name has no extension",
    content.hint(extension) or "readable: " .. known_extensions())
end

local function note(found, path, message)
  found.notes[#found.notes + 1] = { place = path, message = message }
end

local walk

-- One entry of a folder: what is not text is passed over, and said so.
local function visit(found, path, name, above)
  local at = path .. "/" .. name
  if name:sub(1, 1) == "." then return note(found, at, "hidden, not read") end
  local stat, problem = sys.stat(sys.realpath(at) or at)
  if not stat then
    found.problems[#found.problems + 1] = problem_of(at, "cannot be read",
      problem and problem.message, "io")
  elseif stat.kind == "dir" then
    walk(found, at, above)
  elseif stat.kind ~= "file" then
    note(found, at, "not a regular file, not read")
  elseif not by_extension[extension_of(at) or ""] then
    note(found, at, "no format that is read, passed over")
  elseif by_extension[extension_of(at)] == csv_documents and not csv_documents.has_text(at) then
    note(found, at, 'no column "text", passed over (--manifest reads a list of files)')
  else
    add_file(found, at)
  end
end

function walk(found, path, above)
  local real = sys.realpath(path) or path
  if above[real] then
    found.problems[#found.problems + 1] = problem_of(path,
      "a link that leads back to the folder it stands in")
    return
  end
  if above.depth >= MAX_DEPTH then
    found.problems[#found.problems + 1] = problem_of(path, "folders nested too deep")
    return
  end
  local names, problem = sys.listdir(path)
  if not names then
    found.problems[#found.problems + 1] = problem_of(path, "the folder cannot be read",
      problem and problem.message, "io")
    return
  end
  above[real], above.depth = true, above.depth + 1
  for _, name in ipairs(names) do visit(found, path, name, above) end
  above[real], above.depth = nil, above.depth - 1
end

local function add_folder(found, path)
  local before = #found.sources + #found.problems
  walk(found, path, { depth = 0 })
  if #found.sources + #found.problems == before then
    found.problems[#found.problems + 1] = problem_of(path, "no readable file in the folder",
      "readable: " .. known_extensions())
  end
end

local function missing(path, place)
  return problem_of(place or path, place and ('no file "%s"'):format(path) or "no such file",
    nil, "not_found")
end

local function add_path(found, path)
  local stat = sys.stat(sys.realpath(path) or path)
  if not stat then
    found.problems[#found.problems + 1] = missing(path)
  elseif stat.kind == "dir" then
    add_folder(found, path:match "^(.-)/*$" ~= "" and path:match "^(.-)/*$" or "/")
  elseif stat.kind ~= "file" then
    found.problems[#found.problems + 1] = problem_of(path,
      ("not a regular file but a %s"):format(stat.kind))
  else
    add_file(found, path)
  end
end

local function add_manifest(found, path)
  local bytes, problem = sys.read_file(path, MAX_MANIFEST_BYTES)
  if not bytes then
    found.problems[#found.problems + 1] = problem
    return
  end
  local entries, problems = manifest.parse(bytes, path)
  for _, entry in ipairs(entries or {}) do
    if sys.stat(sys.realpath(entry.file) or entry.file) then
      add_file(found, entry.file, entry.values, entry.place)
    else
      found.problems[#found.problems + 1] = missing(entry.file, entry.place)
    end
  end
  table.move(problems or {}, 1, #(problems or {}), #found.problems + 1, found.problems)
end

local function without_repeats(found)
  local seen, kept = {}, {}
  for _, source in ipairs(found.sources) do
    if seen[source.locator] then
      note(found, source.path, "named twice, read once")
    else
      seen[source.locator] = true
      kept[#kept + 1] = source
    end
  end
  found.sources = kept
end

--- Find what is to be read.
--- Shape: list of paths, {manifest=} -> {sources={…}, notes={{place=, message=}}, problems={err,
--- …}}.
--- Units: a source is {path=, locator=, name=, values=, format=}; the locator is the real path.
--- Errors: none raised: each wrong path is a problem.
--- Source: none.
---@param paths string[]
---@param options? table
function reader.sources(paths, options)
  local found = { sources = {}, notes = {}, problems = {} }
  if options and options.manifest then add_manifest(found, options.manifest) end
  for _, path in ipairs(paths) do add_path(found, path) end
  without_repeats(found)
  return found
end

return reader
