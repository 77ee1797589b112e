/*
** From hits to lines.  Hits of one document and of one passage mostly follow each other,
** so each is fetched once, and the tokens of a passage are cut once.
*/

#include "evidence.h"

#include <string.h>

#include "text.h"
#include "tokens.h"

#define DOTS "\xE2\x80\xA6"     /* … */
#define NO_TOKENS "a passage does not have the tokens of a hit"


void vk_evidence_free (vk_evidence *e) {
  vk_tokens_free(&e->tokens);
  vk_buf_free(&e->left);
  vk_buf_free(&e->right);
}


static int damaged (vk_evidence *e, const char *why) {
  e->why = why;
  return VK_ERR_INTEGRITY;
}


/* Go to the first row for (a [, b]); one must be there. */
static int look_up (vk_evidence *e, vk_stmt *q, int64_t a, int64_t b) {
  int rc;
  vk_stmt_rewind(q);
  rc = vk_stmt_bind_int64(q, 1, a);
  if (rc == VK_OK && vk_stmt_params(q) > 1) rc = vk_stmt_bind_int64(q, 2, b);
  if (rc == VK_OK) rc = vk_stmt_step(q);
  return (rc == VK_ROW) ? VK_OK : (rc == VK_OK) ? damaged(e, "the place of a hit is gone") : rc;
}


/* Text of the row that q stands on; NULL stays NULL. */
static int text_field (const vk_stmt *q, int column, vk_field *f) {
  f->type = (vk_stmt_type(q, column) == VK_NULL) ? VK_NULL : VK_TEXT;
  f->bytes = vk_stmt_text(q, column, &f->len);
  return (f->bytes == NULL && f->type != VK_NULL) ? VK_ERR_NOMEM : VK_OK;
}


static int go_to_document (vk_evidence *e, int64_t id) {
  int rc, i;
  if (e->id == id && e->text != NULL) return VK_OK;
  e->text = NULL;
  rc = look_up(e, e->document, id, 0);
  for (i = 0; rc == VK_OK && i < VK_LINE_HEAD; i++) rc = text_field(e->document, i, &e->head[i]);
  if (rc == VK_OK && e->stream != NULL) {
    rc = look_up(e, e->stream, id, 0);
    if (rc == VK_OK) e->units = vk_stmt_blob(e->stream, 0, &e->n_units);
  }
  e->n_units /= 2;
  e->id = id;
  return rc;
}


/* Fetch a passage of the document at hand, and begin to cut it. */
static int go_to_passage (vk_evidence *e, const vk_hit *hit) {
  vk_stmt *q = (hit->passage > 0) ? e->passage : e->passage_at;
  int rc;
  if (e->text != NULL && hit->passage > 0 && e->ordinal == hit->passage) return VK_OK;
  e->text = NULL;
  rc = look_up(e, q, hit->document, (int64_t)(hit->passage > 0 ? hit->passage : hit->unit));
  if (rc != VK_OK) return rc;
  rc = text_field(q, 1, &e->path);
  e->ordinal = (size_t)vk_stmt_int64(q, 0);
  e->text = vk_stmt_text(q, 2, &e->n_text);
  e->start = (size_t)vk_stmt_int64(q, 3);
  e->map = vk_stmt_blob(q, 4, &e->n_map);
  e->first = (size_t)vk_stmt_int64(q, 5);
  if (e->text == NULL || (e->map == NULL && vk_stmt_type(q, 4) != VK_NULL)) rc = VK_ERR_NOMEM;
  if (rc != VK_OK) e->text = NULL;
  else vk_tokens_start(&e->tokens, e->text, e->n_text);
  return rc;
}


/* How many tokens begin in units [from, to): a type beyond the first 64,000 takes two. */
static size_t tokens_in (const vk_evidence *e, size_t from, size_t to) {
  size_t n = to - from, i;
  if (e->stream == NULL) return n;
  for (i = from; i < to && i < e->n_units; i++) n -= vk_is_trail(vk_unit_at(e->units, i));
  return n;
}


static int find_window (vk_evidence *e, const vk_hit *hit, vk_window *w) {
  size_t at, count;
  int rc;
  at = tokens_in(e, e->first, hit->unit);
  count = tokens_in(e, hit->unit, hit->unit + hit->units);
  if (hit->unit < e->first || count == 0) return damaged(e, NO_TOKENS);
  rc = e->sentence ? vk_tokens_sentence(&e->tokens, at, count, w)
                   : vk_tokens_window(&e->tokens, at, count, e->around, w);
  if (rc == VK_ERR_BAD_INPUT) return damaged(e, "a passage is not UTF-8");
  return (rc == VK_ERR_NOT_FOUND) ? damaged(e, NO_TOKENS) : rc;
}


/* Text [from, to), with dots where something is left out. */
static int put_side (vk_evidence *e, size_t from, size_t to, int before, int after, vk_buf *out,
                     vk_field *f) {
  int rc = VK_OK;
  out->len = 0;
  if (before) rc = vk_buf_append(out, DOTS " ", sizeof(DOTS));
  if (rc == VK_OK) rc = vk_buf_append(out, e->text + from, to - from);
  if (rc == VK_OK && after) rc = vk_buf_append(out, " " DOTS, sizeof(DOTS));
  *f = (vk_field){ VK_TEXT, out->len, (out->len > 0) ? out->data : "" };
  return rc;
}


static void put_number (vk_evidence *e, int i, size_t v, vk_field *f) {
  e->number[i] = (int64_t)v;
  *f = (vk_field){ VK_INTEGER, sizeof(e->number[i]), (const char *)&e->number[i] };
}


/* Where the hit stands in the original. */
static int put_place (vk_evidence *e, const vk_window *w, vk_field line[VK_LINE_COLUMNS]) {
  size_t start, stop;
  int rc = vk_text_original_offset(e->map, e->n_map, e->start, w->first, &start);
  if (rc == VK_OK) rc = vk_text_original_stop(e->map, e->n_map, e->start, w->last, &stop);
  if (rc != VK_OK) return damaged(e, "the map of a passage is damaged");
  put_number(e, 0, e->ordinal, &line[VK_LINE_PASSAGE]);
  put_number(e, 1, start, &line[VK_LINE_START]);
  put_number(e, 2, stop, &line[VK_LINE_STOP]);
  return VK_OK;
}


int vk_evidence_line (vk_evidence *e, const vk_hit *hit, vk_field line[VK_LINE_COLUMNS]) {
  vk_window w;
  int rc = go_to_document(e, hit->document);
  if (rc == VK_OK) rc = go_to_passage(e, hit);
  if (rc == VK_OK) rc = find_window(e, hit, &w);
  if (rc == VK_OK) rc = put_place(e, &w, line);
  if (rc == VK_OK)
    rc = put_side(e, w.from, w.first, w.before, 0, &e->left, &line[VK_LINE_LEFT]);
  if (rc == VK_OK)
    rc = put_side(e, w.last, w.to, 0, w.after, &e->right, &line[VK_LINE_RIGHT]);
  if (rc != VK_OK) return rc;
  memcpy(line, e->head, sizeof(e->head));
  line[VK_LINE_SECTION] = e->path;
  line[VK_LINE_HIT] = (vk_field){ VK_TEXT, w.last - w.first, e->text + w.first };
  return VK_OK;
}
