-- `vankien repl`: the conversation itself is in lua/vankien/repl.

local repl = {
  usage = "",
  options = {
    {name = "no-init", help = "do not run $XDG_CONFIG_HOME/vankien/init.lua first"},
  },
  description = [[Reads Lua line by line, prints the value of expressions, keeps a history. An entry
    may go over several lines; Tab completes, .help lists the commands of the prompt, help(x)
    explains a name. $XDG_CONFIG_HOME/vankien/init.lua runs first; the history is in
    $XDG_STATE_HOME/vankien/history. VANKIEN_PAGER, PAGER or `less -RFX` shows what is longer than
    the screen. Ctrl-C returns to the prompt, Ctrl-D leaves. Input that does not come from a
    terminal is run as a script, without a prompt.]],
  examples = {},
}

function repl.run(options, _, context)
  if not require "vankien.host.sys".isatty(0) then
    return require "vankien.cli.eval".run({}, {}, context)
  end
  return require "vankien.repl".start {store = context.store_path, no_init = options["no-init"]}
end

return repl
