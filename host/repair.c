/*
** All repairs of a document: which finders run, in what order the finds stand, and
** the repaired copy.
*/

#include "repair_parts.h"

#include <stdlib.h>
#include <string.h>

#include "moves.h"
#include "text_utf8.h"


const char *vk_repair_name (enum vk_repair_kind kind) {
  static const char *const names[] = {
    "split_syllable", "glued_words", "page_header", "note_mark", "note_body", "hyphen_break",
    "space_before_mark", "detached_mark", "ornament_letter", "two_dots", "web_chrome",
    "split_number", "structure_break"
  };
  return (kind < VK_REPAIR_KINDS) ? names[kind] : NULL;
}


int vk_repair_note (vk_repairs *r, enum vk_repair_kind kind, size_t from, size_t to,
                    const char *after, size_t n_after) {
  vk_repair one = { from, to, r->after.len, n_after, (uint8_t)kind, 1 };
  if (r->skipped & 1u << kind) return VK_OK;
  if (n_after > 0 && vk_buf_append(&r->after, after, n_after) != VK_OK) return VK_ERR_NOMEM;
  return vk_buf_append(&r->list, &one, sizeof(one));
}


int vk_repair_report (vk_repairs *r, enum vk_repair_kind kind, size_t from, size_t to) {
  vk_repair one = { from, to, 0, 0, (uint8_t)kind, 0 };
  if (r->skipped & 1u << kind) return VK_OK;
  return vk_buf_append(&r->list, &one, sizeof(one));
}


size_t vk_repair_letter (const vk_repairs *r, size_t at) {
  uint32_t c;
  size_t len;
  if (at >= r->n) return 0;
  len = vk_utf8_read((const uint8_t *)r->s + at, r->n - at, &c);
  if (len == 0) return 0;
  return (vk_char_class(c) == VK_CHAR_LETTER || vk_is_extending(c)) ? len : 0;
}


size_t vk_repair_letters_end (const vk_repairs *r, size_t at) {
  size_t len;
  while ((len = vk_repair_letter(r, at)) > 0) at += len;
  return at;
}


size_t vk_repair_letters_before (const vk_repairs *r, size_t to) {
  while (to > r->body) {
    size_t at = to - 1;
    while (at > r->body && vk_utf8_tail((uint8_t)r->s[at])) at--;
    if (vk_repair_letter(r, at) != to - at) break;
    to = at;
  }
  return to;
}


/* A mark that moved may have split its syllable: it goes before the split. */
static int compare (const void *a, const void *b) {
  const vk_repair *x = a, *y = b;
  if (x->from != y->from) return (x->from > y->from) - (x->from < y->from);
  if ((x->kind == VK_REPAIR_MARK) != (y->kind == VK_REPAIR_MARK))
    return (x->kind == VK_REPAIR_MARK) ? -1 : 1;
  if (x->to != y->to) return (x->to > y->to) - (x->to < y->to);
  return (int)x->kind - (int)y->kind;
}


/* What is done stands in order and apart: where two meet, the one that begins first
   stays.  What is only reported may hold others. */
static void put_in_order (vk_repairs *r) {
  vk_repair *all = (vk_repair *)(void *)r->list.data;
  size_t n = vk_repairs_count(r), i, kept = 0, end = 0;
  if (n == 0) return;
  qsort(all, n, sizeof(*all), compare);
  for (i = 0; i < n; i++) {
    if (all[i].done && all[i].from < end) continue;
    if (all[i].done) end = all[i].to;
    all[kept++] = all[i];
  }
  r->list.len = kept * sizeof(*all);
}


typedef struct finder { unsigned when; int (*find) (vk_repairs *r); } finder;

