-- Small PDF files for specs, written by hand: pages of lines at their places, in a font of two-byte
-- codes whose meaning a ToUnicode table gives, as office programs write them.

local pdf = {}

local WIDTH = 500                       -- of every letter, in thousandths of the font's size

local function utf16(c)
  if c < 0x10000 then return ("%04X"):format(c) end
  c = c - 0x10000
  return ("%04X%04X"):format(0xD800 + (c >> 10), 0xDC00 + (c & 0x3FF))
end

-- Codes in order of first use; `means` tells what the table says of a letter.
local function alphabet(pages, means)
  local code_of, table_of = {}, {}
  for _, lines in ipairs(pages) do
    for _, line in ipairs(lines) do
      for _, c in utf8.codes(line.text) do
        if not code_of[c] then
          table_of[#table_of + 1] = ("<%04X> <%s>"):format(#table_of + 1, utf16(means(c)))
          code_of[c] = #table_of
        end
      end
    end
  end
  return code_of, table_of
end

local function to_unicode(entries)
  local out = { "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def",
    "1 begincodespacerange <0000> <FFFF> endcodespacerange" }
  for from = 1, #entries, 100 do
    local to = math.min(from + 99, #entries)
    out[#out + 1] = ("%d beginbfchar"):format(to - from + 1)
    for n = from, to do out[#out + 1] = entries[n] end
    out[#out + 1] = "endbfchar"
  end
  out[#out + 1] = "endcmap CMapName currentdict /CMap defineresource pop end end"
  return table.concat(out, "\n")
end

local function contents(lines, code_of)
  local out = {}
  for _, line in ipairs(lines) do
    local codes = {}
    for _, c in utf8.codes(line.text) do codes[#codes + 1] = ("%04X"):format(code_of[c]) end
    out[#out + 1] = ("BT /F1 %d Tf 1 0 0 1 %d %d Tm <%s> Tj ET"):format(line.size or 12, line.x,
      line.y, table.concat(codes))
  end
  return table.concat(out, "\n")
end

local function stream(bytes)
  return ("<< /Length %d >>\nstream\n%s\nendstream"):format(#bytes, bytes)
end

-- Objects, their places, and the end of the file.
local function assemble(objects, trailer)
  local out, at, places = { "%PDF-1.4\n" }, 9, {}
  for n, object in ipairs(objects) do
    places[n] = ("%010d 00000 n \n"):format(at)
    out[#out + 1] = ("%d 0 obj\n%s\nendobj\n"):format(n, object)
    at = at + #out[#out]
  end
  out[#out + 1] = ("xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s>>\n"
    .. "startxref\n%d\n%%%%EOF\n"):format(#objects + 1, table.concat(places), #objects + 1,
    trailer or "", at)
  return table.concat(out)
end

--- A PDF of pages, each a list of {text =, x =, y =, size =}; y counts from the bottom, 842 high.
--- options.means(codepoint) gives what the font's table says of a letter; options.trailer is put
--- into the trailer.
function pdf.of(pages, options)
  options = options or {}
  local code_of, entries = alphabet(pages, options.means or function(c) return c end)
  local kids, objects = {}, {
    "<< /Type /Catalog /Pages 2 0 R >>", "",
    "<< /Type /Font /Subtype /Type0 /BaseFont /Serif /Encoding /Identity-H "
      .. "/DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
    ("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Serif /DW %d /FontDescriptor 5 0 R "
      .. "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>")
      :format(WIDTH),
    "<< /Type /FontDescriptor /FontName /Serif /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
      .. "/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    stream(to_unicode(entries)),
  }
  for _, lines in ipairs(pages) do
    objects[#objects + 1] = stream(contents(lines, code_of))
    objects[#objects + 1] = ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
      .. "/Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"):format(#objects)
    kids[#kids + 1] = ("%d 0 R"):format(#objects)
  end
  objects[2] = ("<< /Type /Pages /Kids [%s] /Count %d >>"):format(table.concat(kids, " "), #kids)
  return assemble(objects, options.trailer)
end

--- Paragraphs set in a column, as many pages as they take.
function pdf.set(paragraphs, options)
  options = options or {}
  local columns, size, pages, lines, y = options.columns or 75, 12, {}, {}, 780
  local function new_page()
    pages[#pages + 1] = lines
    lines, y = {}, 780
  end
  local function put(words)
    lines[#lines + 1] = { text = words, x = 70, y = y, size = size }
    y = y - 18
    if y < 60 then new_page() end
  end
  for _, paragraph in ipairs(paragraphs) do
    local line = ""
    for word in paragraph:gmatch "%S+" do
      if utf8.len(line) + 1 + utf8.len(word) > columns then
        put(line)
        line = word
      else
        line = line == "" and word or line .. " " .. word
      end
    end
    put(line)
    y = y - 6
  end
  if lines[1] then new_page() end
  return pdf.of(pages, options)
end

return pdf
