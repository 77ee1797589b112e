-- Reading a command line against the description a command gives of itself.  The same
-- description makes its help, so that nothing can be parsed and not documented.
--
-- A command: {name, summary, usage, options, operands = {min=, max=, what=}, examples, run,
--   completes = "recipe" (what its operands are, for completion), subcommands}.
-- An option: {name = "format", value = "F" (nil: a flag), help =, short = "f", many = true,
--   choices = {…} or a function that gives them, type = "integer" or "signed", default =,
--   shown_default = (for help; the command sets it itself), may_be_empty = true, only_short = true,
--   may_equal = true (a flag that takes --flag=yes and --flag=no as well)}.
-- `stops = true`: after the first operand everything belongs to the script.

local err = require "vankien.util.err"

local options = {}

local HELP = {name = "help", short = "h", help = "show this help"}

local function problem(message, hint)
  return nil, err.new("usage", message, {hint = hint})
end

local function nearest(word, words)
  return require "vankien.util.suggest".phrase(word, words)
end

local function find(command, name, is_short)
  if is_short and name == HELP.short or name == HELP.name then return HELP end
  for _, option in ipairs(command.options or {}) do
    if is_short and option.short == name or not is_short and option.name == name then
      return option
    end
  end
end

local function long_names(command)
  local names = {"--help"}
  for _, option in ipairs(command.options or {}) do names[#names + 1] = "--" .. option.name end
  return names
end

local function unknown(command, written)
  local name = command.name:find "^%a" and " " .. command.name or ""
  return problem(("%s has no option %s"):format(command.title or command.name, written),
    nearest(written, long_names(command)) or ("vankien help%s lists its options"):format(name))
end

local function written_name(option)
  return option.only_short and "-" .. option.short or "--" .. option.name
end

--- The values an option can take.
--- Shape: option -> list of strings, or nil when any will do.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param option table
---@return string[]?
function options.choices(option)
  if type(option.choices) == "function" then return option.choices() end
  return option.choices
end

local WHOLE = {integer = "^%d+$", signed = "^[+-]?%d+$"}

local function check_value(option, value)
  if WHOLE[option.type] then
    local n = value:find(WHOLE[option.type]) and math.tointeger(tonumber(value))
    if not n then
      return problem(("%s wants a whole number, not %q"):format(written_name(option), value))
    end
    return n
  end
  if value == "" and not option.may_be_empty then
    return problem(("%s got an empty value"):format(written_name(option)))
  end
  local choices = options.choices(option)
  if not choices then return value end
  for _, choice in ipairs(choices) do
    if choice == value then return value end
  end
  return problem(("%s cannot be %q"):format(written_name(option), value),
    nearest(value, choices) or "one of " .. table.concat(choices, ", "))
end

local function store(given, option, value)
  if option.many then
    given[option.name] = given[option.name] or {}
    table.insert(given[option.name], value)
    return true
  end
  if given[option.name] ~= nil then
    return problem(("%s is given twice"):format(written_name(option)))
  end
  given[option.name] = value
  return true
end

-- One option at argv[at]: returns the place after it, or nil and the problem.
local function take(command, given, argv, at)
  local word = argv[at]
  local long, attached = word:match "^%-%-([^=]+)=?(.*)$"
  local option
  if long then
    option = find(command, long, false)
    if not word:find("=", 1, true) then attached = nil end
  else
    option = find(command, word:sub(2, 2), true)
    attached = #word > 2 and word:sub(3) or nil
  end
  if not option then return unknown(command, long and "--" .. long or word) end
  if not option.value then
    if attached and not option.may_equal then
      return problem(("%s takes no value"):format(written_name(option)))
    end
    local ok, e = store(given, option, attached or true)
    return ok and at + 1, e
  end
  local value = attached or argv[at + 1]
  if value == nil then
    return problem(("%s wants a value: %s"):format(written_name(option), option.value))
  end
  local checked, e = check_value(option, value)
  if checked == nil then return nil, e end
  local ok, again = store(given, option, checked)
  return ok and at + (attached and 1 or 2), again
end

local function check_operands(command, operands)
  local wanted = command.operands or {min = 0, max = 0}
  if #operands < wanted.min then
    return problem(("%s needs %s"):format(command.title or command.name, wanted.what),
      "vankien help " .. command.name)
  end
  if wanted.max and #operands > wanted.max then
    return problem(("%s does not take %q"):format(command.title or command.name,
      operands[wanted.max + 1]), "vankien help " .. command.name)
  end
  return true
end

local function set_defaults(command, given)
  for _, option in ipairs(command.options or {}) do
    if given[option.name] == nil then given[option.name] = option.default end
  end
end

--- Read the words of a command line.
--- Shape: command, list of words, index of the first -> options, operands | nil, err.
--- Units: none.
--- Errors: nil, usage, with the nearest option where a name is unknown.
--- Source: POSIX utility conventions, GNU long options.
---@param command table
---@param argv string[]
---@param first? integer
---@return table? options
---@return table operands
function options.parse(command, argv, first)
  local given, operands, at, only_operands = {}, {}, first or 1, false
  while argv[at] do
    local word = argv[at]
    if only_operands or word == "-" or word:sub(1, 1) ~= "-" then
      operands[#operands + 1], at = word, at + 1
      if command.stops then only_operands = true end
    elseif word == "--" then
      only_operands, at = true, at + 1
    else
      local after, e = take(command, given, argv, at)
      if not after then return nil, e end
      at = after
    end
  end
  if not given.help then
    local ok, e = check_operands(command, operands)
    if not ok then return nil, e end
  end
  set_defaults(command, given)
  return given, operands
end

return options
