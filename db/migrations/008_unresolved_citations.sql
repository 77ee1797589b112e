-- References of a text that lead to no one document of the store, kept as what the text claims when a
-- person accepts its citations: one row for each document and reading, with the first passage as
-- evidence.  Once the document is there, accepting again finds it, and the row becomes a relation.

CREATE TABLE unresolved_citations (
  id         INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,   -- that refers
  verdict    TEXT NOT NULL CHECK (verdict IN ('unresolved', 'ambiguous')),
  text       TEXT NOT NULL,                     -- as it is written there first
  n          INTEGER NOT NULL,                  -- how often
  form       TEXT NOT NULL,                     -- number, short, plenum, congress, named
  type       TEXT,
  number     TEXT,                              -- or the bare serial
  session    INTEGER,                           -- of the Central Committee
  congress   TEXT,
  issuer     TEXT,
  date       TEXT,                              -- ISO, as precise as written
  candidates TEXT,                              -- keys of documents it may mean
  section    TEXT NOT NULL,
  start      INTEGER NOT NULL,                  -- byte offsets into the original, end exclusive
  stop       INTEGER NOT NULL,
  wording    TEXT NOT NULL,                     -- the passage around it
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX unresolved_citations_document ON unresolved_citations(document_id);
