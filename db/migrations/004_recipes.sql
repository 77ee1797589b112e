-- Recipes attached to the store: one file carries the data and the method.

CREATE TABLE recipes (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,              -- as the recipe says itself
  version    TEXT NOT NULL,
  sha256     TEXT NOT NULL,                     -- of text, in hex: what trust and locks go by
  text       TEXT NOT NULL,
  signature  TEXT,                              -- armored, as ssh-keygen -Y made it
  hash BLOB NOT NULL
) STRICT;
