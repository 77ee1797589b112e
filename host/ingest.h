/*
** Passages of a document to rows: cleaned, cut into tokens, hashed and inserted in
** one pass, without a copy of anything but the text at hand.
*/

#ifndef vk_ingest_h
#define vk_ingest_h

#include "digest.h"
#include "lines.h"
#include "store.h"
#include "text.h"
#include "tokenizer.h"

/* What an ingest fails at. */
enum vk_ingest_part { VK_INGEST_CLEAN, VK_INGEST_TOKENS, VK_INGEST_ROW };

typedef struct vk_ingest {
  vk_stmt *insert;        /* borrowed: inserts into `passages`, all columns from `incoming` */
  vk_tokenizer *tk;       /* borrowed: the passages are appended to its stream */
  const char *original;   /* borrowed: the text that passages are cut from */
  size_t n;
  vk_moves moves;         /* borrowed: from a repaired text to the real original */
  int64_t document;
  int64_t next_id;        /* of the next passage */
  int64_t ordinal;        /* passages so far; what is empty when cleaned makes none */
  vk_clean_counts counts;
  vk_buf text, map;       /* of the passage at hand; owned */
  uint8_t hash[VK_DIGEST_BYTES];  /* of its row */
  const vk_passages *passages;    /* borrowed while they are written, `next` of them done */
  size_t next;
  enum vk_ingest_part part;       /* after a failure: what it was in */
  size_t bad_at;          /* offset into the original where it is no UTF-8 */
} vk_ingest;

/* Write all passages.  VK_OK or a negative status; then rows may stay that belong to
   nothing: whoever began the transaction takes it back. */
int vk_ingest_passages (vk_ingest *g, const vk_passages *p);

/* Write the types that a tokenizer made since they were reported last; `insert` inserts into
   `types`, all columns from `incoming`. */
int vk_ingest_types (vk_stmt *insert, vk_tokenizer *tk);

/* Give up what an ingest owns. */
void vk_ingest_free (vk_ingest *g);

#endif
