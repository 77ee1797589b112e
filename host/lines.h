/*
** Lines of a text, what can be told of one alone (how it begins, how it ends, how
** wide it is), and what two have to do with each other: which line ends are the
** page's and not the author's.  Then passages: lines put together.  Marks of
** structure are not known here (lua/vankien/import/marks.lua), only where none
** can be.
*/

#ifndef vk_lines_h
#define vk_lines_h

#include <stddef.h>
#include <stdint.h>

#include "vk.h"

/* What stood before a line. */
enum vk_gap { VK_GAP_NONE, VK_GAP_BLANK, VK_GAP_PAGE, VK_GAP_BREAK };

enum vk_begins { VK_BEGINS_LOWER, VK_BEGINS_UPPER, VK_BEGINS_DIGIT, VK_BEGINS_OTHER };

/* VK_ENDS_CLAUSE: after ; or :.  VK_ENDS_HANGING: with a word that ends no paragraph. */
enum vk_ends {
  VK_ENDS_SENTENCE, VK_ENDS_CLAUSE, VK_ENDS_COMMA, VK_ENDS_HANGING, VK_ENDS_OPEN, VK_ENDS_UNKNOWN
};

typedef struct vk_line {
  size_t from, to;        /* bytes of the original, `to` exclusive */
  size_t at, n;           /* the same as one NFC text without markup: in `shown`, or the original */
  size_t piece, n_pieces; /* in `pieces`, counted in pairs; none: from, to is all */
  size_t indent;          /* bytes of white space before it */
  int cols;               /* characters; -1 for a long line, which is not measured */
  int column;             /* the width of the column it was set in; 0: none */
  uint8_t gap, level, is_shown;
  uint8_t ends;           /* a vk_ends, kept once it is known */
  uint8_t full;           /* the next line's first word would hardly have gone in */
  uint8_t over;           /* it could not have */
} vk_line;

typedef struct vk_lines {
  const char *s;          /* the original, UTF-8, borrowed */
  size_t n;
  int decomposed;         /* letters with detached marks: lines are composed to be looked at */
  vk_line *all;
  size_t count, cap;
  vk_buf shown, pieces;
} vk_lines;

/* Begin on a text; its lines are read from the byte `at` on. */
void vk_lines_start (vk_lines *l, const char *s, size_t n, size_t at);
void vk_lines_free (vk_lines *l);

typedef struct vk_lines_dropped { size_t ornaments, page_marks; } vk_lines_dropped;

/* All lines of a plain text, without ornaments and page marks. */
int vk_lines_read (vk_lines *l, size_t at, vk_lines_dropped *dropped);

/* Append a line of pieces (pairs of offsets); `level` is that of a heading, or 0. */
int vk_lines_add (vk_lines *l, const size_t *pieces, size_t n_pieces, enum vk_gap gap, int level);

/* The text of a line to look at.  Borrowed until a line is added. */
const uint8_t *vk_line_text (const vk_lines *l, const vk_line *line);

/* How the line begins at the byte `at` of its text. */
enum vk_begins vk_line_begins (const vk_lines *l, const vk_line *line, size_t at);
enum vk_ends vk_line_ends (const vk_lines *l, vk_line *line);

/* Two capital letters or more from the byte `at` on, and no small one? */
int vk_line_capitals (const vk_lines *l, const vk_line *line, size_t at);

/* No heading, not behind a break, and certainly without a mark of structure? */
int vk_line_is_plain (const vk_lines *l, const vk_line *line);

/* Find the columns that lines were set in. */
int vk_lines_measure (vk_lines *l);

/* Does line k (from 0) go on in line k + 1, which bears no mark? */
int vk_lines_join (const vk_lines *l, size_t k, int is_marked);

enum vk_passage_kind { VK_PARAGRAPH, VK_HEADING, VK_ITEM };

typedef struct vk_passage {
  size_t path, n_path;    /* in `paths` */
  size_t first, n;        /* fragments, counted in pairs */
  enum vk_passage_kind kind;
} vk_passage;

typedef struct vk_passages {
  vk_passage *all;
  size_t count, cap;
  vk_buf fragments, paths;
} vk_passages;

void vk_passages_free (vk_passages *p);

/* Begin a passage without fragments.  VK_OK or VK_ERR_NOMEM. */
int vk_passages_begin (vk_passages *p, const char *path, size_t n_path);

/* Append fragments, or those of a line, to the last passage. */
int vk_passages_extend (vk_passages *p, const size_t *fragments, size_t n);
int vk_passages_take (vk_passages *p, const vk_lines *l, const vk_line *line);

/* The fragments of a passage, pairs of offsets.  Borrowed until the next change. */
const size_t *vk_passage_fragments (const vk_passages *p, const vk_passage *passage);

/* What vk_passages_run did. */
typedef struct vk_run {
  size_t next;            /* the line it stopped before: not a plain one, or the end */
  size_t first;           /* the line that the last passage begins with */
  size_t joined;          /* lines joined */
  int colon;              /* some passage that it finished ends in a colon */
} vk_run;

/*
** Put the lines from run->next on together, as long as they are plain.  The last
** passage is open, begins with the line run->first, which bears no mark, and stays
** open.  New ones have its path.
*/
int vk_passages_run (vk_passages *p, vk_lines *l, vk_run *run);

#endif
