-- help(x), ?name, .apropos word: offline, from the doc comments of the program's own sources.

local cell = require "vankien.report.cell"
local collections = require "vankien.query.collections"
local err = require "vankien.util.err"
local index = require "vankien.manual.index"
local query = require "vankien.query"
local suggest = require "vankien.util.suggest"
local text = require "vankien.host.text"
local titles = require "vankien.manual.titles"

local manual = {}

local OVERVIEW = [[
documents, directives, resolutions, … are tables of the store; .tables lists them.
  directives["25-CT/TW"]                          one row, or nil
  resolutions:where{ issuer = "Bộ Chính trị" }    a query; where"year >= 2016" as well
  documents["vk-dh12"]:incoming()                 what a document is related to
  row:sources()                                   what each source says
  shift("tham gia", { by = "congress" })          a wording from period to period
  kwic "nòng cốt"                                 every place where it stands

help "where", help(documents), ?documents.where explain one; .apropos trend searches.
]]

local LABELS = {
  {"shape", "shape"}, {"units", "units"}, {"errors", "errors"}, {"source", "after"},
}

local function bold(s, screen)
  return screen.color and "\27[1m" .. s .. "\27[0m" or s
end

local function add_wrapped(lines, s, indent, screen)
  local width = screen.width and math.max(screen.width - indent, 20) or 96
  for _, line in ipairs(cell.wrap(s, width)) do
    lines[#lines + 1] = (" "):rep(indent) .. line
  end
end

local function is_said(s)
  return s and s ~= "" and not s:find "^[Nn]one%.?$" and s ~= "own." and s ~= "own"
end

local function add_field(lines, label, s, screen)
  local width = screen.width and math.max(screen.width - 10, 20) or 86
  for i, line in ipairs(cell.wrap(s, width)) do
    lines[#lines + 1] = "  " .. text.pad(i == 1 and label or "", 8) .. line
  end
end

local function entry_text(entry, screen)
  local head = entry.known_as
  if entry.group == "queries" or entry.group == "rows" then head = head:gsub("%.", ":") end
  local lines = {bold(head, screen) .. (entry.args or "")}
  add_wrapped(lines, entry.summary or "", 2, screen)
  for _, label in ipairs(LABELS) do
    if is_said(entry[label[1]]) then add_field(lines, label[2], entry[label[1]], screen) end
  end
  for _, param in ipairs(entry.params) do
    if param.text ~= "" then add_field(lines, param.name, param.text, screen) end
  end
  return table.concat(lines, "\n") .. "\n"
end

local function columns_of(name)
  local def = collections.find(name)
  local store = require "vankien".open(nil, {mode = "read"})
  if not store then return {} end
  local closing <close> = store
  return titles.columns(store, def and def.table or name)
end

local function collection_text(name, screen)
  local title = titles.table(name)
  local lines = {bold(name, screen) .. (title.vi and ": " .. title.vi or "")}
  if title.en then add_wrapped(lines, title.en, 2, screen) end
  for _, column in ipairs(columns_of(name)) do
    local said = (column.title or "") .. (column.meaning and " (" .. column.meaning .. ")" or "")
    lines[#lines + 1] = "  " .. text.pad(column.column, 17) .. " " .. said
  end
  add_wrapped(lines, "methods: " .. table.concat(query.methods(), ", "), 2, screen)
  return table.concat(lines, "\n") .. "\n"
end

local function module_text(name, screen)
  for _, module in ipairs(index.get().modules) do
    if module.name == name or module.name == "vankien." .. name then
      local lines = {bold(module.name, screen)}
      add_wrapped(lines, module.purpose, 2, screen)
      for _, entry in ipairs(module.entries) do
        lines[#lines + 1] = "  " .. entry.known_as .. (entry.args or "")
      end
      return table.concat(lines, "\n") .. "\n"
    end
  end
end

-- documents.title: a column.
local function column_text(name, screen)
  local owner, column = name:match "^([%w_]+)[.:]([%w_]+)$"
  local def = owner and collections.find(owner)
  if not def then return nil end
  local title = titles.column(def.table, column)
  if not title.vi then return nil end
  local lines = {bold(owner .. "." .. column, screen) .. ": " .. title.vi}
  add_wrapped(lines, title.en or "", 2, screen)
  return table.concat(lines, "\n") .. "\n"
end

-- A name may be asked for by its last word alone, so it is guessed at by that too.
local function nearest(name)
  local names = index.names()
  for i = 1, #names do names[#names + 1] = names[i]:match "%.([%w_]+)$" end
  return suggest.phrase(name, names)
end

local function of_name(name, screen)
  if collections.find(name) then return collection_text(name, screen) end
  local found = index.find(name)
  if found then return entry_text(found, screen) end
  local said = column_text(name, screen) or module_text(name, screen)
  if said then return said end
  err.raise("not_found", ("nothing is written about %q"):format(name), {
    hint = nearest(name) or ".apropos searches every page",
  })
end

local function of_value(value, screen)
  if query.is(value) then return collection_text(query.words(value):match "^%S+", screen) end
  if query.is_row(value) then
    return collection_text(require "vankien.query.row".table(value), screen)
  end
  if require "vankien.store".is(value) then return manual.apropos("store.", screen) end
  local found = type(value) == "function" and index.of_function(value)
  if found then return entry_text(found, screen) end
  for name, module in pairs(package.loaded) do
    if module == value and type(name) == "string" and name:find "^vankien" then
      return module_text(name, screen)
    end
  end
  return ("a %s; help knows names (help \"where\"), collections, rows and functions\n"):format(
    type(value))
end

--- What a name or a value means.
--- Shape: name or value, screen, nothing was asked -> text.
--- Units: none.
--- Errors: raises not_found with the nearest name.
--- Source: own.
---@param asked any
---@param screen table
---@param nothing? boolean
---@return string
function manual.help(asked, screen, nothing)
  if nothing or asked == "" then return OVERVIEW end
  if type(asked) == "string" then return of_name(asked, screen) end
  return of_value(asked, screen)
end

local function holds(entry, word)
  for _, part in ipairs {"known_as", "summary", "shape", "units", "source"} do
    if entry[part] and text.bare(entry[part]):find(word, 1, true) then return true end
  end
end

-- Tables and columns whose title, in either language, has the word.
local function titled(word)
  local found = {}
  for _, name in ipairs(collections.names()) do
    local title = titles.table(name)
    local all = table.concat({name, title.vi or "", title.en or ""}, " ")
    if text.bare(all):find(word, 1, true) then
      found[#found + 1] = {name, (title.vi or "") .. (title.en and ", " .. title.en or "")}
    end
  end
  return found
end

--- What the manual has about a word.
--- Shape: word, screen -> text: a line an entry.
--- Units: none.
--- Errors: raises not_found when there is nothing.
--- Source: own; case and marks do not matter.
---@param word string
---@param screen table
---@return string
function manual.apropos(word, screen)
  local wanted, found = text.bare(word), titled(text.bare(word))
  for _, entry in ipairs(index.get().all) do
    if holds(entry, wanted) then found[#found + 1] = {entry.known_as, entry.summary or ""} end
  end
  if #found == 0 then
    err.raise("not_found", ("nothing is written about %q"):format(word),
      {hint = nearest(word)})
  end
  local widest, lines = 0, {}
  for _, line in ipairs(found) do widest = math.max(widest, math.min(#line[1], 36)) end
  for i, line in ipairs(found) do
    local s = text.pad(line[1], widest) .. "  " .. line[2]
    lines[i] = screen.width and text.cut(s, screen.width, "…") or s
  end
  return table.concat(lines, "\n") .. "\n"
end

return manual
