/*
** A document's passages on their way to rows: cleaned, cut into tokens and hashed,
** by a job that may run ahead (ahead.h) or in parts while they are written; then
** inserted.  What a job makes is read when it is done, and not before.
*/

#ifndef vk_ingest_h
#define vk_ingest_h

#include "ahead.h"
#include "digest.h"
#include "lines.h"
#include "store.h"
#include "text.h"
#include "tokenizer.h"

/* What an ingest fails at. */
enum vk_ingest_part { VK_INGEST_CLEAN, VK_INGEST_TOKENS, VK_INGEST_ROW };

typedef struct vk_ingest {
  vk_job job;
  /* given, and borrowed until the last passage is made */
  vk_tokenizer *tk;       /* its stream is this document's, and new types are made in it */
  const char *original;   /* the text that passages are cut from */
  size_t n;
  vk_moves moves;         /* from a repaired text to the real original */
  const vk_passages *passages;
  int64_t document;
  int64_t next_id;        /* of the next passage */
  const struct vk_ingest *before; /* done before this one: next_id is then its; or NULL */
  /* made */
  size_t next;            /* passages looked at */
  int64_t ordinal;        /* passages so far; what is empty when cleaned makes none */
  vk_clean_counts counts;
  vk_buf rows, texts, maps;       /* rows to be written and what they hold; owned */
  size_t written;         /* rows of these that are */
  vk_buf units;           /* the token stream, when all passages are made; owned */
  vk_text_size size;
  vk_buf types, forms;    /* types that this document brought; owned */
  vk_buf shingles;        /* see shingle.h; owned */
  int status;             /* VK_OK, or what it failed with */
  enum vk_ingest_part part;       /* after a failure: what it was in */
  size_t bad_at;          /* where the original is no UTF-8, or where in `texts` the passage
                             begins that could not be cut */
} vk_ingest;

/* Make all passages: a vk_job's `run`, which leaves `status`. */
void vk_ingest_run (vk_job *job);

/*
** Write the passages; those that are not made yet are made part by part.  `insert` inserts
** into `passages`, all columns from `incoming`.  VK_OK or a negative status; then rows may
** stay that belong to nothing: whoever began the transaction takes it back.
*/
int vk_ingest_passages (vk_ingest *g, vk_stmt *insert);

/* Write the types that a document brought; *last: the last one's id, if there are any.
   `insert` inserts into `types`, all columns from `incoming`. */
int vk_ingest_types (const vk_ingest *g, vk_stmt *insert, uint32_t *last);

/* Give up what an ingest owns. */
void vk_ingest_free (vk_ingest *g);

#endif
