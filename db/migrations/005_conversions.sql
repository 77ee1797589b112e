-- How a text came out of its file, where it is not the file's own bytes: decoded from another
-- encoding, or taken out of another format.  originals.bytes is then what came out, in UTF-8, and
-- offsets point into that; the file itself stays with its owner and is known by its hash.

CREATE TABLE conversions (
  id         INTEGER PRIMARY KEY,
  original_id INTEGER NOT NULL UNIQUE REFERENCES originals(id) ON DELETE CASCADE,
  encoding   TEXT,                              -- 'TCVN3', …; NULL where the format says it
  tool       TEXT,                              -- 'pdftotext 22.12.0: -q -enc UTF-8 …'
  file_bytes INTEGER NOT NULL,                  -- size of the file
  file_sha256 TEXT NOT NULL,                    -- of the file, in hex
  hash BLOB NOT NULL,
  CHECK (encoding IS NOT NULL OR tool IS NOT NULL)
) STRICT;
