/*
** Lines of evidence: from hits in token streams to the words around them, and to their
** place in the stored original.  Reads the store through statements that the caller
** prepared; knows no table of it.
*/

#ifndef vk_evidence_h
#define vk_evidence_h

#include <stddef.h>
#include <stdint.h>

#include "corpus.h"
#include "record.h"
#include "store.h"
#include "token_window.h"
#include "vk.h"

#define VK_LINE_HEAD 6          /* columns of the document, which begin a line */

/* The columns of a line. */
enum vk_line_column {
  VK_LINE_SECTION = VK_LINE_HEAD, VK_LINE_PASSAGE, VK_LINE_LEFT, VK_LINE_HIT, VK_LINE_RIGHT,
  VK_LINE_KIND, VK_LINE_INSIDE, VK_LINE_PHRASE, VK_LINE_PERIOD, VK_LINE_START, VK_LINE_STOP,
  VK_LINE_COLUMNS
};

/*
** Starts as {0} but for what comes first; the statements are borrowed, and stand on rows
** until the caller closes them.
*/
typedef struct vk_evidence {
  vk_stmt *document;      /* (id) -> the columns of the head, all text */
  vk_stmt *passage;       /* (id, ordinal) -> ordinal, path, text, start, map, first unit */
  vk_stmt *passage_at;    /* (id, unit) -> the same, of the passage that the unit stands in */
  vk_stmt *stream;        /* (id) -> token units; NULL where each token is one unit */
  size_t around;          /* tokens shown on either side */
  int sentence;           /* show the sentence instead */
  /* the document and the passage at hand */
  int64_t id;
  size_t ordinal, first, start, n_text, n_map, n_units;
  const char *text, *map;
  const uint8_t *units;
  vk_tokens tokens;
  vk_buf left, right;
  const char *why;        /* what is damaged, where a line failed for that */
  int64_t number[3];
  vk_field head[VK_LINE_HEAD], path;
} vk_evidence;

/*
** The line of a hit: its fields, all but kind, inside, phrase and period, which are left
** alone.  A hit with passage 0 is looked up by its unit.  Borrowed until the next line.
** VK_ERR_INTEGRITY with `why` when hit and store do not fit together; VK_ERR_NOMEM; else
** what a statement of the store says.
*/
int vk_evidence_line (vk_evidence *e, const vk_hit *hit, vk_field line[VK_LINE_COLUMNS]);

void vk_evidence_free (vk_evidence *e);

#endif
