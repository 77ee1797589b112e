-- Runs our own program from a spec, as a shell would: words, standard input, environment.

local sys = require "vankien.host.sys"

local program = {}

--- The path of the program that runs this spec.
program.path = assert(sys.realpath "/proc/self/exe")

local function quote(word)
  return "'" .. word:gsub("'", "'\\''") .. "'"
end

local function read(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read "a"
end

local function write(path, bytes)
  local file <close> = assert(io.open(path, "wb"))
  file:write(bytes)
end

--- A folder of its own for one spec.
function program.folder()
  local name = os.tmpname()
  os.remove(name)
  assert(sys.mkdir_private(name))
  return name
end

--- Remove a folder that program.folder made.
function program.remove(folder)
  assert(folder:find "^/tmp/lua_")
  os.execute("rm -rf " .. quote(folder))
end

program.write, program.read, program.quote = write, read, quote

local function environment(options)
  local words = {}
  for _, name in ipairs {"VANKIEN_STORE", "XDG_CONFIG_HOME", "NO_COLOR"} do
    words[#words + 1] = "-u " .. name
  end
  for _, home in ipairs {"XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"} do
    words[#words + 1] = home .. "=" .. quote(options.folder)
  end
  for name, value in pairs(options.env or {}) do words[#words + 1] = name .. "=" .. quote(value) end
  return "env " .. table.concat(words, " ")
end

--- Run a shell line in which $VANKIEN is the program.
--- options: folder (a private one: data, state, home and current folder), stdin, env.
--- Returns exit code, standard output, standard error.
function program.shell(line, options)
  local folder = options.folder
  local out, problems = folder .. "/.out", folder .. "/.err"
  write(folder .. "/.in", options.stdin or "")
  write(folder .. "/.sh", "VANKIEN=" .. quote(program.path) .. "\n" .. line .. "\n")
  local command = ("cd %s && %s bash .sh < .in > .out 2> .err"):format(quote(folder),
    environment(options))
  local _, _, code = os.execute(command)
  return code, read(out), read(problems)
end

--- Run the program with words.
function program.run(words, options)
  local quoted = {}
  for i, word in ipairs(words) do quoted[i] = quote(word) end
  return program.shell("exec \"$VANKIEN\" " .. table.concat(quoted, " "), options)
end

--- Is a process of that number, which was killed, still there after a while?  Zombies are not.
function program.runs(pid)
  local stop = sys.clock() + 2
  repeat
    local status <close> = io.open("/proc/" .. pid .. "/stat")
    if not status or status:read "a":match "%) (%a)" == "Z" then return false end
  until sys.clock() > stop
  return true
end

--- Can a pseudo-terminal be opened here?  A bare chroot has none.
function program.has_terminal()
  return os.execute "script -qec true /dev/null </dev/null >/dev/null 2>&1" == true
end

return program
