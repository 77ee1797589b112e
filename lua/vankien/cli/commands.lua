-- Every command of the program, in the order in which help lists them.
-- A new command: write lua/vankien/cli/NAME.lua (see shift.lua), then add its line here.

local commands = {
  {name = "run", summary = "run a script"},
  {name = "repl", summary = "talk to the store; the default on a terminal"},
  {name = "import", summary = "read documents into the store"},
  {name = "remove", summary = "take documents out of the store again"},
  {name = "shift", summary = "count a ladder of phrases by congress or any column"},
  {name = "search", summary = "find passages by their words, the best first"},
  {name = "first", summary = "say where a wording stands first"},
  {name = "kwic", summary = "show a phrase in its surroundings"},
  {name = "freq", summary = "list the most frequent syllables, n-grams or phrases"},
  {name = "keyness", summary = "compare the words of two sets of documents"},
  {name = "colloc", summary = "score what stands around a phrase"},
  {name = "dispersion", summary = "say how evenly phrases are spread"},
  {name = "trend", summary = "test rates along congresses or years"},
  {name = "codebook", summary = "lay a codebook over documents, with the passages"},
  {name = "trace", summary = "follow a wording along the relations of documents"},
  {name = "diff", summary = "compare wordings word by word"},
  {name = "align", summary = "put two documents side by side"},
  {name = "reuse", summary = "find what a document repeats from earlier ones"},
  {name = "quote", summary = "check a quotation, or find where it comes from"},
  {name = "citations", summary = "find references to other documents, propose relations"},
  {name = "recipe", summary = "run, write, test and share recipes"},
  {name = "export", summary = "write a table of the store as CSV, JSON, …"},
  {name = "backup", summary = "copy the store to a file, also while it is in use"},
  {name = "doctor", summary = "check every row of the store"},
  {name = "verify", summary = "say which rows of the store changed"},
  {name = "selftest", summary = "recompute published statistics on this machine"},
  {name = "completion", summary = "print a completion script for bash, zsh or fish"},
  {name = "help", summary = "explain a command"},
  {name = "version", summary = "print the version of the program and of its parts"},
}

--- The description of a command, loaded.
--- Shape: name -> command | nil.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param name string
---@return table?
function commands.find(name)
  for _, entry in ipairs(commands) do
    if entry.name == name then
      local command = require("vankien.cli." .. name)
      command.name, command.summary = entry.name, entry.summary
      return command
    end
  end
end

--- A subcommand of a command, loaded; `vankien recipe run` is in cli/recipe_run.lua.
--- Shape: command, name -> subcommand, whose `name` is that of both | nil.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param command table
---@param name string
---@return table?
function commands.sub(command, name)
  for _, entry in ipairs(command.subcommands or {}) do
    if entry.name == name then
      local subcommand = require(("vankien.cli.%s_%s"):format(command.name, name))
      subcommand.name, subcommand.summary = command.name .. " " .. name, entry.summary
      return subcommand
    end
  end
end

--- Every command and subcommand, in the order in which help lists them.
--- Shape: nothing -> list of commands, loaded.
--- Units: none.
--- Errors: none.
--- Source: own.
---@return table[]
function commands.every()
  local all = {}
  for _, name in ipairs(commands.names()) do
    local command = commands.find(name)
    all[#all + 1] = command
    for _, entry in ipairs(command.subcommands or {}) do
      all[#all + 1] = commands.sub(command, entry.name)
    end
  end
  return all
end

--- The names of all commands.
--- Shape: nothing -> list of strings.
--- Units: none.
--- Errors: none.
--- Source: own.
---@return string[]
function commands.names()
  local names = {}
  for i, entry in ipairs(commands) do names[i] = entry.name end
  return names
end

return commands
