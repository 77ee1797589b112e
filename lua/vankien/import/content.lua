-- What a file holds, told by its first bytes and not by its name.  The name must agree, so that a
-- picture named .txt or a Word file named .pdf is told of by what it is.

local err = require "vankien.util.err"

local content = {}

-- Where PDF may begin, as its readers have it.
local PDF_WITHIN = 1024

local OCR = "read the letters out of the picture first: ocrmypdf -l vie IN OUT.pdf "
  .. "(packages ocrmypdf, tesseract-ocr-vie), then import OUT.pdf"
local SAVE_AS = "open it in LibreOffice or Word and save it as .docx or .odt"

-- kind, what it is called, how the name may end, what helps where it is not read
local kinds = {
  pdf = { title = "PDF", endings = { "pdf" } },
  docx = { title = "a Word file (DOCX)", endings = { "docx" } },
  odt = { title = "an OpenDocument text (ODT)", endings = { "odt" } },
  epub = { title = "an e-book (EPUB)", endings = { "epub" } },
  rtf = { title = "Rich Text (RTF)", endings = { "rtf" } },
  html = { title = "a web page (HTML)", endings = { "html", "htm", "xhtml" } },
  xlsx = { title = "a spreadsheet", hint = "save it as CSV, with a column \"text\"" },
  pptx = { title = "a presentation", hint = "save it as PDF" },
  office = { title = "an Office file of the old kind (.doc, .xls)", hint = SAVE_AS },
  encrypted = { title = "an encrypted Office file", hint = "save it without a password" },
  archive = { title = "an archive", hint = "unpack it, then import the folder" },
  picture = { title = "a picture", hint = OCR },
  program = { title = "a program", hint = "this is no document" },
  database = { title = "an SQLite database",
    hint = "a store is used with --store; its documents are taken by: vankien import FILE.db" },
}

local by_ending = {}
for kind, entry in pairs(kinds) do
  for _, ending in ipairs(entry.endings or {}) do by_ending[ending] = kind end
end

local starts = {
  { "{\\rtf", "rtf" }, { "\x1F\x8B", "archive" }, { "7z\xBC\xAF\x27", "archive" },
  { "Rar!", "archive" }, { "BZh", "archive" }, { "\xFD7zXZ", "archive" },
  { "\x89PNG\r\n", "picture" }, { "\xFF\xD8\xFF", "picture" }, { "GIF8", "picture" },
  { "II*\0", "picture" }, { "MM\0*", "picture" }, { "\x7FELF", "program" },
  { "SQLite format 3\0", "database" },
}

-- The names of a ZIP file's parts stand in it as they are.
local function zip_kind(bytes)
  local first = bytes:sub(1, 256)
  if first:find("application/vnd.oasis.opendocument.text", 1, true) then return "odt" end
  if first:find("application/epub+zip", 1, true) then return "epub" end
  if bytes:find("word/document.xml", 1, true) then return "docx" end
  if bytes:find("xl/workbook.xml", 1, true) then return "xlsx" end
  if bytes:find("ppt/presentation.xml", 1, true) then return "pptx" end
  return "archive"
end

-- Word writes a file with a password as an old Office file that holds the other.
local function office_kind(bytes)
  return bytes:find("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e", 1, true) and "encrypted"
    or "office"
end

--- What a file holds.
--- Shape: bytes -> kind | nil for what may be text.
--- Units: kind is "pdf", "docx", "odt", "epub", "html", or one that is not read.
--- Errors: none.
--- Source: the formats' own signatures.
---@param bytes string
function content.kind(bytes)
  if bytes:sub(1, PDF_WITHIN):find("%PDF-", 1, true) then return "pdf" end
  local four = bytes:sub(1, 4)
  if four == "PK\3\4" or four == "PK\5\6" then return zip_kind(bytes) end
  if four == "\xD0\xCF\x11\xE0" then return office_kind(bytes) end
  for _, entry in ipairs(starts) do
    if bytes:sub(1, #entry[1]) == entry[1] then return entry[2] end
  end
  local head = bytes:match "^[\xEF\xBB\xBF%s]*(<[^\0]*)"
  head = head and head:sub(1, 64):lower()
  if head and (head:find "^<!doctype html" or head:find "^<html") then return "html" end
end

local function ending_of(path) return (path:match "%.([^./]+)$" or ""):lower() end

local function mismatch(path, kind, wanted)
  local entry = kinds[kind]
  local ending = ending_of(path)
  if wanted == kind then return nil end
  if wanted and wanted ~= "html" and not kind then
    return err.new("bad_input", ('the name ends in ".%s", but this is not %s, or it is damaged')
      :format(ending, kinds[wanted].title), { place = path })
  end
  if not kind then return nil end
  local hint = entry.hint
    or ('name it what it is: mv "%s" "%s.%s"'):format(path, path:match "^(.-)%.?[^./]*$",
      entry.endings[1])
  return err.new("bad_input", ('the name ends in ".%s", but this is %s'):format(ending,
    entry.title), { place = path, hint = hint })
end

--- Check that a file is what its name says.
--- Shape: path, bytes -> kind | nil: text, or nil, err.
--- Units: kind as in content.kind; a name that ends in .html is "html" whatever it begins with.
--- Errors: returns nil, bad_input when name and content differ, with what helps.
--- Source: none.
---@param path string
---@param bytes string
function content.check(path, bytes)
  local kind, wanted = content.kind(bytes), by_ending[ending_of(path)]
  local problem = mismatch(path, kind, wanted)
  if problem then return nil, problem end
  return kind or wanted
end

--- What to do with a file whose name ends in what is not read.
--- Shape: ending without the dot -> hint | nil.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param ending string
function content.hint(ending)
  local hints = {
    doc = SAVE_AS, dot = SAVE_AS, wps = SAVE_AS, xls = kinds.xlsx.hint,
    xlsx = kinds.xlsx.hint,
    ods = kinds.xlsx.hint, ppt = kinds.pptx.hint, pptx = kinds.pptx.hint, odp = kinds.pptx.hint,
    zip = kinds.archive.hint, gz = kinds.archive.hint, rar = kinds.archive.hint,
    ["7z"] = kinds.archive.hint, png = OCR, jpg = OCR, jpeg = OCR, tif = OCR, tiff = OCR,
    json = "JSON is read as JSON Lines: one document a line, in a file that ends in .jsonl",
  }
  return hints[ending]
end

content.OCR = OCR

return content
