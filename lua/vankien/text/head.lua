-- What a document says of itself at its head: number, type, date, issuer, congress term, title.
--
--   motto  <- "ĐẢNG CỘNG SẢN VIỆT NAM" / "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM" …
--   number <- (type? "Số" [:.]? number)        place  <- name "," date    (one after the other)
--   block  <- issuer / congress                                           (in capitals)
--   type   <- TYPE ("CỦA" issuer session?)? (("TẠI" / "TRÌNH")? congress)? (in capitals)
--          / TYPE? "HỘI NGHỊ LẦN THỨ" ordinal committee session
--   title  <- "về" … / words in small letters                             (right behind the type)
--
-- Two of these must stand there before the text begins, else nothing is said: an article that only
-- speaks of a resolution has none.  A draft has no number yet, an annex has that of another
-- document: of them nothing is said either.

local lpeg = require "lpeg"
local text = require "vankien.host.text"
local congress_name = require "vankien.text.congress_name"
local dates = require "vankien.text.dates"
local head_pieces = require "vankien.text.head_pieces"
local number = require "vankien.text.number"
local types = require "vankien.text.types"

local head = {}

local P, R, S, C, Cg, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cg, lpeg.Cp, lpeg.Ct

-- A line that long, in small letters, is text.
local BODY_BYTES = 120
local TITLE_LINES, TITLE_BYTES = 6, 600

local issuers = {
  "Ban Bí thư", "Bộ Chính trị", "Ban Chấp hành Trung ương", "Uỷ ban Kiểm tra Trung ương",
  "Ban Tổ chức Trung ương", "Ban Tuyên giáo Trung ương", "Ban Đối ngoại Trung ương",
  "Văn phòng Trung ương Đảng", "Quân uỷ Trung ương", "Chính phủ", "Thủ tướng Chính phủ", "Quốc hội",
  "Uỷ ban Thường vụ Quốc hội", "Chủ tịch nước", "Hội đồng Bộ trưởng", "Bộ Ngoại giao",
  "Bộ Quốc phòng", "Bộ Công an", "Bộ Công Thương", "Bộ Tài chính", "Bộ Tư pháp", "Bộ Nội vụ",
  "Bộ Kế hoạch và Đầu tư", "Bộ Giáo dục và Đào tạo", "Bộ Khoa học và Công nghệ", "Bộ Y tế",
  "Bộ Văn hoá, Thể thao và Du lịch", "Bộ Thông tin và Truyền thông", "Bộ Xây dựng",
}
local CONGRESS, COMMITTEE = "Đại hội đại biểu toàn quốc", "Ban Chấp hành Trung ương"

-- The Central Committee's head stands on papers of the Secretariat too: of these types it is its
-- own.
local own_of_committee = { ["Nghị quyết"] = true, ["Báo cáo"] = true, ["Báo cáo chính trị"] = true }

local mottoes = {
  "đảng cộng sản việt nam", "cộng hoà xã hội chủ nghĩa việt nam",
  "độc lập - tự do - hạnh phúc", "việt nam dân chủ cộng hoà",
}
-- What shows that the number or the date may not be the document's own.
local strangers = { "dự thảo", "phụ lục", "bản thảo", "kèm theo", "( dự thảo" }

local sp = P " " ^ 0
local digit = R "09"

