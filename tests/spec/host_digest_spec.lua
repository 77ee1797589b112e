-- SHA-256 as the store computes it, whichever implementation the processor allows.

local host = require "vankien.host.store"

local vectors = {
  { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
  { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
  { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
  { ("a"):rep(1000000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
}

describe("host.store.sha256", function()
  for n, vector in ipairs(vectors) do
    it("agrees with the published vector " .. n, function()
      assert.equal(vector[2], host.sha256(vector[1]))
    end)
  end

  -- each digest goes into the next; the last was computed by another implementation
  it("agrees at every length up to 300 bytes", function()
    local hex = ""
    for n = 0, 300 do
      local bytes = {}
      for i = 0, n - 1 do bytes[i + 1] = string.char((i * 7 + n) % 256) end
      hex = host.sha256(hex .. table.concat(bytes))
    end
    assert.equal("0d10af01e8593752b0c8ddc802a0689bdd9b7046ca6a3674fa1aa0f20115a0e2", hex)
  end)
end)
