-- What a line of evidence leads to: its passage, its document with the whole text, its citation.

local concordance = require "vankien.report.concordance"
local err = require "vankien.util.err"
local host = require "vankien.host.rows"
local suggest = require "vankien.util.suggest"

local line = {}

local FIELDS = { "document", "number", "title", "issued", "issuer", "congress", "section",
  "passage", "left", "hit", "right", "kind", "inside", "phrase", "period", "start", "stop" }

local methods = {}

--- The document that a line stands in; `.text` and `.original` are the whole of it.
--- Shape: line -> row of documents.
--- Units: none.
--- Errors: those of the store.
--- Source: own.
function methods.row(self, store)
  return store:collection "documents":where { key = self.document }:one()
end

--- The passage that a line stands in, whole.
--- Shape: line -> row of passages.
--- Units: none.
--- Errors: those of the store.
--- Source: own.
function methods.whole(self, store)
  return store:collection "passages":where {
    document_id = methods.row(self, store).id, ordinal = self.passage }:one()
end

--- Where a line stands, as a footnote would say it.
--- Shape: line -> text: number or title, issuer, date, section, bytes of the original.
--- Units: bytes of the stored original, counted from 0, end exclusive.
--- Errors: none.
--- Source: own.
function methods.cite(self)
  return concordance.place(self)
end

local known = {}
for _, name in ipairs(FIELDS) do known[name] = true end

local function unknown(name)
  local names = { "cite", "row", "whole" }
  table.move(FIELDS, 1, #FIELDS, #names + 1, names)
  err.raise("unknown_name", ("unknown field %q in a line"):format(tostring(name)),
    { hint = suggest.phrase(tostring(name), names) })
end

-- What lines of one store have in common: methods, and a complaint about other names.
local function class(store)
  local bound = {}
  for name, method in pairs(methods) do
    bound[name] = function(self) return method(self, store) end
  end
  return { __name = "line", __index = function(_, name)
    if bound[name] then return bound[name] end
    if not known[name] then unknown(name) end
  end }
end

--- What the host makes lines of: their fields in its order (host/evidence.h), and how they behave.
--- Shape: store -> shape for vankien.host.rows.
--- Units: none.
--- Errors: none; reading an unknown field of a line raises unknown_name.
--- Source: own.
---@param store table
function line.shape(store)
  return host.shape { columns = FIELDS, metatable = class(store) }
end

return line
