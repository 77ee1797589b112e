-- Functions that the prompt and scripts have beside the library: show, which prints a value as the
-- prompt does, help, and recipe.  A script that .save wrote is made of them.

local globals = {}

--- Add show, help and recipe to the globals of a script or session.
--- Shape: environment, function() -> screen -> nothing.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param env table
---@param screen_of function
function globals.add(env, screen_of)
  rawset(env, "show", function(...)
    for i = 1, select("#", ...) do
      local data, talk = require "vankien.repl.print".text((select(i, ...)), screen_of())
      io.stdout:write(data)
      if talk then io.stderr:write(talk) end
    end
  end)
  rawset(env, "recipe", function(name, params, options)
    return require "vankien.recipe.call".of(env.store, name, params, options)
  end)
  rawset(env, "help", function(...)
    local asked = table.pack(...)
    io.stdout:write(require "vankien.manual".help(asked[1], screen_of(), asked.n == 0))
  end)
end

return globals
