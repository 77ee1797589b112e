-- Fingerprints of documents, an integer each: kept in the order of the hash, so that a new
-- document's are found and written without an index beside the table.  Takes the place of shingles.

CREATE TABLE fingerprints (
  key        INTEGER PRIMARY KEY,               -- 32 bits of a hash, 31 bits of document_id
  document_id INTEGER NOT NULL AS (key & 2147483647) REFERENCES documents(id) ON DELETE CASCADE
) STRICT;

INSERT INTO fingerprints (key) SELECT DISTINCT hash >> 30 << 31 | document_id FROM shingles;
DROP TABLE shingles;
