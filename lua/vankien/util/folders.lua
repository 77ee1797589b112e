-- The folders of this account: data, state and configuration, as XDG has them.

local err = require "vankien.util.err"

local folders = {}

local under_home = {
  XDG_DATA_HOME = "/.local/share", XDG_STATE_HOME = "/.local/state", XDG_CONFIG_HOME = "/.config",
}

local function folder(variable)
  local base = os.getenv(variable)
  if base and base:sub(1, 1) == "/" then return base .. "/vankien" end
  local home = os.getenv "HOME"
  if home and home ~= "" then return home .. under_home[variable] .. "/vankien" end
  return nil, err.new("not_found", "no folder to work in: HOME is not set",
    { hint = ("set HOME or %s"):format(variable) })
end

--- The folder of what a person would miss: the store, recipes.
--- Shape: nothing -> path | nil, err; the folder may not be there yet.
--- Units: none.
--- Errors: not_found when there is no home folder.
--- Source: XDG Base Directory Specification: a variable counts only when absolute.
function folders.data() return folder "XDG_DATA_HOME" end

--- The folder of what the program remembers: history, trust.
--- Shape: nothing -> path | nil, err; the folder may not be there yet.
--- Units: none.
--- Errors: not_found when there is no home folder.
--- Source: XDG Base Directory Specification.
function folders.state() return folder "XDG_STATE_HOME" end

--- The folder of what a person sets up: the prompt's first lines, allowed signers.
--- Shape: nothing -> path | nil, err; the folder may not be there yet.
--- Units: none.
--- Errors: not_found when there is no home folder.
--- Source: XDG Base Directory Specification.
function folders.config() return folder "XDG_CONFIG_HOME" end

return folders
