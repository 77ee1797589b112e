/*
** Which line ends are the page's and not the author's.  A text that was set in
** columns has lines that end where the column ended: the next word would not have
** gone in.  Such lines are joined; so are lines whose next begins in small letters.
** The width is taken from the neighbourhood, because one document can hold an
** abstract over the whole page and then two columns.
*/

#include <stdlib.h>

#include "lines.h"
#include "text_utf8.h"

/* Columns are no wider and no narrower than this, in characters. */
#define WIDEST 130
#define NARROWEST 32
/* So many lines that are followed by another show the width of their column. */
#define ENOUGH 4
#define REACH 4
/* Letters differ in width: a line counts as full from this share of the widest. */
#define FULL 0.85
/* So large a share of full lines makes a block a column. */
#define COLUMN 0.7
/* Two lines that became one (pdftotext drops a dash at a line end, and the line end with it) are
   longer than the average by this; one line in so many may be. */
#define DOUBLE 1.5
#define RARE 10
/* A text that parts its paragraphs by blank lines has several, none of them endless. */
#define SEVERAL 3
#define LONG_BLOCK 40
/* So many more spaces at the beginning of a line open a paragraph. */
#define INDENT 2
#define LONG_WORD 60

/* A run of short lines without a gap; both ends belong to it. */
typedef struct block { size_t first, last; int width; } block;


static int is_short (const vk_line *line) {
  return line->cols >= 0 && line->cols <= WIDEST && line->level == 0;
}


static size_t find_blocks (const vk_lines *l, block *found) {
  size_t k, n = 0;
  int open = 0;
  for (k = 0; k < l->count; k++) {
    if (!is_short(&l->all[k])) open = 0;
    else if (open && l->all[k].gap == VK_GAP_NONE) found[n - 1].last = k;
    else {
      found[n++] = (block){ k, k, 0 };
      open = 1;
    }
  }
  return n;
}


/* Columns of a line's first word. */
static int first_word (const vk_lines *l, const vk_line *line) {
  const uint8_t *s = vk_line_text(l, line);
  size_t i, columns = 0;
  for (i = 0; i < line->n && s[i] != ' ' && (s[i] < '\t' || s[i] > '\r'); i++)
    columns += !vk_utf8_tail(s[i]);
  return (i > LONG_WORD) ? LONG_WORD : (int)columns;
}


static int could_not_hold (const vk_lines *l, size_t k, double width) {
  return l->all[k].cols + 1 + first_word(l, &l->all[k + 1]) > width;
}


/* What the lines of some blocks show. */
typedef struct shown { int width; size_t n, full, open, open_full, wrapped; } shown;


/* The widest line that another follows, double ones aside. */
static void find_width (const vk_lines *l, const block *const *some, size_t n_some, shown *s) {
  size_t i, k, doubles = 0;
  double sum = 0;
  int widest = 0, limit;
  for (i = 0; i < n_some; i++) {
    for (k = some[i]->first; k < some[i]->last; k++, s->n++) {
      sum += l->all[k].cols;
      if (l->all[k].cols > widest) widest = l->all[k].cols;
    }
  }
  if (s->n == 0) return;
  limit = (int)(DOUBLE * sum / (double)s->n);
  for (i = 0; i < n_some; i++) {
    for (k = some[i]->first; k < some[i]->last; k++) {
      doubles += l->all[k].cols > limit;
      if (l->all[k].cols > s->width && l->all[k].cols <= limit) s->width = l->all[k].cols;
    }
  }
  if (doubles * RARE > s->n) s->width = widest;
}


/* Count a line that another follows: whether it is full, and, where no sentence or clause
   ends with it, whether the next one goes on in small letters. */
static void count_line (vk_lines *l, size_t k, shown *s) {
  int full = could_not_hold(l, k, s->width * FULL);
  enum vk_ends end = vk_line_ends(l, &l->all[k]);
  s->full += (size_t)full;
  if (end == VK_ENDS_SENTENCE || end == VK_ENDS_CLAUSE) return;
  s->open++;
  s->open_full += (size_t)full;
  s->wrapped += full && vk_line_begins(l, &l->all[k + 1], 0) == VK_BEGINS_LOWER;
}


/* The width of the column that these blocks were set in, or 0 when they were not: most full
   lines end in the middle of a sentence.  Short paragraphs have few full lines; but then what
   ends there is full, and mostly goes on in small letters. */
static int column_width (vk_lines *l, const block *const *some, size_t n_some) {
  shown s = { 0 };
  size_t i, k;
  find_width(l, some, n_some, &s);
  if (s.n < ENOUGH || s.width < NARROWEST) return 0;
  for (i = 0; i < n_some; i++)
    for (k = some[i]->first; k < some[i]->last; k++) count_line(l, k, &s);
  if (2 * s.open_full < s.full) return 0;
  if ((double)s.full >= COLUMN * (double)s.n) return s.width;
  return (s.open >= ENOUGH && (double)s.open_full >= COLUMN * (double)s.open &&
          2 * s.wrapped >= s.open_full) ? s.width : 0;
}