int vk_repairs_find (vk_repairs *r, const char *s, size_t n, size_t body, uint32_t skipped) {
  static const finder all[] = {
    { VK_LOOK_CONSONANTS, vk_repair_split },
    { VK_LOOK_CONSONANTS, vk_repair_numbers }, { VK_LOOK_GLUE, vk_repair_glued },
    { VK_LOOK_ALWAYS, vk_repair_pages }, { VK_LOOK_DIGIT, vk_repair_notes },
    { VK_LOOK_SPACE, vk_repair_spaces }, { VK_LOOK_DOTS, vk_repair_dots },
    { VK_LOOK_ALWAYS, vk_repair_chrome }, { VK_LOOK_ALWAYS, vk_repair_hyphens },
    { VK_LOOK_ALWAYS, vk_repair_marks }, { VK_LOOK_ALWAYS, vk_repair_ornament },
    { VK_LOOK_ALWAYS, vk_repair_flow }      /* behind the headers of pages */
  };
  unsigned seen;
  size_t i;
  int rc = VK_OK;
  memset(r, 0, sizeof(*r));
  r->s = s;
  r->n = n;
  r->body = body;
  r->skipped = skipped;
  if (body >= n) return VK_OK;
  rc = vk_repair_survey(r);
  seen = vk_repair_look(s + body, n - body) | VK_LOOK_ALWAYS;
  for (i = 0; rc == VK_OK && i < sizeof(all) / sizeof(all[0]); i++)
    if (seen & all[i].when) rc = all[i].find(r);
  if (rc == VK_OK) put_in_order(r);
  return rc;
}


size_t vk_repairs_count (const vk_repairs *r) {
  return r->list.len / sizeof(vk_repair);
}


const vk_repair *vk_repairs_at (const vk_repairs *r, size_t i) {
  return (const vk_repair *)(const void *)r->list.data + i;
}


void vk_repairs_free (vk_repairs *r) {
  vk_buf_free(&r->list);
  vk_buf_free(&r->after);
  vk_buf_free(&r->pages);
}


/* The part of a repair that differs: what both begin and end with stays where it is. */
static vk_repair differing (const vk_repairs *r, const vk_repair *whole) {
  const char *after = (r->after.data != NULL) ? r->after.data + whole->after : "";
  vk_repair d = *whole;
  while (d.from < d.to && d.n_after > 0 && r->s[d.from] == *after) {
    d.from++;
    d.after++;
    d.n_after--;
    after++;
  }
  while (d.from > whole->from && ((d.from < r->n && vk_utf8_tail((uint8_t)r->s[d.from])) ||
         (d.n_after > 0 && vk_utf8_tail((uint8_t)*after)))) {
    d.from--;
    d.after--;
    d.n_after++;
    after--;
  }
  while (d.to > d.from && d.n_after > 0 && r->s[d.to - 1] == after[d.n_after - 1]) {
    d.to--;
    d.n_after--;
  }
  while (d.to < whole->to && vk_utf8_tail((uint8_t)r->s[d.to])) {
    d.to++;
    d.n_after++;
  }
  return d;
}


int vk_repairs_apply (const vk_repairs *r, vk_buf *text, vk_buf *moves) {
  size_t i, at = 0, base = text->len, n = vk_repairs_count(r);
  int rc = VK_OK;
  for (i = 0; rc == VK_OK && i < n; i++) {
    const vk_repair *whole = vk_repairs_at(r, i);
    vk_repair d;
    size_t text_from;
    if (!whole->done) continue;
    d = differing(r, whole);
    rc = vk_buf_append(text, r->s + at, d.from - at);
    text_from = text->len - base;
    if (rc == VK_OK && d.n_after > 0)
      rc = vk_buf_append(text, r->after.data + d.after, d.n_after);
    if (rc == VK_OK) {
      vk_move move = { text_from, text->len - base, d.from, d.to };
      rc = vk_buf_append(moves, &move, sizeof(move));
    }
    at = d.to;
  }
  return (rc == VK_OK) ? vk_buf_append(text, r->s + at, r->n - at) : rc;
}
