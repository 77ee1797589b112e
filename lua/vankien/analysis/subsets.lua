-- Sums over random subsets of documents, fast enough for ten thousand rounds over thousands.
-- The columns of a document are packed into few integers; a subset is a string of random bits,
-- brought to its size by adding or dropping documents at random (which keeps every subset of that
-- size as likely as any other); sums come from tables of all 256 subsets of eight documents.

local subsets = {}

local function bits_of(total)
  local bits = 1
  while total >> bits > 0 do bits = bits + 1 end
  return bits
end

-- Where each column lies: word and shift, wide enough for its total. Column 0 counts documents.
local function layout(rows, columns)
  local totals = {[0] = #rows}
  for c = 1, columns do
    local total = 0
    for _, row in ipairs(rows) do total = total + row[c] end
    totals[c] = total
  end
  local fields, word, used = {}, 1, 0
  for c = 0, columns do
    local width = bits_of(totals[c])
    if used + width > 62 then word, used = word + 1, 0 end
    fields[c] = {word = word, shift = used, mask = (1 << width) - 1}
    used = used + width
  end
  return fields, word, totals
end

--- Pack the columns of documents into few integers, so that one addition adds them all.
--- Shape: rows (lists of whole numbers, 0 or more), columns -> table: packed[word][row], fields
---   (word, shift, mask by column; column 0 counts documents), words, totals, n, columns.
--- Units: the columns'.
--- Errors: none checked.
--- Source: -
function subsets.pack(rows, columns)
  local fields, words, totals = layout(rows, columns)
  local packed = {}
  for w = 1, words do packed[w] = {} end
  for i, row in ipairs(rows) do
    for w = 1, words do packed[w][i] = 0 end
    for c = 0, columns do
      local field, value = fields[c], c == 0 and 1 or row[c]
      packed[field.word][i] = packed[field.word][i] + (value << field.shift)
    end
  end
  return {n = #rows, columns = columns, fields = fields, words = words, totals = totals,
    packed = packed}
end

-- For each eight documents the packed sums of all 256 subsets, one after the other.
local function byte_tables(values, n)
  local sums = {}
  for block = 0, (n + 63) // 64 * 8 - 1 do
    local base = block * 256 + 1
    sums[base] = 0
    for bit = 0, 7 do
      local value, half = values[block * 8 + bit + 1] or 0, 1 << bit
      for i = 0, half - 1 do sums[base + half + i] = sums[base + i] + value end
    end
  end
  return sums
end

--- Prepare the documents of both sides for drawing.
--- Shape: rows (lists of whole numbers, 0 or more, of one length), columns -> subset table.
--- Units: the columns'.
--- Errors: none checked.
--- Source: method of the four Russians.
function subsets.new(rows, columns)
  local self = subsets.pack(rows, columns)
  self.tables = {}
  for w = 1, self.words do self.tables[w] = byte_tables(self.packed[w], #rows) end
  return self
end

-- Share of ones to draw, in 32nds, so that few documents must be added or dropped.
local function share_of(m, n)
  local part = math.floor(m * 32 / n + 0.5)
  if m * 12 < n then return 0, 0 end
  local depth = 5
  while depth > 1 and part % 2 == 0 do part, depth = part // 2, depth - 1 end
  return part, depth
end

-- Fill the bit words: each bit is 1 with probability part / 2^depth.
local function draw_bits(bits, count, part, depth, rng)
  for i = 1, count do
    local x = 0
    for level = 0, depth - 1 do
      if (part >> level) & 1 == 1 then x = x | rng:next() else x = x & rng:next() end
    end
    bits[i] = x
  end
end

local function sum_table(sums, bits, count)
  local total, base = 0, 1
  for i = 1, count do
    local x = bits[i]
    total = total + sums[base + (x & 255)] + sums[base + 256 + (x >> 8 & 255)]
      + sums[base + 512 + (x >> 16 & 255)] + sums[base + 768 + (x >> 24 & 255)]
      + sums[base + 1024 + (x >> 32 & 255)] + sums[base + 1280 + (x >> 40 & 255)]
      + sums[base + 1536 + (x >> 48 & 255)] + sums[base + 1792 + (x >> 56)]
    base = base + 2048
  end
  return total
end

-- Add or drop random documents until m are in.
local function settle(self, bits, sums, m, rng)
  local size = sums[1] & self.fields[0].mask
  local add = size < m
  local packed, words, step = self.packed, self.words, add and 1 or -1
  while size ~= m do
    local i = rng:below(self.n)
    local at, bit = (i - 1) // 64 + 1, 1 << ((i - 1) % 64)
    if (bits[at] & bit == 0) == add then
      bits[at] = bits[at] ~ bit
      for w = 1, words do sums[w] = sums[w] + step * packed[w][i] end
      size = size + step
    end
  end
end

--- Draw subsets of m documents and visit the sums of their columns.
--- Shape: subset table, m, rounds, generator, visit(sums: list by column, reused) -> nothing.
--- Units: the columns'.
--- Errors: none checked.
--- Source: see the head of this file.
function subsets.each(self, m, rounds, rng, visit)
  local count, part, depth = (self.n + 63) // 64, share_of(m, self.n)
  local last = self.n % 64 == 0 and -1 or (1 << self.n % 64) - 1
  local bits, sums, out = {}, {}, {}
  for _ = 1, rounds do
    draw_bits(bits, count, part, depth, rng)
    bits[count] = bits[count] & last
    for w = 1, self.words do sums[w] = sum_table(self.tables[w], bits, count) end
    settle(self, bits, sums, m, rng)
    for c = 1, self.columns do
      local field = self.fields[c]
      out[c] = sums[field.word] >> field.shift & field.mask
    end
    visit(out)
  end
end

--- Number of subsets of m among n, or nil above a limit.
--- Shape: n, m, limit -> integer or nil.
--- Units: subsets.
--- Errors: none checked.
--- Source: Pascal's product.
function subsets.count(n, m, limit)
  local total = 1
  for i = 1, math.min(m, n - m) do
    total = total * (n - i + 1) // i
    if total > limit then return nil end
  end
  return total
end

--- Visit every subset of m among n, in lexicographic order.
--- Shape: n, m, visit(list of m rising indices, reused) -> nothing.
--- Units: indices from 1.
--- Errors: none checked.
--- Source: enumeration.
function subsets.every(n, m, visit)
  local chosen = {}
  for i = 1, m do chosen[i] = i end
  while true do
    visit(chosen)
    local i = m
    while i > 0 and chosen[i] == n - m + i do i = i - 1 end
    if i == 0 then return end
    chosen[i] = chosen[i] + 1
    for j = i + 1, m do chosen[j] = chosen[j - 1] + 1 end
  end
end

return subsets
