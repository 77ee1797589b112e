-- What is known of a document: the reserved keys, their aliases, checked and brought to one form.
-- Several layers can speak (command line, manifest or JSON, header); the first that gives a key
-- wins.  What no layer gives is left unknown, except the title: it falls back to the file's name.

local text = require "vankien.host.text"
local congress_name = require "vankien.text.congress_name"
local dates = require "vankien.text.dates"
local number = require "vankien.text.number"
local types = require "vankien.text.types"
local err = require "vankien.util.err"

local metadata = {}

--- Keys that mean something to the program; every other key is an attribute.
metadata.keys = { "number", "type", "issued", "issuer", "congress", "title", "source" }

local reserved = { doc_date = "issued", date = "issued" }
for _, key in ipairs(metadata.keys) do reserved[key] = key end

local names = {}
for name in pairs(reserved) do names[#names + 1] = name end
table.sort(names)

-- Is `word` one slip of the finger away: a letter more, less, other, or two swapped?
local function one_slip(word, name)
  if #word < 4 or math.abs(#word - #name) > 1 then return false end
  local i = 1
  while i <= #word and word:byte(i) == name:byte(i) do i = i + 1 end
  local rest, other = word:sub(i), name:sub(i)
  return rest:sub(2) == other or rest == other:sub(2) or rest:sub(2) == other:sub(2)
    or (rest:sub(1, 2):reverse() == other:sub(1, 2) and rest:sub(3) == other:sub(3))
end

--- The reserved key that a name stands for.
--- Shape: name -> key | nil when it is an attribute | nil, err when it is nearly a reserved key.
--- Units: none.
--- Errors: returns nil, bad_input for a near miss ("titel").
--- Source: none.
---@param name string
function metadata.key(name)
  local key = reserved[name]
  if key then return key end
  for _, near in ipairs(names) do
    if one_slip(name, near) then
      return nil, err.new("bad_input", ('unknown key "%s"'):format(name), {
        hint = ('did you mean "%s"? An attribute of your own needs a name less like it')
          :format(near),
      })
    end
  end
end

local function tidy(value)
  if not value:find "[\x80-\xFF%c]" and not value:find "  " then       -- as most are
    return value:match "^ ?(.-) ?$"
  end
  return (text.nfc(value):gsub("\u{A0}", " "):gsub("%s+", " "):match "^ ?(.-) ?$")
end

local check = {}

function check.type(value, meta, notes)
  local canonical, question = types.canonical(value)
  if not canonical then
    local more = question and " (" .. question .. ")" or ""
    notes[#notes + 1] = ('the type "%s" is not one of those known%s; kept as written')
      :format(value, more)
  end
  meta.type = canonical or value
  return true
end

function check.number(value, meta, notes)
  local parts, problem = number.parse(value)
  if not parts then return nil, problem end
  meta.number = parts.text
  if not meta.type and #parts.types == 1 then
    meta.type = parts.types[1]
    notes[#notes + 1] = ("type %s, as number %s says"):format(meta.type, meta.number)
  end
  return number.agrees(parts, meta.type)
end

function check.issued(value, meta)
  local date, problem = dates.parse(value)
  if not date then return nil, problem end
  meta.issued, meta.issued_precision, meta.issued_end = date.first, date.precision, date.last
  return true
end

function check.congress(value, meta, _, options)
  local ordinal = congress_name.ordinal(value)
  local known = options.congresses
  if ordinal and (not known or known[ordinal]) then
    meta.congress = ordinal
    return true
  end
  local hint = 'write the ordinal: "XIII", "13" or "Đại hội XIII"'
  if ordinal then
    hint = ("the store knows %s"):format(options.congress_range or "other congresses")
  end
  return nil, err.new("bad_input", ('no congress "%s"'):format(value), { hint = hint })
end

-- Type before number: the one is checked against the other.
local order = { "type", "number", "issued", "congress", "issuer", "title", "source" }

-- A weaker layer that says otherwise is told of; titles and sources differ too freely for that.
local function note_difference(notes, key, kept, entry)
  if key == "title" or key == "source" or tidy(kept.value) == tidy(entry.value) then return end
  notes[#notes + 1] = ('%s "%s" gives way to "%s"%s'):format(key, tidy(entry.value),
    tidy(kept.value), kept.place and " of " .. kept.place or "")
end

-- The first layer that gives each key.
local function merge(layers, notes)
  local merged, attributes, problems = {}, {}, {}
  for _, layer in ipairs(layers) do
    for _, entry in ipairs(layer) do
      local key, problem = metadata.key(entry.key)
      if problem then
        problem.place = entry.place
        problems[#problems + 1] = problem
      elseif key then
        if merged[key] then note_difference(notes, key, merged[key], entry) end
        merged[key] = merged[key] or entry
      else
        local value = tidy(entry.value)
        attributes[entry.key] = attributes[entry.key] or (value ~= "" and value or nil)
      end
    end
  end
  return merged, attributes, problems
end

--- Settle what is known of one document.
--- Shape: layers (the strongest first) of lists of {key=, value=, place=}, fallback title,
--- {congresses=} -> meta, notes | nil, list of err.
--- Units: dates ISO; number and congress in their normal form.
--- Errors: returns nil and every problem, each with the place of the value.
--- Source: none.
---@param layers table
---@param fallback_title string
---@param options? table congresses: set of the ordinals that are known
function metadata.settle(layers, fallback_title, options)
  local notes = {}
  local merged, attributes, problems = merge(layers, notes)
  local meta = { attributes = attributes, kind = "imported" }
  for _, key in ipairs(order) do
    local entry = merged[key]
    local value = entry and tidy(entry.value)
    if value and value ~= "" then
      local good, problem = true, nil
      if check[key] then good, problem = check[key](value, meta, notes, options or {})
      else meta[key] = value end
      if not good then
        problem.place = entry.place
        problems[#problems + 1] = problem
      end
    end
  end
  if problems[1] then return nil, problems end
  if not meta.title then
    meta.title, meta.title_assumed = tidy(fallback_title), true
    notes[#notes + 1] = ('no title given; the file\'s name serves: "%s"'):format(meta.title)
  end
  return meta, notes
end

return metadata
