-- `vankien verify`: of the bits that are flipped in a store, it finds those that change content.

local host = require "vankien.host.store"
local open_store = require "vankien".open
local program = require "tests.support.program"
local schema = require "vankien.store.schema"
local stores = dofile "tests/support/stores.lua"

local FLIPS = 120

-- A store with texts, as one file.
local function bytes_of_store(folder)
  program.shell("$VANKIEN --store s.db import " .. program.quote(
    assert(require "vankien.host.sys".realpath "examples/excerpts.jsonl")), {folder = folder})
  local conn <close> = assert(host.open(folder .. "/s.db", {mode = "write"}))
  conn:first "PRAGMA wal_checkpoint(TRUNCATE)"
  conn:close()
  return program.read(folder .. "/s.db")
end

-- Places that are not empty, drawn by the same generator each time.
local function places(bytes)
  local state, list = 20261, {}
  while #list < FLIPS do
    state = (state * 6364136223846793005 + 1442695040888963407) & math.maxinteger
    local at = (state >> 11) % #bytes + 1
    if bytes:byte(at) ~= 0 then list[#list + 1] = {at = at, bit = state >> 3 & 7} end
  end
  return list
end

local function flipped(bytes, place)
  local byte = bytes:byte(place.at) ~ 1 << place.bit
  return bytes:sub(1, place.at - 1) .. string.char(byte) .. bytes:sub(place.at + 1)
end

-- The values of every row, with no hash of ours.
local function values(conn, name)
  local cursor <close>, lines = conn:cursor("SELECT * FROM " .. schema.quoted(name)), {}
  while true do
    local row = table.pack(cursor())
    if row.n == 0 then return table.concat(lines, "\n") end
    for i = 1, row.n do row[i] = tostring(row[i]) end
    lines[#lines + 1] = table.concat(row, "\t")
  end
end

-- Everything that is evidence, as one hash; nil where it cannot even be read.
local function content(path)
  local ok, hash = pcall(function()
    local conn <close> = assert(host.open(path, {mode = "read"}))
    local state = tostring(conn:first "PRAGMA user_version")
    for _, name in ipairs(schema.evidence(conn)) do
      state = host.sha256(state .. name .. values(conn, name))
    end
    return state
  end)
  return ok and hash or nil
end

local function found(path)
  local ok, findings = pcall(function()
    local store <close> = assert(open_store(path, {mode = "read"}))
    return store:doctor {content = true}
  end)
  return not ok or #findings > 0
end

describe("verify", function()
  it("finds every flipped bit that changes what a row says", function()
    local folder <const> = program.folder()
    local bytes = bytes_of_store(folder)
    local path = stores.path()
    stores.write(path, bytes)
    local sound, changed, missed = content(path), 0, {}
    assert.is_string(sound)
    assert.is_false(found(path))
    for _, place in ipairs(places(bytes)) do
      stores.clear(path)
      stores.write(path, flipped(bytes, place))
      if content(path) ~= sound then
        changed = changed + 1
        if not found(path) then missed[#missed + 1] = place.at end
      end
    end
    stores.clear(path)
    program.remove(folder)
    assert.same({}, missed)
    assert.is_true(changed > FLIPS / 3, changed .. " flips changed content")
  end)

  it("names the row, says what a fact was, and ends with 5", function()
    local folder <const> = program.folder()
    local closing <close> = setmetatable({}, {__close = function() program.remove(folder) end})
    program.shell("$VANKIEN --store s.db import --help >/dev/null; $VANKIEN -e 'documents:count()'",
      {folder = folder})
    local code, _, talk = program.run({"verify"}, {folder = folder})
    assert.equal(0, code)
    assert.truthy(talk:find "nothing changed, fingerprint %x+")
    local conn <close> = assert(host.open(folder .. "/vankien/store.db", {mode = "write"}))
    conn:run("UPDATE congresses SET year = 1999 WHERE ordinal = 'XIV'")
    conn:close()
    local out
    code, out = program.run({"verify", "--format", "tsv"}, {folder = folder})
    assert.equal(5, code)
    assert.truthy(out:find('congresses\t14\t.*year is "1999", the fact as shipped has "2026"'))
  end)
end)

describe("verify of bytes that are no UTF-8", function()
  it("names the passage and goes on", function()
    local folder <const> = program.folder()
    local closing <close> = setmetatable({}, {__close = function() program.remove(folder) end})
    bytes_of_store(folder)
    local conn <close> = assert(host.open(folder .. "/s.db", {mode = "write"}))
    conn:run("UPDATE passages SET text = CAST(CAST(text AS BLOB) || x'FF' AS TEXT) WHERE id = 2")
    conn:close()
    local code, out = program.run({"--store", "s.db", "verify", "--format", "tsv"},
      {folder = folder})
    assert.equal(5, code)
    assert.truthy(out:find("passages\t2\tthe row was altered", 1, true))
  end)
end)
