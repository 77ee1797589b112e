-- What an import repaired in the words of a text, and what it found and left: evidence
-- for every place where the passages differ from the original in more than white space,
-- line ends and normal forms (those are in the passages' maps).

CREATE TABLE repairs (
  id         INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  kind       TEXT NOT NULL,                     -- split_syllable, page_header, …
  start      INTEGER NOT NULL,                  -- byte offsets into the original, end exclusive
  stop       INTEGER NOT NULL,
  before     TEXT NOT NULL,                     -- what stands there
  after      TEXT,                              -- what the passages have; NULL: only reported
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX repairs_document ON repairs(document_id, start);
