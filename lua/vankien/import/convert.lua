-- PDF, Word, OpenDocument, e-books and web pages to text, by pdftotext and pandoc.  The
-- files may come from anyone: the converters are given the bytes by a pipe and give the text by
-- another, in a process that may read what is installed, write nothing, open no connection, and is
-- ended when it takes too much time, memory or output.  Nothing is left behind: there is no file.

local process = require "vankien.host.process"
local content = require "vankien.import.content"
local garbled = require "vankien.import.garbled"
local pandoc = require "vankien.import.pandoc"
local err = require "vankien.util.err"

local convert = {}

local MEMORY_BYTES = 1 << 30
-- pandoc reserves more addresses than it uses; its own limit is on what it uses.
local PANDOC_HEAP_MB = 768
-- pandoc spends eight bytes on one of text, and each becomes a Lua table.
local PANDOC_BYTES = 64 << 20
local SECONDS = 60
local DETAIL_BYTES, SHOWN_PAGES = 300, 10

--- The longest file of another format that is read: pictures make them long, not words.
convert.MAX_BYTES = 256 << 20

-- Programs, and what they are called with; `text` makes text for our readers of what they give.
local tools = {
  pdftotext = {
    package = "poppler-utils", version = "-v", reads = { "/usr/share/poppler" },
    memory_bytes = MEMORY_BYTES,
  },
  pandoc = {
    package = "pandoc", version = "--version", reads = { "/usr/share/pandoc" },
    output_bytes = PANDOC_BYTES,
  },
}

local function pandoc_words(from) return { "--sandbox", "-f", from, "-t", "json" } end

local function page_marks(out)
  local pages, n = {}, 0
  for page in out:gmatch "([^\f]*)\f" do
    n = n + 1
    pages[n] = ("# page %d\n%s\n"):format(n, page)
  end
  return table.concat(pages), n
end

-- PDF in the order of its content, "-raw": the usual order joins lines and drops the dash between
-- them, so that "2011 -" and "2015" become "2011 2015"; "-layout" sets columns side by side.
-- Where that is not readable the usual order is tried: a program that lacks letters in a font draws
-- them behind the others, a line's "ộ ể ạ" after its words.
local pdf_by_place = { "-enc", "UTF-8", "-eol", "unix", "-", "-" }
local BY_PLACE = "its letters are not in the order of reading: read by their places on the page, "
  .. "where a dash that ends a line is lost"

local ways = {
  pdf = { tool = "pdftotext", words = { "-raw", "-enc", "UTF-8", "-eol", "unix", "-", "-" } },
  rtf = { tool = "pandoc", words = pandoc_words "rtf" },
  docx = { tool = "pandoc", words = pandoc_words "docx" },
  odt = { tool = "pandoc", words = pandoc_words "odt" },
  epub = { tool = "pandoc", words = pandoc_words "epub" },
  html = { tool = "pandoc", words = pandoc_words "html" },
}

--- Is a kind of file one that a converter reads?
--- Shape: kind of content.kind or nil -> boolean.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param kind string|nil
function convert.reads(kind) return ways[kind] ~= nil end

local function missing(name, place)
  return err.new("not_found", ("%s is needed to read this, and is not installed"):format(name), {
    place = place, hint = ("sudo apt install %s"):format(tools[name].package) })
end

