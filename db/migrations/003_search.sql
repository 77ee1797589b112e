-- The search index: which documents hold which tokens, and where (FTS5, without content: the texts
-- stand in passages).  Fed with token units, a row a document, by lua/vankien/store/search_index.lua;
-- the tokenizer is the host's, so that only this program reads and writes it.  Nothing here is
-- evidence: it is derived, checked by the doctor, and can be made anew at any time.

CREATE VIRTUAL TABLE search_index USING fts5(units, content = '', tokenize = 'vankien');

-- The texts that the index holds, by the stream they were read from.
CREATE TABLE indexed_texts (
  document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  stream     BLOB NOT NULL                      -- tokens.hash
) STRICT;