/* A short block is judged with its neighbours, the nearest first. */
static int with_neighbours (vk_lines *l, const block *found, size_t n_found, size_t at) {
  const block *some[1 + 2 * REACH];
  size_t n_some = 1, n = found[at].last - found[at].first, reach;
  some[0] = &found[at];
  for (reach = 1; n < ENOUGH && reach <= REACH; reach++) {
    if (reach <= at) {
      some[n_some++] = &found[at - reach];
      n += found[at - reach].last - found[at - reach].first;
    }
    if (at + reach < n_found) {
      some[n_some++] = &found[at + reach];
      n += found[at + reach].last - found[at + reach].first;
    }
  }
  return column_width(l, some, n_some);
}


static void measure_block (vk_lines *l, const block *b) {
  size_t k;
  for (k = b->first; k <= b->last; k++) {
    vk_line *line = &l->all[k];
    line->column = b->width;
    if (k == b->last && (k + 1 == l->count || l->all[k + 1].gap != VK_GAP_PAGE)) continue;
    line->full = (uint8_t)could_not_hold(l, k, b->width * FULL);
    line->over = (uint8_t)could_not_hold(l, k, b->width);
  }
}


/* Does the text part its paragraphs by blank lines?  Then a full line that ends a
   sentence does not end its paragraph. */
static int parted_by_blanks (vk_lines *l, const block *found, size_t n_found) {
  size_t i, n = 0, ended = 0, columns = 0;
  for (i = 0; i < n_found; i++) {
    enum vk_ends end;
    if (found[i].width == 0) continue;
    end = vk_line_ends(l, &l->all[found[i].last]);
    columns++;
    n += found[i].last - found[i].first + 1;
    ended += end == VK_ENDS_SENTENCE || end == VK_ENDS_CLAUSE;
  }
  return columns >= SEVERAL && n <= LONG_BLOCK * columns && 2 * ended >= columns;
}


int vk_lines_measure (vk_lines *l) {
  block *found;
  size_t n, i, k;
  if (l->count == 0) return VK_OK;
  found = malloc(l->count * sizeof(*found));
  if (found == NULL) return VK_ERR_NOMEM;
  n = find_blocks(l, found);
  for (i = 0; i < n; i++) {
    found[i].width = with_neighbours(l, found, n, i);
    if (found[i].width > 0) measure_block(l, &found[i]);
  }
  if (parted_by_blanks(l, found, n)) {
    for (i = 0; i < n; i++) {
      if (found[i].width == 0) continue;
      for (k = found[i].first; k <= found[i].last; k++) l->all[k].over = l->all[k].full;
    }
  }
  free(found);
  return VK_OK;
}


/* Across a blank line or a page: only what cannot be a paragraph of its own; across a page
   also what is full, because no page ends with a heading. */
static int joins_over_gap (const vk_line *line, enum vk_gap gap, enum vk_ends end,
                           enum vk_begins begin) {
  if (end == VK_ENDS_CLAUSE) return 0;
  if (begin == VK_BEGINS_LOWER) return 1;
  if (gap == VK_GAP_PAGE && line->full && begin == VK_BEGINS_UPPER) return 1;
  return end == VK_ENDS_HANGING &&
         (begin == VK_BEGINS_UPPER || (begin == VK_BEGINS_DIGIT && gap == VK_GAP_BLANK));
}


static int joins_in_block (const vk_line *line, enum vk_ends end, enum vk_begins begin) {
  if (line->full) return 1;
  if (begin == VK_BEGINS_LOWER) return end != VK_ENDS_CLAUSE || line->column > 0;
  if (end == VK_ENDS_HANGING) return 1;
  if (begin == VK_BEGINS_UPPER) return 0;
  return end == VK_ENDS_COMMA || (line->column > 0 && end == VK_ENDS_OPEN);
}


/* An indented first line.  Behind a mark the indent is that of the item. */
static int opens_paragraph (const vk_line *line, const vk_line *next, int is_marked,
                            enum vk_ends end, enum vk_begins begin) {
  return next->indent >= line->indent + INDENT && !is_marked && begin != VK_BEGINS_LOWER &&
         end != VK_ENDS_HANGING && end != VK_ENDS_COMMA;
}


int vk_lines_join (const vk_lines *l, size_t k, int is_marked) {
  vk_line *line = &l->all[k], *next = &l->all[k + 1];
  enum vk_gap gap = (enum vk_gap)next->gap;
  enum vk_ends end;
  enum vk_begins begin;
  int capitals;
  if (gap == VK_GAP_BREAK || line->level > 0 || next->level > 0) return 0;
  end = vk_line_ends(l, line);
  if (end == VK_ENDS_SENTENCE && (gap != VK_GAP_NONE || !line->over)) return 0;
  capitals = vk_line_capitals(l, line, 0);
  if (!line->full && capitals != vk_line_capitals(l, next, 0)) return 0;
  begin = vk_line_begins(l, next, 0);
  if (opens_paragraph(line, next, is_marked, end, begin)) return 0;
  if (gap != VK_GAP_NONE) return !capitals && joins_over_gap(line, gap, end, begin);
  if (capitals) return end != VK_ENDS_SENTENCE && end != VK_ENDS_CLAUSE;
  return joins_in_block(line, end, begin);
}
