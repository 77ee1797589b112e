-- Documents, their text, and everything that is counted.
--
-- A row that is evidence carries `hash`: the SQL function rowhash(table, column, …)
-- of the host, SHA-256 over all its other columns in their order here, so that
-- an altered value is found wherever it stands.  One column is left out:
-- originals.bytes, which originals.sha256 stands for.
--
-- No CHECK calls json_valid: with TRUSTED_SCHEMA off, SQLite refuses it in a schema.
-- The doctor checks the JSON.

CREATE TABLE congresses (
  id         INTEGER PRIMARY KEY,
  ordinal    TEXT NOT NULL UNIQUE,              -- roman: 'VI'
  n          INTEGER NOT NULL UNIQUE,           -- 6
  year       INTEGER NOT NULL,
  opened     TEXT, closed TEXT,                 -- ISO dates, official count
  public_opening TEXT,                          -- where the public opening is a later day
  place      TEXT, delegates INTEGER, members TEXT,
  general_secretary TEXT, main_documents TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT,
  hash BLOB NOT NULL
) STRICT;

-- A number is not a key: numbers restart each term.  `key` names the row for
-- ever; (number, issuer, congress, issued) is what people look a document up by.
CREATE TABLE documents (
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE,
  type       TEXT,                              -- 'Chỉ thị', 'Nghị quyết', …; NULL where not known
  number     TEXT,                              -- normalised: '25-CT/TW'
  issued     TEXT,                              -- ISO, as precise as known: '1988-05'
  issued_precision TEXT CHECK (issued_precision IN ('day', 'month', 'year', 'range')),
  issued_end TEXT,                              -- the last day of a range
  issuer     TEXT,
  congress   TEXT REFERENCES congresses(ordinal),
  title      TEXT NOT NULL,
  kind       TEXT NOT NULL,                     -- party, congress, state, international,
                                                -- cited, imported
  attributes TEXT NOT NULL DEFAULT '{}' CHECK (attributes GLOB '{*}'),  -- a JSON object
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT,
  hash BLOB NOT NULL,
  CHECK ((issued IS NULL) = (issued_precision IS NULL)),
  CHECK ((issued_end IS NOT NULL) = (issued_precision IS 'range'))
) STRICT;
CREATE INDEX documents_number ON documents(number) WHERE number IS NOT NULL;
CREATE INDEX documents_issued ON documents(issued);

-- Sizes live apart from documents so that reading totals never touches text.
CREATE TABLE texts (
  document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  original_id INTEGER NOT NULL REFERENCES originals(id) ON DELETE CASCADE,
  passages   INTEGER NOT NULL,
  syllables  INTEGER NOT NULL,
  sentences  INTEGER NOT NULL,
  repairs    TEXT NOT NULL CHECK (repairs GLOB '{*}'),  -- JSON: repairs by kind
  hash BLOB NOT NULL
) STRICT;

-- Every text ever imported, as it came.  Replacing a document keeps the old one.
CREATE TABLE originals (
  id         INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  locator    TEXT NOT NULL,                     -- path, or path#line for JSON Lines
  sha256     TEXT NOT NULL,                     -- of bytes, in hex; in the row hash instead of them
  hash BLOB NOT NULL,
  bytes      BLOB NOT NULL
) STRICT;
CREATE INDEX originals_sha256 ON originals(sha256);
CREATE INDEX originals_document ON originals(document_id);
CREATE INDEX originals_locator ON originals(locator);

CREATE TABLE passages (
  id         INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  ordinal    INTEGER NOT NULL,                  -- 1, 2, … within the document
  path       TEXT NOT NULL,                     -- 'XI / 2 / a'; '' before the first mark
  kind       TEXT NOT NULL,                     -- heading, paragraph, item
  text       TEXT NOT NULL,                     -- NFC, white space collapsed
  start      INTEGER NOT NULL,                  -- byte offsets into the original, end exclusive
  stop       INTEGER NOT NULL,
  map        BLOB,                              -- text to original offset; NULL: start is all
  first_unit INTEGER NOT NULL,                  -- where the passage begins in the token stream
  syllables  INTEGER NOT NULL,
  sentences  INTEGER NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (document_id, ordinal)
) STRICT;

-- Token stream: little-endian u16 units, see host/tokens.h for the reserved ones.
CREATE TABLE tokens (
  document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  hash BLOB NOT NULL,
  units      BLOB NOT NULL
) STRICT;

CREATE TABLE types (
  id         INTEGER PRIMARY KEY,               -- the token id
  form       TEXT NOT NULL UNIQUE,              -- folded: NFC, lower case, one tone placement
  kind       TEXT NOT NULL CHECK (kind IN ('syllable', 'number', 'mark')),
  hash BLOB NOT NULL
) STRICT;

-- Sampled fingerprints of runs of syllables: find a document that stands inside another.
CREATE TABLE shingles (
  hash       INTEGER NOT NULL,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  PRIMARY KEY (hash, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX shingles_document ON shingles(document_id);

CREATE TABLE containments (
  inner_id   INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  outer_id   INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  share      REAL NOT NULL,                     -- of the inner's runs found in the outer, 0 to 1
  hash BLOB NOT NULL,
  PRIMARY KEY (inner_id, outer_id)
) STRICT;
CREATE INDEX containments_outer ON containments(outer_id);

-- Directed and typed; `wording` is the sentence that says so.
CREATE TABLE relations (
  id         INTEGER PRIMARY KEY,
  from_id    INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  relation   TEXT NOT NULL,                     -- 'cụ thể hóa', 'bổ sung', …
  to_id      INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  wording    TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT,
  hash BLOB NOT NULL,
  UNIQUE (from_id, relation, to_id)
) STRICT;
CREATE INDEX relations_to ON relations(to_id);

-- Claims: what each source says of one field of one row.  A fact that sources
-- disagree on is several claims, exactly one of them accepted.
CREATE TABLE assertions (
  id         INTEGER PRIMARY KEY,
  subject    TEXT NOT NULL,                     -- table
  subject_id INTEGER NOT NULL,                  -- row in it
  field      TEXT NOT NULL,
  value      TEXT,                              -- as the source has it, in ISO for dates
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL,
  accepted   INTEGER NOT NULL CHECK (accepted IN (0, 1)),
  verdict    TEXT,                              -- why accepted, or why not
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX assertions_subject ON assertions(subject, subject_id, field);
CREATE UNIQUE INDEX assertions_accepted ON assertions(subject, subject_id, field)
  WHERE accepted = 1;
