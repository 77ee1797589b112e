/*
** Passages: lines put together, as byte ranges of the original.
*/

#include <stdlib.h>
#include <string.h>

#include "lines.h"


void vk_passages_free (vk_passages *p) {
  free(p->all);
  vk_buf_free(&p->fragments);
  vk_buf_free(&p->paths);
  memset(p, 0, sizeof(*p));
}


static size_t n_fragments (const vk_passages *p) {
  return p->fragments.len / (2 * sizeof(size_t));
}


static int make_room (vk_passages *p) {
  size_t cap = p->cap ? 2 * p->cap : 32;
  vk_passage *all;
  if (p->count < p->cap) return VK_OK;
  if (cap > SIZE_MAX / 2 / sizeof(*all)) return VK_ERR_NOMEM;
  all = realloc(p->all, cap * sizeof(*all));
  if (all == NULL) return VK_ERR_NOMEM;
  p->all = all;
  p->cap = cap;
  return VK_OK;
}


/* Neighbours mostly share their path. */
static int same_path (const vk_passages *p, const char *path, size_t n) {
  const vk_passage *last;
  if (p->count == 0) return 0;
  last = &p->all[p->count - 1];
  return last->n_path == n && (n == 0 || memcmp(p->paths.data + last->path, path, n) == 0);
}


int vk_passages_begin (vk_passages *p, const char *path, size_t n_path) {
  vk_passage passage = { p->paths.len, n_path, n_fragments(p), 0, VK_PARAGRAPH };
  if (make_room(p) != VK_OK) return VK_ERR_NOMEM;
  if (same_path(p, path, n_path)) passage.path = p->all[p->count - 1].path;
  else if (vk_buf_append(&p->paths, path, n_path) != VK_OK) return VK_ERR_NOMEM;
  p->all[p->count++] = passage;
  return VK_OK;
}


int vk_passages_extend (vk_passages *p, const size_t *fragments, size_t n) {
  int rc;
  if (p->count == 0) return VK_ERR_USAGE;
  rc = vk_buf_append(&p->fragments, fragments, 2 * n * sizeof(*fragments));
  if (rc == VK_OK) p->all[p->count - 1].n += n;
  return rc;
}


int vk_passages_take (vk_passages *p, const vk_lines *l, const vk_line *line) {
  const size_t whole[2] = { line->from, line->to };
  const size_t *pieces = (const size_t *)(const void *)l->pieces.data;
  if (line->n_pieces == 0) return vk_passages_extend(p, whole, 1);
  return vk_passages_extend(p, pieces + 2 * line->piece, line->n_pieces);
}


const size_t *vk_passage_fragments (const vk_passages *p, const vk_passage *passage) {
  return (const size_t *)(const void *)p->fragments.data + 2 * passage->first;
}


/* The last passage, of the lines first to last without a mark, is whole. */
static void finish (vk_passages *p, const vk_lines *l, size_t last, vk_run *run) {
  const vk_line *from = &l->all[run->first], *to = &l->all[last];
  if (from->level > 0 || (vk_line_capitals(l, from, 0) && vk_line_capitals(l, to, 0)))
    p->all[p->count - 1].kind = VK_HEADING;
  if (to->n > 0 && vk_line_text(l, to)[to->n - 1] == ':') run->colon = 1;
}


static int begin_next (vk_passages *p, const vk_lines *l, vk_run *run) {
  const vk_passage *last = &p->all[p->count - 1];
  const char *path = (p->paths.data != NULL) ? p->paths.data + last->path : "";
  size_t n = last->n_path;
  int rc;
  finish(p, l, run->next - 1, run);
  rc = vk_passages_begin(p, path, n);
  run->first = run->next;
  return rc;
}


int vk_passages_run (vk_passages *p, vk_lines *l, vk_run *run) {
  int rc = VK_OK;
  if (p->count == 0 || run->next == 0) return VK_ERR_USAGE;
  for (; rc == VK_OK && run->next < l->count; run->next++) {
    const vk_line *line = &l->all[run->next];
    if (!vk_line_is_plain(l, line)) break;
    if (vk_lines_join(l, run->next - 1, 0)) run->joined++;
    else rc = begin_next(p, l, run);
    if (rc == VK_OK) rc = vk_passages_take(p, l, line);
  }
  return rc;
}
