-- `vankien repl`: the conversation itself is in lua/vankien/repl.

local repl = {
  usage = "",
  options = {},
  description = [[Reads Lua line by line, prints the value of expressions, keeps a history. An entry
    may go over several lines. Ctrl-C returns to the prompt, Ctrl-D leaves. Input that does not
    come from a terminal is run as a script, without a prompt.]],
  examples = {},
}

function repl.run(options, _, context)
  if not require "vankien.host.sys".isatty(0) then
    return require "vankien.cli.eval".run(options, {}, context)
  end
  return require "vankien.repl".start {store = context.store_path}
end

return repl
