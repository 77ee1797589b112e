-- Signatures of recipes, made and checked by `ssh-keygen -Y`: NAME.lua.sig beside NAME.lua.  Whose
-- keys count is said in $XDG_CONFIG_HOME/vankien/allowed_signers (see ssh-keygen(1)), and a signer
-- must be one of the authors that the recipe declares.

local err = require "vankien.util.err"
local folders = require "vankien.util.folders"
local guarded = require "vankien.recipe.guarded"
local process = require "vankien.host.process"
local sys = require "vankien.host.sys"
local workplace = require "vankien.recipe.workplace"

local signature = {}

local NAMESPACE = "vankien-recipe"
local MAX_SIGNATURE, MAX_SIGNERS = 64 << 10, 1 << 20
local MOST_AUTHORS = 16         -- each is one process to ask

--- The ending of a signature beside its recipe.
signature.ending = ".sig"

-- One call of ssh-keygen: did it say yes, and what it said.
local function keygen(args, input)
  local ended, problem = process.run {
    file = "ssh-keygen", args = args, input = input, seconds = 20, output_bytes = 1 << 20,
    env = { HOME = os.getenv "HOME" or "/", SSH_AUTH_SOCK = os.getenv "SSH_AUTH_SOCK" or "",
      SSH_ASKPASS_REQUIRE = "never" },
  }
  if ended then return ended.ended == "exited" and ended.exit == 0, ended end
  if problem.code ~= "not_found" then return nil, problem end
  return nil, err.new("not_found", "there is no ssh-keygen to check or make signatures with",
    { hint = "it comes with the package openssh-client" })
end

local function mail_of(author)
  return author:match "<([^<>]+)>%s*$" or author
end

--- Where the keys that count are listed.
--- Shape: nothing -> path | nil, err.
--- Units: none.
--- Errors: nil, not_found without a home folder.
--- Source: own.
function signature.signers_path()
  local folder, problem = folders.config()
  if not folder then return nil, problem end
  return folder .. "/allowed_signers"
end

-- The list of signers, copied: it does not change while it is used.
local function copy_signers(place)
  local path, problem = signature.signers_path()
  if not path then return nil, problem end
  local bytes
  bytes, problem = guarded.read(path, MAX_SIGNERS)
  if not bytes then return nil, problem end
  local ok
  ok, problem = sys.write_file_atomic(place .. "/signers", bytes, tonumber("600", 8))
  if not ok then return nil, problem end
  return place .. "/signers"
end

local function verified_by(entry, signers, file)
  for i, author in ipairs(entry.meta.authors or {}) do
    if i > MOST_AUTHORS then return nil end
    local mail = mail_of(author)
    local good, said = keygen({ "-Y", "verify", "-f", signers, "-I", mail, "-n", NAMESPACE,
      "-s", file }, entry.bytes)
    if good == nil then return nil, said end
    if good then return mail end
  end
end

local function check_in(place, entry, bytes)
  local file = place .. "/sig"
  local ok, problem = sys.write_file_atomic(file, bytes, tonumber("600", 8))
  if not ok then return nil, problem end
  local fits, said = keygen({ "-Y", "check-novalidate", "-n", NAMESPACE, "-s", file }, entry.bytes)
  if fits == nil then return nil, said end
  if not fits then return { state = "bad" } end
  local signers
  signers, problem = copy_signers(place)
  if not signers then return nil, problem end
  local mail
  mail, problem = verified_by(entry, signers, file)
  if problem then return nil, problem end
  if mail then return { state = "good", signer = mail } end
  local known, found = keygen { "-Y", "find-principals", "-s", file, "-f", signers }
  if known == nil then return nil, found end
  local who = known and found.out:match "^[^\n]+"
  return who and { state = "stranger", signer = who } or { state = "unknown" }
end

--- Check a signature.
--- Shape: entry, bytes of the signature -> {state=, signer=} | nil, err.
--- Units: state: good; bad (it does not fit this text); unknown (the key is not among the allowed
---   signers); stranger (an allowed signer, but no author of this recipe).
--- Errors: nil, not_found without ssh-keygen, with its package; integrity when others can write to
---   the list of signers; io.
--- Source: ssh-keygen(1), -Y verify.
---@param entry table see recipe/shelf.lua
---@param bytes string
function signature.check(entry, bytes)
  if #bytes > MAX_SIGNATURE then return { state = "bad" } end
  local place <close>, problem = workplace.new()
  if not place then return nil, problem end
  return check_in(place.path, entry, bytes)
end

--- The bytes of the signature that came with a recipe, or stands beside it.
--- Shape: entry -> bytes | nil where there is none.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param entry table
function signature.beside(entry)
  if entry.signature then return entry.signature end
  if not entry.path or entry.shelf == "program" or entry.shelf == "store" then return nil end
  return (sys.read_file(entry.path .. signature.ending, MAX_SIGNATURE))
end

--- What is known of the signature of a recipe.
--- Shape: entry -> {state=, signer=}, state as signature.check and "none" | nil, err.
--- Units: none.
--- Errors: as signature.check.
--- Source: own.
---@param entry table
function signature.of(entry)
  local bytes = signature.beside(entry)
  if not bytes then return { state = "none" } end
  return signature.check(entry, bytes)
end

local sentences = {
  none = "not signed", good = "signed by %s, an allowed signer and author",
  bad = "BAD: the signature does not fit this text",
  unknown = "signed with a key that is not among the allowed signers",
  stranger = "signed by %s, who is no author of this recipe",
}

--- A sentence on what is known of a signature.
--- Shape: what signature.of gave, or nil and its err -> string.
--- Units: none.
--- Errors: none.
--- Source: own.
---@param found? table
---@param problem? table
function signature.sentence(found, problem)
  if not found then return "not checked: " .. problem.message end
  return (sentences[found.state]:format(found.signer))
end

--- Sign a recipe.
--- Shape: bytes of the recipe, path of a private key, or of a public one that an agent has
---   -> bytes of the signature | nil, err.
--- Units: none.
--- Errors: nil, not_found without ssh-keygen; refused when it does not sign, with its own words.
--- Source: ssh-keygen(1), -Y sign.
---@param bytes string
---@param key string
function signature.sign(bytes, key)
  local good, ended = keygen({ "-Y", "sign", "-f", key, "-n", NAMESPACE }, bytes)
  if good == nil then return nil, ended end
  if good and #ended.out > 0 then return ended.out end
  return nil, err.new("refused", "ssh-keygen did not sign: " .. (ended.err:match "[^\n]+" or
    ended.ended), { hint = "a key with a passphrase must be known to ssh-agent" })
end

return signature
