-- Web pages before pandoc reads them: their encoding, which the page itself may declare, and what
-- stands around the text (menus, forms, scripts), which is left out and said so.

local encoding = require "vankien.import.encoding"

local html = {}

-- What is never the document's own text.
local around = { "script", "style", "template", "noscript", "nav", "aside", "footer", "form" }
local told = { nav = "menus", aside = "asides", footer = "page footers", form = "forms" }

-- A declaration stands near the top.
local DECLARED_WITHIN = 4096

-- From a tag's name to behind the ">" of the tag that closes the element, or nil.
local function element_end(lower, name, from)
  local inside = lower:find(">", from, true)
  local closing = inside and lower:find("</" .. name, inside, true)
  return closing and lower:find(">", closing, true)
end

-- Without elements of a name, which do not hold themselves.  A tag that nothing closes ends the
-- search, so that each byte is looked at a few times at most.
local function without(page, name)
  local lower, tag = page:lower(), "<" .. name
  local out, at, look, n = {}, 1, 1, 0
  while true do
    local from = lower:find(tag, look, true)
    if not from then break end
    look = from + #tag
    if lower:find("^[%s/>]", look) then
      local to = element_end(lower, name, look)
      if not to then break end
      out[#out + 1] = page:sub(at, from - 1)
      at, look, n = to + 1, to + 1, n + 1
    end
  end
  out[#out + 1] = page:sub(at)
  return table.concat(out), n
end

local function declared(bytes)
  local head = bytes:sub(1, DECLARED_WITHIN):lower()
  return head:match "<meta[^>]-charset%s*=%s*[\"']?([%w%-_]+)"
end

-- The name that was asked for, or else the page's own.
local function named(bytes, asked)
  if asked then return asked end
  local name = declared(bytes)
  if not name or name:find "^utf%-?8$" then return nil end
  return encoding.canonical(name), name
end

--- A web page's text in UTF-8, without what stands around it.
--- Shape: bytes, name of an encoding or nil, place -> {text=, encoding=, note=, left_out=}
---   | nil, err.
--- Units: note and left_out are sentences, or nil.
--- Errors: returns nil, bad_input for what is not UTF-8 and declares nothing.
--- Source: HTML Living Standard, names of elements.
---@param bytes string
---@param asked string|nil
---@param place string
function html.read(bytes, asked, place)
  local name, own = named(bytes, asked)
  local page, how = encoding.read(bytes, name, place)
  if not page then return nil, how end
  local found = { encoding = how.encoding, note = how.note }
  if own then
    found.note = how.encoding and ("read as %s, as the page says"):format(how.encoding) or nil
  end
  local left = {}
  for _, element in ipairs(around) do
    local n
    page, n = without(page, element)
    if n > 0 and told[element] then left[#left + 1] = ("%d %s"):format(n, told[element]) end
  end
  found.text = page
  if left[1] then found.left_out = "left out of the page: " .. table.concat(left, ", ") end
  return found
end

return html
