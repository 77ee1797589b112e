/*
** Windows of tokens and sentences around places of a text.
*/

#include "token_window.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 64


void vk_tokens_start (vk_tokens *t, const char *s, size_t n) {
  vk_token_scan_start(&t->scan, s, n);
  t->n = 0;
  t->whole = 0;
}


void vk_tokens_free (vk_tokens *t) {
  free(t->all);
  memset(t, 0, sizeof(*t));
}


static int make_room (vk_tokens *t) {
  size_t cap = t->cap ? 2 * t->cap : FIRST_ROOM;
  vk_token *all;
  if (t->n < t->cap) return VK_OK;
  if (cap > SIZE_MAX / 2 / sizeof(*all)) return VK_ERR_NOMEM;
  all = realloc(t->all, cap * sizeof(*all));
  if (all == NULL) return VK_ERR_NOMEM;
  t->all = all;
  t->cap = cap;
  return VK_OK;
}


/* Cut until there are `n` tokens, or no more. */
static int cut (vk_tokens *t, size_t n) {
  while (t->n < n && !t->whole) {
    int rc = make_room(t);
    if (rc == VK_OK) rc = vk_token_next(&t->scan, &t->all[t->n]);
    if (rc < 0) return rc;
    if (rc == 0) t->whole = 1;
    else t->n++;
  }
  return VK_OK;
}


/* The tokens asked for and `more` behind them. */
static int find (vk_tokens *t, size_t at, size_t count, size_t more, vk_window *w) {
  int rc = cut(t, at + count + more);
  if (rc != VK_OK) return rc;
  if (at + count > t->n) return VK_ERR_NOT_FOUND;
  *w = (vk_window){ .first = t->all[at].from, .last = t->all[at + count - 1].to };
  return VK_OK;
}


int vk_tokens_window (vk_tokens *t, size_t at, size_t count, size_t around, vk_window *w) {
  const size_t left = (at > around) ? at - around : 0, right = at + count - 1 + around;
  int rc = find(t, at, count, around + 1, w);
  if (rc != VK_OK) return rc;
  w->before = left > 0;
  w->after = right + 1 < t->n;
  w->from = t->all[left].from;
  w->to = t->all[w->after ? right : t->n - 1].to;
  return VK_OK;
}


/* Does the mark at `i` stand right at the token before it: . ” or ! ) */
static int closes (const vk_tokens *t, size_t i) {
  return i < t->n && t->all[i].kind == VK_MARK && t->all[i].from == t->all[i - 1].to;
}


/* The token at `to` or behind it that ends the sentence, with the mark that closes it. */
static int sentence_end (vk_tokens *t, size_t *to) {
  int rc = cut(t, *to + 2);
  while (rc == VK_OK && *to + 1 < t->n && !t->all[*to].ends_sentence) rc = cut(t, ++*to + 2);
  while (rc == VK_OK && t->all[*to].ends_sentence && closes(t, *to + 1)) rc = cut(t, ++*to + 2);
  return rc;
}


int vk_tokens_sentence (vk_tokens *t, size_t at, size_t count, vk_window *w) {
  size_t from = at, to = at + count - 1;
  int rc = find(t, at, count, 0, w);
  if (rc == VK_OK) rc = sentence_end(t, &to);
  if (rc != VK_OK) return rc;
  while (from > 0 && !t->all[from - 1].ends_sentence) from--;
  while (from > 0 && from < at && closes(t, from)) from++;
  w->from = t->all[from].from;
  w->to = t->all[to].to;
  return VK_OK;
}
