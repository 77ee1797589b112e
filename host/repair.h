/*
** Repairs of damaged text: what a PDF's text layer, a scan or a web page did to the
** words.  Each is found in the original and kept as a range of its bytes and what
** stands there instead; one that is not certain is only reported.  The original is
** never changed: a repaired copy is made, with the way back (moves.h).
**
** Whether a document needs looking at at all is told by one quick pass.  What is
** decided from counts is decided from the document's own, so that the same bytes
** are always repaired alike.
*/

#ifndef vk_repair_h
#define vk_repair_h

#include <stddef.h>
#include <stdint.h>

#include "vk.h"

enum vk_repair_kind {
  VK_REPAIR_SPLIT,        /* xác địn h: a space inside a syllable */
  VK_REPAIR_GLUED,        /* thànhviên: two syllables without one */
  VK_REPAIR_PAGE,         /* page headers, footers, numbers */
  VK_REPAIR_NOTE_MARK,    /* cầu2: the mark of a footnote */
  VK_REPAIR_NOTE_BODY,    /* the footnote itself inside running text: reported */
  VK_REPAIR_HYPHEN,       /* a word broken at a line end, behind its hyphen */
  VK_REPAIR_SPACE,        /* tư duy , tầm nhìn */
  VK_REPAIR_MARK,         /* t ̣ ác: a combining mark that lost its letter */
  VK_REPAIR_ORNAMENT,     /* văn minh. n */
  VK_REPAIR_DOTS,         /* (UNDP), .. Việt Nam */
  VK_REPAIR_CHROME,       /* Loading Now: reported */
  VK_REPAIR_NUMBER,       /* năm 20 25, khoá XI V: a space inside a number */
  VK_REPAIR_FLOW,         /* a unit that begins in mid-line gets a line of its own */
  VK_REPAIR_KINDS
};

/* The name of a kind: "split_syllable", …  Borrowed, static. */
const char *vk_repair_name (enum vk_repair_kind kind);

typedef struct vk_repair {
  size_t from, to;        /* bytes of the original, `to` exclusive */
  size_t after, n_after;  /* what stands there instead, in vk_repairs.after */
  uint8_t kind;
  uint8_t done;           /* 0: only reported */
} vk_repair;

typedef struct vk_repairs {
  const char *s;          /* the original, UTF-8, borrowed */
  size_t n, body;         /* its bytes, and where its text begins */
  uint32_t skipped;       /* kinds not wanted: bits 1 << kind */
  vk_buf list, after;     /* of vk_repair; owned */
  vk_buf pages;           /* of size_t: where each page begins, the body first; owned */
  size_t lines, short_lines, longest_line;
  int damaged;            /* its syllables are split, more than once */
} vk_repairs;

/*
** Find what is damaged in s[body, n), in order and without overlaps.  VK_OK or
** VK_ERR_NOMEM.  `r` need not be set before; vk_repairs_free gives it back.
*/
int vk_repairs_find (vk_repairs *r, const char *s, size_t n, size_t body, uint32_t skipped);

size_t vk_repairs_count (const vk_repairs *r);
const vk_repair *vk_repairs_at (const vk_repairs *r, size_t i);

/* Append the repaired text to `text` and the way back to `moves`.  VK_OK, VK_ERR_NOMEM. */
int vk_repairs_apply (const vk_repairs *r, vk_buf *text, vk_buf *moves);

void vk_repairs_free (vk_repairs *r);

#endif