-- Words for the program's own runtime, before the others.
local function runtime_words(name, words, limits)
  if name ~= "pandoc" then return words end
  local all = { "+RTS", ("-M%dM"):format(limits.heap_mb or PANDOC_HEAP_MB), "-RTS" }
  return table.move(words, 1, #words, #all + 1, all)
end

local function run(name, words, input, place, options)
  local tool = tools[name]
  local limits = options.limits or {}
  if not process.find(limits[name] or name) then return nil, missing(name, place) end
  return process.run {
    file = limits[name] or name, args = runtime_words(name, words, limits), input = input,
    dir = "/", env = { HOME = "/" },
    seconds = limits.seconds or SECONDS,
    output_bytes = limits.output_bytes or tool.output_bytes or options.max_bytes,
    memory_bytes = tool.memory_bytes, file_bytes = 0, processes = tool.memory_bytes and 0 or nil,
    read = tool.reads,
  }
end

-- "pdftotext 22.12.0"; asked once for a whole import.
local function version_of(name, place, options)
  local known = options.versions or {}
  options.versions = known
  if not known[name] then
    local ended, problem = run(name, { tools[name].version }, nil, place, { max_bytes = 65536,
      limits = options.limits })
    if not ended then return nil, problem end
    known[name] = name .. " " .. ((ended.out .. ended.err):match "(%d[%w.]*)" or "?")
  end
  return known[name]
end

-- The first line of what a converter complained of, fit to print.
local function complaint(ended)
  local line = ended.err:gsub("%c*\n.*$", ""):gsub("[%c\x80-\xFF]", "?")
  return line ~= "" and ": " .. line:sub(1, DETAIL_BYTES) or ""
end

local function pdf_problem(ended)
  if ended.err:find "[Pp]assword" then
    return "the PDF is encrypted", "save it without a password: qpdf --decrypt IN.pdf OUT.pdf"
  end
  if ended.exit == 3 then
    return "the PDF forbids to take its text", "ask whoever made it, or read its pages by OCR"
  end
  return "the PDF is damaged" .. complaint(ended), "qpdf IN.pdf OUT.pdf mends some"
end

local function failure(name, kind, ended, place)
  local message, hint
  if ended.ended == "time" then
    message = ("%s took longer than %.0f seconds"):format(name, ended.seconds)
    hint = "split the file, or convert it by hand and import the text"
  elseif ended.ended == "output" then
    message = ("%s gave more text than is read of one document"):format(name)
    hint = "split the file, or convert it by hand and import the text"
  elseif ended.ended == "signal" or ended.exit == 251 then
    message = ("%s ran out of memory or crashed"):format(name)
    hint = "the file may be made to do that; convert it by hand if you trust it"
  elseif kind == "pdf" then
    message, hint = pdf_problem(ended)
  else
    message = ("%s cannot read it: it is damaged%s"):format(name, complaint(ended))
  end
  return err.new("bad_input", message, { place = place, hint = hint })
end

local function no_text(place, pages)
  local counted = ("%d page%s"):format(pages, pages == 1 and "" or "s")
  return err.new("refused", "a scan: no text in " .. counted, { place = place,
    hint = content.OCR })
end

-- Pages that hold pictures only, among others with text.
local function silent_pages(out)
  local found, n = {}, 0
  for page in out:gmatch "([^\f]*)\f" do
    n = n + 1
    if not page:find "%S" then found[#found + 1] = n end
  end
  return found
end

local function text_of_pdf(out, place)
  local text, pages = page_marks(out)
  local silent = silent_pages(out)
  if #silent == pages then return nil, no_text(place, pages) end
  if not silent[1] then return text end
  local shown = table.concat(silent, ", ", 1, math.min(#silent, SHOWN_PAGES))
  return text, ("no text on %d of %d pages (%s%s): pictures are not read"):format(#silent, pages,
    shown, silent[SHOWN_PAGES + 1] and ", …" or "")
end

local function text_of(kind, out, place)
  if kind == "pdf" then return text_of_pdf(out, place) end
  local text, problem = pandoc.markdown(out)
  if text then return text end
  return nil, err.new("bad_input", problem, { place = place })
end

-- Convert; text, note | nil, err.
local function run_way(kind, words, bytes, place, options)
  local tool = ways[kind].tool
  local ended, problem = run(tool, words, bytes, place, options)
  if not ended then return nil, problem end
  if ended.ended ~= "exited" or ended.exit ~= 0 then
    return nil, failure(tool, kind, ended, place)
  end
  return text_of(kind, ended.out, place)
end

local function is_unreadable(text)
  local judged = garbled.judge(text)
  return judged ~= nil and judged.kind ~= "swapped"
end

--- The text of a file of another format.
--- Shape: kind of content.kind, bytes, place, {max_bytes=, limits=} -> text, {tool=, notes=,
--- format="text"|"markdown"} | nil, err.
--- Units: text is UTF-8: of PDF plain, in reading order, with a line "# page N" before each page;
--- of the others Markdown.  limits: seconds, output_bytes, heap_mb (of pandoc), pdftotext and
--- pandoc (other programs than those).
--- Errors: returns nil and not_found where the converter is missing (with its package), bad_input
--- for what it cannot read or not within the limits, refused for a scan.
--- Source: none.
---@param kind string
---@param bytes string
---@param place string
---@param options table
function convert.text(kind, bytes, place, options)
  local way = ways[kind]
  local version, problem = version_of(way.tool, place, options)
  if not version then return nil, problem end
  local words = way.words
  local text, more = run_way(kind, words, bytes, place, options)
  if not text then return nil, more end
  local notes = { more }
  if kind == "pdf" and is_unreadable(text) then
    local other = run_way(kind, pdf_by_place, bytes, place, options)
    if other and not is_unreadable(other) then
      text, words = other, pdf_by_place
      notes[#notes + 1] = BY_PLACE
    end
  end
  local tool = ("%s: %s"):format(version, table.concat(words, " "))
  return text, { tool = tool, notes = notes, format = kind == "pdf" and "text" or "markdown" }
end

return convert
