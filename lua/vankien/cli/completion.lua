-- `vankien completion SHELL`: a script that completes commands, options and their choices, made
-- from the same descriptions that the command line is parsed with.

local options = require "vankien.cli.options"

local SHELLS = {"bash", "zsh", "fish"}

local completion = {
  usage = "bash|zsh|fish",
  options = {},
  operands = {min = 1, max = 1, what = "a shell: bash, zsh or fish"},
  description = [[Prints the script on standard output. bash: vankien completion bash
    > ~/.local/share/bash-completion/completions/vankien; zsh: > a file _vankien in a folder of
    $fpath; fish: > ~/.config/fish/completions/vankien.fish.]],
  examples = {{"vankien completion bash", "the script for bash"}},
}

local function all()
  local commands = require "vankien.cli.commands"
  local list = {}
  for i, name in ipairs(commands.names()) do list[i] = commands.find(name) end
  return list
end

local function words_of(command)
  local words = {"--help"}
  for _, option in ipairs(command.options or {}) do
    if not option.only_short then words[#words + 1] = "--" .. option.name end
  end
  return table.concat(words, " ")
end

local BASH = [==[
# vankien for bash
_vankien() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= i word
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case $word in
      --store) ((i++)) ;;
      -*) ;;
      *) command=$word; break ;;
    esac
  done
  COMPREPLY=()
  case $command/$prev in
%s  esac
  if [[ $cur == -* ]]; then
    case $command in
%s      *) COMPREPLY=($(compgen -W "--store --help --version" -- "$cur")) ;;
    esac
  elif [[ -z $command && $prev != --store ]]; then
    COMPREPLY=($(compgen -W "%s" -- "$cur") $(compgen -f -- "$cur"))
  else
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}
complete -o filenames -F _vankien vankien
]==]

local writers = {}

function writers.bash()
  local choices, cases, names = {}, {}, {}
  for _, command in ipairs(all()) do
    names[#names + 1] = command.name
    cases[#cases + 1] = ('      %s) COMPREPLY=($(compgen -W "%s" -- "$cur")) ;;\n'):format(
      command.name, words_of(command))
    for _, option in ipairs(command.options or {}) do
      local of = option.value and options.choices(option)
      if of then
        choices[#choices + 1] = ('    %s/--%s) COMPREPLY=($(compgen -W "%s" -- "$cur")); '
          .. "return ;;\n"):format(command.name, option.name, table.concat(of, " "))
      end
    end
  end
  return BASH:format(table.concat(choices), table.concat(cases), table.concat(names, " "))
end

local function single_quoted(s)
  return "'" .. s:gsub("'", "'\\''") .. "'"
end

-- zsh reads [ ] : and \ of a description itself.
local function zsh_text(s)
  return (s:gsub("[%[%]:\\]", "\\%0"))
end

local function zsh_option(option)
  local text = ("--%s[%s]"):format(option.name, zsh_text(option.help))
  if option.value then
    local of = options.choices(option)
    text = text .. ":" .. zsh_text(option.value) .. ":"
      .. (of and "(" .. table.concat(of, " ") .. ")" or "_files")
  end
  return single_quoted(text)
end

function writers.zsh()
  local out = {"#compdef vankien\n# vankien for zsh\n_vankien() {\n  local -a commands",
    "  commands=("}
  local cases = {}
  for _, command in ipairs(all()) do
    out[#out + 1] = "    " .. single_quoted(command.name .. ":" .. zsh_text(command.summary))
    local words = {"'--help[show help]'"}
    for _, option in ipairs(command.options or {}) do
      if not option.only_short then words[#words + 1] = zsh_option(option) end
    end
    cases[#cases + 1] = ("    %s) _arguments %s '*:file:_files' ;;"):format(command.name,
      table.concat(words, " "))
  end
  out[#out + 1] = [[
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _files
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in]]
  out[#out + 1] = table.concat(cases, "\n")
  out[#out + 1] = "    *) _files ;;\n  esac\n}\n_vankien \"$@\"\n"
  return table.concat(out, "\n")
end

function writers.fish()
  local out = {"# vankien for fish", "complete -c vankien -n __fish_use_subcommand -l store -r"}
  for _, command in ipairs(all()) do
    out[#out + 1] = ("complete -c vankien -n __fish_use_subcommand -a %s -d %s"):format(
      command.name, single_quoted(command.summary))
    for _, option in ipairs(command.options or {}) do
      if not option.only_short then
        local of = option.value and options.choices(option)
        local more = of and " -x -a " .. single_quoted(table.concat(of, " "))
          or option.value and " -r" or ""
        local line = "complete -c vankien -n '__fish_seen_subcommand_from %s' -l %s -d %s%s"
        out[#out + 1] = line:format(command.name, option.name, single_quoted(option.help), more)
      end
    end
  end
  return table.concat(out, "\n") .. "\n"
end

function completion.run(_, operands)
  local writer = writers[operands[1]]
  if not writer then
    require "vankien.util.err".raise("usage", ("no completion for %q"):format(operands[1]), {
      hint = require "vankien.util.suggest".phrase(operands[1], SHELLS) or "bash, zsh or fish",
    })
  end
  io.stdout:write(writer())
  return 0
end

return completion
