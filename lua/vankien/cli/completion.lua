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

-- The names of recipes, as the program itself lists them while somebody types.
local RECIPES = "vankien recipe list --format tsv 2>/dev/null | tail -n +2 | cut -f1"

local function every()
  return require "vankien.cli.commands".every()
end

-- "recipe run" as one word.
local function key_of(command)
  return (command.name:gsub(" ", "-"))
end

local function words_of(command)
  local words = {"--help"}
  for _, option in ipairs(command.options or {}) do
    if not option.only_short then words[#words + 1] = "--" .. option.name end
  end
  return table.concat(words, " ")
end

local function names_of(entries)
  local names = {}
  for i, entry in ipairs(entries) do names[i] = entry.name end
  return table.concat(names, " ")
end

local BASH = [==[
# vankien for bash
_vankien() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= recipe= i word
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case $command,$word in
      ,--store) ((i++)) ;;
      *,-*) ;;
      ,*) command=$word; [[ $word == recipe ]] || break ;;
      recipe,*) command=recipe-$word ;;
      *) recipe=$word; break ;;
    esac
  done
  COMPREPLY=()
  case $command/$prev in
%s  esac
  if [[ $cur == -* ]]; then
    case $command in
%s      *) COMPREPLY=($(compgen -W "--store --help --version" -- "$cur")) ;;
    esac
    if [[ $command == recipe-run && -n $recipe ]]; then
      COMPREPLY+=($(compgen -W "$(vankien recipe show "$recipe" --options 2>/dev/null)" -- "$cur"))
    fi
    return 0
  fi
  case $command in
    "") [[ $prev == --store ]] || COMPREPLY=($(compgen -W "%s" -- "$cur")) ;;
%s  esac
  COMPREPLY+=($(compgen -f -- "$cur"))
  return 0
}
complete -o filenames -F _vankien vankien
]==]

local writers = {}

-- What stands behind a command that is no option: subcommands, or recipes.
local function bash_operands(command)
  if command.subcommands then
    return ('    %s) COMPREPLY=($(compgen -W "%s" -- "$cur")); return ;;\n'):format(
      key_of(command), names_of(command.subcommands))
  end
  if command.completes ~= "recipe" then return "" end
  return ('    %s) [[ -n $recipe ]] || COMPREPLY=($(compgen -W "$(%s)" -- "$cur")) ;;\n'):format(
    key_of(command), RECIPES)
end

local function bash_choices(command)
  local out = {}
  for _, option in ipairs(command.options or {}) do
    local of = option.value and options.choices(option)
    if of then
      out[#out + 1] = ('    %s/--%s) COMPREPLY=($(compgen -W "%s" -- "$cur")); return ;;\n'):format(
        key_of(command), option.name, table.concat(of, " "))
    end
  end
  return table.concat(out)
end

function writers.bash()
  local choices, cases, operands = {}, {}, {}
  for i, command in ipairs(every()) do
    cases[i] = ('      %s) COMPREPLY=($(compgen -W "%s" -- "$cur")) ;;\n'):format(
      key_of(command), words_of(command))
    choices[i], operands[i] = bash_choices(command), bash_operands(command)
  end
  return BASH:format(table.concat(choices), table.concat(cases),
    names_of(require "vankien.cli.commands"), table.concat(operands))
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

local function zsh_described(entries)
  local out = {}
  for i, entry in ipairs(entries) do
    out[i] = "    " .. single_quoted(entry.name .. ":" .. zsh_text(entry.summary))
  end
  return table.concat(out, "\n")
end

local function zsh_arguments(command)
  local words = {"'--help[show help]'"}
  for _, option in ipairs(command.options or {}) do
    if not option.only_short then words[#words + 1] = zsh_option(option) end
  end
  local operands = command.completes == "recipe" and "'*:recipe:_vankien_recipes'"
    or "'*:file:_files'"
  return ("_arguments %s %s"):format(table.concat(words, " "), operands)
end

local ZSH = [==[
#compdef vankien
# vankien for zsh
_vankien_recipes() {
  local -a names
  names=(${(f)"$(%s)"})
  compadd -a names
  _files
}
_vankien() {
  local -a commands
  commands=(
%s
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _files
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  if [[ $command == recipe ]]; then
    commands=(
%s
    )
    if (( CURRENT == 2 )); then
      _describe subcommand commands
      return
    fi
    command=recipe-$words[2]
    shift words
    (( CURRENT-- ))
  fi
  case $command in
%s
    *) _files ;;
  esac
}
_vankien "$@"
]==]

function writers.zsh()
  local commands, cases = require "vankien.cli.commands", {}
  for i, command in ipairs(every()) do
    cases[i] = ("    %s) %s ;;"):format(key_of(command), zsh_arguments(command))
  end
  return ZSH:format(RECIPES, zsh_described(commands),
    zsh_described(commands.find "recipe".subcommands), table.concat(cases, "\n"))
end

-- Where a command stands: alone, or behind the one it belongs to.
local function fish_seen(command)
  local seen = {}
  for word in command.name:gmatch "%S+" do
    seen[#seen + 1] = "__fish_seen_subcommand_from " .. word
  end
  return single_quoted(table.concat(seen, "; and "))
end

local function fish_head(command)
  local owner, name = command.name:match "^(%S+) (%S+)$"
  local where = owner and single_quoted(("__fish_seen_subcommand_from %s"):format(owner))
    or "__fish_use_subcommand"
  return ("complete -c vankien -n %s -a %s -d %s"):format(where, name or command.name,
    single_quoted(command.summary))
end

local function fish_option(command, option)
  local of = option.value and options.choices(option)
  local more = of and " -x -a " .. single_quoted(table.concat(of, " "))
    or option.value and " -r" or ""
  return ("complete -c vankien -n %s -l %s -d %s%s"):format(fish_seen(command), option.name,
    single_quoted(option.help), more)
end

function writers.fish()
  local out = {"# vankien for fish", "complete -c vankien -n __fish_use_subcommand -l store -r"}
  for _, command in ipairs(every()) do
    out[#out + 1] = fish_head(command)
    for _, option in ipairs(command.options or {}) do
      if not option.only_short then out[#out + 1] = fish_option(command, option) end
    end
    if command.completes == "recipe" then
      out[#out + 1] = ("complete -c vankien -n %s -a '(%s)'"):format(fish_seen(command), RECIPES)
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
