-- The manual as one Markdown text, and the program's own page for man: from the same doc comments
-- and descriptions as help.  What is said of commands is given by the layer above.

local collections = require "vankien.query.collections"
local index = require "vankien.manual.index"
local titles = require "vankien.manual.titles"

local pages = {}

local GROUPS = {
  {"queries", "Queries", "Methods of collections and queries: `documents:where{…}`."},
  {"rows", "Rows", "Methods of rows, beside their columns and relations."},
  {"conditions", "Conditions", "For `where{ column = condition }`."},
  {"counting", "Counting and statistics", "Globals of scripts; `store:NAME(…)` does the same."},
  {"store", "The store", "`store`, and the library behind `require \"vankien\"`."},
  {"library", "The library", "Modules for programs: `require \"vankien.NAME\"`."},
}

local function is_said(s)
  return s and s ~= "" and not s:find "^[Nn]one%.?$" and s ~= "own." and s ~= "own"
end

local function add_entry(out, entry)
  local name = entry.known_as
  if entry.group == "queries" or entry.group == "rows" then name = name:gsub("%.", ":") end
  out[#out + 1] = ("### %s%s\n\n%s\n"):format(name, entry.args or "", entry.summary or "")
  for _, field in ipairs {"shape", "units", "errors", "source"} do
    if is_said(entry[field]) then
      out[#out + 1] = ("* %s: %s"):format(field, entry[field])
    end
  end
  for _, param in ipairs(entry.params) do
    if param.text ~= "" then
      out[#out + 1] = ("* `%s` (%s): %s"):format(param.name, param.type, param.text)
    end
  end
  out[#out + 1] = ""
end

local function add_tables(out, store)
  out[#out + 1] = "## Tables\n"
  for _, name in ipairs(collections.names()) do
    local title = titles.table(name)
    out[#out + 1] = ("### %s%s\n\n%s\n"):format(name, title.vi and ": " .. title.vi or "",
      title.en or "")
    local def = collections.find(name)
    if def.table == name then
      out[#out + 1] = "| column | kind | tên | meaning |\n|---|---|---|---|"
      for _, column in ipairs(titles.columns(store, name)) do
        out[#out + 1] = ("| %s | %s | %s | %s |"):format(column.column, column.kind,
          column.title or "", column.meaning or "")
      end
      out[#out + 1] = ""
    end
  end
end

--- The whole manual in Markdown.
--- Shape: store (for the columns of its tables), sections of the caller -> text.
--- Units: none.
--- Errors: those of the store.
--- Source: own.
---@param store table
---@param sections string[] Markdown, put before the rest
---@return string
function pages.markdown(store, sections)
  local out = {"# vankien, the manual\n", table.concat(sections, "\n")}
  add_tables(out, store)
  for _, group in ipairs(GROUPS) do
    out[#out + 1] = ("## %s\n\n%s\n"):format(group[2], group[3])
    for _, entry in ipairs(index.get().all) do
      if entry.group == group[1] then add_entry(out, entry) end
    end
  end
  return table.concat(out, "\n")
end

-- Text for roff: no line may begin with a dot or an apostrophe, a hyphen is a minus.
local function roff(s)
  s = s:gsub("\\", "\\e"):gsub("%-", "\\-")
  return (s:gsub("\n([.'])", "\n\\&%1"):gsub("^([.'])", "\\&%1"))
end

local function add_command(out, command)
  out[#out + 1] = (".SS %s %s\n%s"):format(roff(command.name), roff(command.usage or ""),
    roff(command.summary .. "."))
  if command.description then
    out[#out + 1] = ".PP\n" .. roff((command.description:gsub("%s+", " ")))
  end
  for _, option in ipairs(command.options or {}) do
    local left = (option.short and "-" .. option.short .. ", " or "") .. "--" .. option.name
    out[#out + 1] = (".TP\n\\fB%s\\fR%s\n%s"):format(roff(left),
      option.value and " " .. roff(option.value) or "", roff(option.help))
  end
end

--- The page for man.
--- Shape: version, outline (what --help says), list of commands -> roff.
--- Units: none.
--- Errors: none.
--- Source: man(7).
---@param version string
---@param outline string
---@param commands table[]
---@return string
function pages.man(version, outline, commands)
  local out = {
    ('.TH VANKIEN 1 "" "%s"'):format(version),
    ".SH NAME\nvankien \\- ask Vietnamese policy documents questions, in Lua",
    ".SH SYNOPSIS\n\\fBvankien\\fR [\\-\\-store FILE] COMMAND ...",
    ".SH DESCRIPTION\n.nf\n" .. roff(outline) .. "\n.fi",
    ".SH COMMANDS",
  }
  for _, command in ipairs(commands) do add_command(out, command) end
  return table.concat(out, "\n") .. "\n"
end

return pages
