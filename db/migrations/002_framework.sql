-- The policy framework: what the documents speak of.
--
-- Each row names its sources (keys of `sources`, with ; between), the lines it
-- stands on (of the article or the guide where they are among the sources, else a
-- section or page of the first source), and its level, one of:
--   primary            stands in a Party, State or congress text that was read
--   confirmed          a second public source says the same
--   partly confirmed   a second source says a part of it
--   indirect           no second source, but other facts bear it out
--   disagrees          sources differ, and the claims say which is accepted
--   disputed           sources differ, and it is not settled
--   single source      one source alone says it
--   not checked        a second source was not looked for
--   not found          a second source was looked for, and none found
--   general knowledge  known without a source at hand
--   derived            computed from other rows
--   proposed           a judgement of this project, open to argument
--   imported           as given at import, not checked
-- A claim (assertions) has a level of its own: a claim that is not accepted
-- "disagrees" where it is held to be wrong.

CREATE TABLE sources (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
  kind TEXT NOT NULL,                           -- article, guide, primary, press, reference,
                                                -- judgement, general knowledge, imported
  note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE formulas (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,
  document_id INTEGER REFERENCES documents(id),
  congress TEXT REFERENCES congresses(ordinal), -- the congress it belongs to or falls under
  year INTEGER, year_end INTEGER,
  quote TEXT NOT NULL,
  evidence TEXT NOT NULL CHECK (evidence IN ('primary', 'second-hand', 'article', 'paraphrase')),
  attributed_by TEXT, speaker TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE principles (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, statement TEXT NOT NULL,
  first_congress TEXT REFERENCES congresses(ordinal),
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE terms (                            -- stance terms: the ladder
  id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, class TEXT NOT NULL,
  rung INTEGER NOT NULL CHECK (rung BETWEEN 0 AND 5),
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE tasks (                            -- task groups of Directive 25
  id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents(id),
  n INTEGER NOT NULL, title TEXT NOT NULL,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL,
  UNIQUE (document_id, n)
) STRICT;

CREATE TABLE points (                           -- points of Conclusion 125
  id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents(id),
  n INTEGER NOT NULL, title TEXT NOT NULL,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL,
  UNIQUE (document_id, n)
) STRICT;

CREATE TABLE orientations (
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, marker TEXT NOT NULL,
  title TEXT NOT NULL, actions TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE pillars (
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, official_title TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE forums (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, short_name TEXT, full_name TEXT,
  scope TEXT NOT NULL, alias_of TEXT REFERENCES forums(name),
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE roles (
  id INTEGER PRIMARY KEY, role TEXT NOT NULL, body TEXT NOT NULL,
  from_year INTEGER, to_year INTEGER,           -- as elected or named
  served_to INTEGER,                            -- where service ended in another year
  occurrence TEXT,                              -- '1'; '1 or 2' where sources count differently
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE events (
  id INTEGER PRIMARY KEY, event TEXT NOT NULL, role TEXT NOT NULL, year INTEGER, place TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE initiatives (
  id INTEGER PRIMARY KEY, initiative TEXT NOT NULL UNIQUE, body TEXT NOT NULL, date TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE accessions (
  id INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE, year INTEGER, date TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE metrics (
  id INTEGER PRIMARY KEY, metric TEXT NOT NULL UNIQUE, value REAL NOT NULL,
  comparison TEXT NOT NULL DEFAULT '=',
  unit TEXT NOT NULL, as_of INTEGER,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE actors (
  id INTEGER PRIMARY KEY, actor TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

-- The guide on international cooperation: nine lists of one shape.
CREATE TABLE guide_forms (
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, detail TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE guide_reasons (
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, detail TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE guide_strategies (
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, detail TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE guide_tactics (
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, detail TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE guide_mistakes (
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, detail TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE guide_measures (
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, detail TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE guide_challenges (
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, detail TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE guide_questions (
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, detail TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;

CREATE TABLE guide_summary (
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, detail TEXT,
  source TEXT NOT NULL, lines TEXT, level TEXT NOT NULL, note TEXT, hash BLOB NOT NULL
) STRICT;
