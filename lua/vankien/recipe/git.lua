-- Recipes out of a git repository, at one revision.  Git is run without a shell, with nothing of
-- the account's or the repository's configuration, no hooks, no submodules, three protocols, a
-- deadline and a limit on what it writes.  Nothing is checked out: files are read as objects, so
-- that neither links nor filters of the repository can do anything.

local err = require "vankien.util.err"
local process = require "vankien.host.process"
local workplace = require "vankien.recipe.workplace"

local git = {}

local SECONDS, MOST_WRITTEN = 60, 256 << 20
local MOST_FILES, MOST_RECIPE = 64, 1 << 20
local KEPT = "refs/vankien/it"

local function environment(place)
  return {
    HOME = place, GIT_CONFIG_NOSYSTEM = "1", GIT_CONFIG_GLOBAL = "/dev/null",
    GIT_ATTR_NOSYSTEM = "1", GIT_TERMINAL_PROMPT = "0", GIT_ASKPASS = "/bin/false",
    GIT_ALLOW_PROTOCOL = "https:ssh:file", GIT_PROTOCOL_FROM_USER = "0",
    GIT_SSH_COMMAND = "ssh -oBatchMode=yes -oClearAllForwardings=yes",
    SSH_AUTH_SOCK = os.getenv "SSH_AUTH_SOCK" or "",
  }
end

local function settings(...)
  return { "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false",
    "-c", "protocol.allow=never", "-c", "protocol.https.allow=always",
    "-c", "protocol.ssh.allow=always", "-c", "protocol.file.allow=always",
    "-c", "fetch.fsckObjects=true", "-c", "submodule.recurse=false", "-c", "gc.auto=0", ... }
end

local function words_of(ended)
  if ended.ended == "time" then return "it took more than a minute" end
  local words = ended.err:match "fatal: ([^\n]+)" or ended.err:match "[^\n]+"
  return words or "it ended with " .. ended.ended
end

-- One call of git: what it printed | nil, err.
local function run(place, ...)
  local ended, problem = process.run {
    file = "git", args = settings("-C", place, ...), env = environment(place), seconds = SECONDS,
    output_bytes = 4 << 20, file_bytes = MOST_WRITTEN,
  }
  if not ended and problem.code == "not_found" then
    return nil, err.new("not_found", "there is no git to fetch with",
      { hint = "it comes with the package git" })
  end
  if not ended then return nil, problem end
  if ended.ended == "exited" and ended.exit == 0 then return ended.out end
  return nil, err.new("io", "git: " .. words_of(ended))
end

--- Read "git+URL@REV".
--- Shape: string -> url, revision | nil, err.
--- Units: none.
--- Errors: nil, usage for another protocol than https, ssh and file, or without a revision.
--- Source: own.
---@param text string
function git.parse(text)
  local url, revision = text:match "^git%+(.+)@([^@]*)$"
  local protocol = text:match "^git%+(%a+)://"
  if protocol ~= "https" and protocol ~= "ssh" and protocol ~= "file" then
    return nil, err.new("usage", "git can be fetched from by https, ssh and file, not by "
      .. (protocol or text), { hint = "as in git+https://example.org/recipes.git@v1.0.0" })
  end
  if not url or not url:find "^%a+://[^/]*/." then
    return nil, err.new("usage", text .. " names no revision",
      { hint = "a tag, a branch or a commit after @, as in git+https://…/recipes.git@v1.0.0" })
  end
  if url:find "[%c%s]" or not revision:find "^%w[%w._/-]*$" or revision:find("..", 1, true) then
    return nil, err.new("usage", text .. " is no address and revision of git")
  end
  return url, revision
end

local function commit_of(place, name)
  local out, problem = run(place, "rev-parse", "--verify", "--quiet", name .. "^{commit}")
  if not out then return nil, problem end
  return out:match "^(%x+)\n$"
end

-- A tag, a branch or a whole commit; for part of a commit's name all that can be reached.
local function fetch(place, url, revision)
  local ok, problem = run(place, "init", "-q", "--bare", "--template=", ".")
  if not ok then return nil, problem end
  ok, problem = run(place, "fetch", "-q", "--depth=1", "--no-tags", "--no-recurse-submodules",
    "--", url, ("%s:%s"):format(revision, KEPT))
  if ok then return commit_of(place, KEPT) end
  if not revision:find "^%x%x%x%x%x%x%x+$" then return nil, problem end
  ok, problem = run(place, "fetch", "-q", "--no-tags", "--no-recurse-submodules", "--", url,
    "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
  if not ok then return nil, problem end
  local commit = commit_of(place, revision)
  if commit then return commit end
  return nil, err.new("not_found", ("%s has no revision %s"):format(url, revision))
end

local function refused(name, what)
  return nil, err.new("refused", ("%s: %s"):format(name, what))
end

-- The files of the first folder that end in .lua or .lua.sig.
local function read_tree(place, commit)
  local out, problem = run(place, "ls-tree", "-z", "-l", commit)
  if not out then return nil, problem end
  local files = {}
  for mode, kind, object, size, name in out:gmatch "(%d+) (%l+) (%x+) +([%d-]+)\t([^%z]+)%z" do
    if name:find "%.lua$" or name:find "%.lua%.sig$" then
      if kind ~= "blob" or mode == "120000" then return refused(name, "not a regular file") end
      if tonumber(size) > MOST_RECIPE then return refused(name, "longer than 1 MB") end
      if #files == MOST_FILES then return refused(commit, "more than 64 files") end
      files[#files + 1] = { name = name, object = object }
    end
  end
  return files
end

local function read_files(place, commit)
  local files, problem = read_tree(place, commit)
  if not files then return nil, problem end
  local bytes = {}
  for _, file in ipairs(files) do
    bytes[file.name], problem = run(place, "cat-file", "blob", file.object)
    if not bytes[file.name] then return nil, problem end
  end
  return bytes
end

--- Fetch the recipes of a repository.
--- Shape: "git+URL@REV" -> {[name] = bytes}, commit | nil, err.
--- Units: none; commit is the whole name of the commit.
--- Errors: nil, usage for a wrong address; not_found without git, with its package, or for the
---   revision; io with git's own words; refused for what is no regular file of at most 1 MB.
--- Source: own.
---@param text string
function git.files(text)
  local url, revision = git.parse(text)
  if not url then return nil, revision end
  local place <close>, problem = workplace.new()
  if not place then return nil, problem end
  local commit
  commit, problem = fetch(place.path, url, revision)
  if not commit then return nil, problem end
  local bytes
  bytes, problem = read_files(place.path, commit)
  if not bytes then return nil, problem end
  return bytes, commit
end

return git
