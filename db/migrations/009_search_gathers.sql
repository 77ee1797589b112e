-- The search index gathers 4 MB in memory before it writes them out, as much as a transaction of an
-- import brings, instead of FTS5's usual 1 MB: fewer pieces are written, and merged again and again.

INSERT INTO search_index(search_index, rank) VALUES ('hashsize', 4194304);