-- A choice of words, the longest first, each giving its usual spelling.
local function one_of(names)
  local sorted = table.move(names, 1, #names, 1, {})
  table.sort(sorted, function(a, b)
    if #a ~= #b then return #a > #b end
    return a < b
  end)
  local pattern = P(false)
  for _, name in ipairs(sorted) do pattern = pattern + P(text.fold(name)) * lpeg.Cc(name) end
  return pattern * -(R("az", "\128\255"))
end

local function congress_grammar()
  local ordinal = (1 - S " *(,.") ^ 1 * (P " " * (P "một" + "hai" + "ba" + "bốn") * -R "az") ^ -1
  local of = (sp * (P "của đảng" + "đảng cộng sản việt nam" + "đảng")) ^ 0
  local name = P "đại hội" * (P " đại biểu") ^ -1 * (P " toàn quốc") ^ -1
    * (P " của đảng" + " đảng") ^ -1 * P " lần thứ " * ordinal
  local session = P "khoá " * ordinal
  return Cg(name / congress_name.ordinal, "congress") * of,
    Cg(C(session) / congress_name.ordinal, "session")
end

-- "NGHỊ QUYẾT ĐẠI HỘI …" is a resolution of what follows, whose name begins with the second half.
local function type_names()
  local out = {}
  for _, name in ipairs(types.names()) do
    if not name:find " Đại hội$" then out[#out + 1] = name end
  end
  return out
end

local function caps_grammar()
  local congress, session = congress_grammar()
  local kind = Cg(one_of(type_names()), "type")
  local issuer = Cg(one_of(issuers), "issuer")
  local committee = (P "ban chấp hành trung ương" * (sp * "đảng") ^ -1)
  local within = sp * P "(" ^ -1 * session * P ")" ^ -1
  local who = issuer * (sp * "đảng" * (sp * "cộng sản việt nam") ^ -1) ^ -1 * within ^ -1
  local sitting = P "hội nghị" * sp * P "lần thứ " * (1 - S " (") ^ 1 * sp
  local plenum = Cg(lpeg.Cc(true), "plenum") * sitting
    * Cg(committee / function() return COMMITTEE end, "issuer") * within ^ -1
  local at = sp * (P "tại " + "trình " + "của ") ^ -1 * congress
  local typed = kind * (sp * "của " * who) ^ -1 * (sp * plenum + at) ^ -1
  local own = congress * Cg(lpeg.Cc(true), "own")
  local title = Cg(Cp(), "title_at") * #(P "về " + "v/v ")
  return Ct((typed + "của " * (plenum + who) + plenum + own + who) * sp * (P(-1) + title))
end

local function line_grammar()
  local letter = R("az", "\128\255")
  local dash = sp * (P "-" + "–" + "—" + "−") * sp
  local serial = digit ^ 1 * letter ^ -2
  local code = letter ^ 1 * (P "." * letter ^ 1) ^ 0 * digit ^ 0
  local party = serial * dash * code * sp * "/" * sp * code
  local state = serial * sp * "/" * sp * (digit ^ 4 * sp * "/" * sp) ^ -1 * code
    * (dash * code) ^ 0
  local so = P "số" * sp * S ":." ^ -1 * sp
  local numbered = (one_of(types.names()) / 0 * sp) ^ -1 * so * Cg(C(party + state), "number")
  local words = P "ngày" * sp * digit ^ 1 * sp * (P "tháng" * sp * digit ^ 1 * sp * "năm" * sp
    + S "/-." * sp * digit ^ 1 * sp * S "/-." * sp) * digit ^ 4
  local place = (letter ^ 1 * sp) ^ 1
  local dated = (place * "," * sp) * Cg(C(words), "issued")
  return Ct((numbered * (sp * dated) ^ -1 + dated) * sp * P "." ^ -1 * -1)
end

local caps_shape, line_shape            -- built at first use: they fold their words

local function build()
  caps_shape = caps_shape or caps_grammar()
  line_shape = line_shape or line_grammar()
end

local function begins_with(folded, list)
  for _, words in ipairs(list) do
    if folded:sub(1, #words) == words then return true end
  end
  return false
end

-- Without the mottoes that PDF text puts into the same line.
local function without_mottoes(state, piece)
  local folded = piece.folded
  for _, motto in ipairs(mottoes) do
    local from, to = folded:find(motto, 1, true)
    -- "… LẦN THỨ XIV ĐẢNG CỘNG SẢN VIỆT NAM" names the congress' party, which changes nothing
    if from then
      state.seen.motto = true
      folded = (folded:sub(1, from - 1) .. folded:sub(to + 1)):gsub("%s+", " ")
        :match "^ ?(.-) ?$"
    end
  end
  return folded
end

local function take(state, key, value, piece, words)
  if value == nil or state.found[key] then return end
  state.found[key] = { key = key, value = value, line = piece.line, words = words or piece.words }
end

-- In small letters behind the type: the title, as far as it goes on.
local function title_from(pieces, n, words)
  local parts, first = { words }, pieces[n].line
  local last = first
  for k = n + 1, #pieces do
    local piece = pieces[k]
    local more = not piece.blank and not piece.caps == not pieces[n].caps and piece.line == last + 1
      and #parts < TITLE_LINES
    local begins = more and piece.words:match "^[%z\1-\127\194-\244][\128-\191]*"
    local goes_on = begins and (piece.caps or text.lower(begins) == begins)
    if not goes_on then break end
    parts[#parts + 1], last = piece.words, piece.line
  end
  local title = table.concat(parts, " ")
  if #title > TITLE_BYTES or title:find "[.;:!?]$" then return nil end
  local char = title:match "^[%z\1-\127\194-\244][\128-\191]*"
  return text.upper(char) .. title:sub(#char + 1)
end

local function read_type(state, piece, got)
  take(state, "type", got.type, piece)
  if got.type then
    state.seen.type, state.type_at = true, state.at
    if got.issuer or got.congress then state.seen.whose = true end
  end
end

-- A caps line: the block of the issuer, or the type with what belongs to it.
local function read_caps(state, piece)
  local got = caps_shape:match(without_mottoes(state, piece))
  if not got then return false end
  local behind_type = state.type_at == state.at - 1
  if got.own and not state.found.type then
    state.block, state.seen.block = { CONGRESS, piece }, true
    take(state, "congress", got.congress, piece)
  elseif got.issuer and not got.type and not behind_type then
    state.block, state.seen.block = state.block or { got.issuer, piece }, true
  else
    take(state, "issuer", got.issuer, piece)
    take(state, "congress", got.congress or got.plenum and got.session or nil, piece)
  end
  read_type(state, piece, got)
  if not got.type and behind_type and got.issuer then
    state.seen.whose, state.type_at = true, state.at
  end
  if got.title_at and state.type_at == state.at then state.title_words = piece end
  return true
end

local function read_line(state, piece)
  local got = line_shape:match(piece.folded)
  if not got then return false end
  local parts = got.number and number.parse(got.number)
  if parts then
    state.seen.number = true
    take(state, "number", parts.text, piece)
  end
  local capital = text.lower(piece.words) ~= piece.words
  local date = got.issued and capital and dates.parse(got.issued)
  if date then
    state.seen.place = true
    take(state, "issued", date.first, piece)
  end
  return parts ~= nil or date ~= nil
end

local function read_title(state, pieces, piece)
  if not state.type_at or state.type_at ~= state.at - 1 or state.found.title then return false end
  local first = piece.words:match "^[%z\1-\127\194-\244][\128-\191]*"
  local about = begins_with(piece.folded, { "về ", "v/v " })
  if not about and (piece.caps or text.lower(first) ~= first) then return false end
  if piece.caps and not about then return false end
  local title = title_from(pieces, state.n, piece.words)
  if title then take(state, "title", title, piece) end
  return title ~= nil
end

-- Two lines of capitals that are one: "ĐẠI HỘI ĐẠI BIỂU TOÀN QUỐC" and "LẦN THỨ XI".
local function joined(pieces, n)
  local piece, following = pieces[n], pieces[n + 1]
  local split = piece.caps and following and following.caps
    and piece.folded:find "đại hội[^.]*$"
    and begins_with(following.folded, { "lần thứ " })
  if not split then return piece, n end
  return { words = piece.words .. " " .. following.words, caps = true, line = piece.line,
    folded = piece.folded .. " " .. following.folded }, n + 1
end

local function scan(pieces)
  local state = { found = {}, seen = {}, at = 0, n = 1 }
  while state.n <= #pieces do
    local piece, last = joined(pieces, state.n)
    if not piece.blank then
      state.at, state.n = state.at + 1, last
      if begins_with(piece.folded, strangers) then return nil end
      local read = piece.caps and read_caps(state, piece) or read_line(state, piece)
        or read_title(state, pieces, piece)
      if not read and not piece.caps and #piece.words > BODY_BYTES then break end
    end
    state.n = state.n + 1
  end
  return state
end

-- The block names the issuer where the type does not, and its type can be that issuer's own.
local function settle_issuer(state)
  local found, block = state.found, state.block
  if found.issuer or not block then return end
  if block[1] == COMMITTEE and not own_of_committee[found.type and found.type.value] then return end
  take(state, "issuer", block[1], block[2])
end

local function count(seen)
  local n = 0
  for _ in pairs(seen) do n = n + 1 end
  return n
end

local order = { "number", "type", "issued", "issuer", "congress", "title" }

--- What a text says of itself at its head.
--- Shape: text in UTF-8, place of its first byte (1) -> list of {key=, value=, line=, words=},
---   empty where there is no head.
--- Units: keys and values as in import/metadata.lua; line of the text, from 1; words as they stand.
--- Errors: raises when the text is not UTF-8.
--- Source: Hướng dẫn 36-HD/VPTW (Party); Nghị định 30/2020/NĐ-CP, annex I (State).
---@param s string
---@param from? integer
function head.read(s, from)
  build()
  local state = scan(head_pieces.of(s, from or 1))
  if not state or count(state.seen) < 2 then return {} end
  settle_issuer(state)
  local found, out = state.found, {}
  if found.number and found.type and not number.agrees(found.number.value, found.type.value) then
    found.number, found.type = nil, nil
  end
  for _, key in ipairs(order) do out[#out + 1] = found[key] end
  return out
end

return head
