/*
** Hits to passages.  A stream begins with a boundary and has one after each passage,
** so the passage with the ordinal k stands behind the k-th boundary.
*/

#include "spread.h"

#include <stdlib.h>
#include <string.h>

#include "boundary.h"

/* Where a walk over a stream stands: in the passage [from, to) with this ordinal. */
typedef struct walk {
  const uint8_t *units;
  size_t n, from, to;
  uint32_t ordinal;
} walk;


void vk_spread_free (vk_spread *s) {
  free(s->count);
  free(s->first);
  free(s->met);
  vk_buf_free(&s->records);
  memset(s, 0, sizeof(*s));
}


static int make_room (vk_spread *s, size_t phrases) {
  if (s->count != NULL) return VK_OK;
  s->phrases = phrases;
  s->count = calloc(phrases + 1, sizeof(*s->count));
  s->first = calloc(phrases + 1, sizeof(*s->first));
  s->met = calloc(phrases + 1, sizeof(*s->met));
  return (s->count != NULL && s->first != NULL && s->met != NULL) ? VK_OK : VK_ERR_NOMEM;
}


/* Go to the passage of a hit, which says where it begins and how many stand before it. */
static void go_to (walk *w, const vk_hit *hit) {
  w->from = hit->first;
  w->ordinal = hit->passage;
  w->to = vk_boundary_next(w->units, hit->unit, w->n);
}


/* The passage at hand is done: write what was counted in it. */
static int flush (vk_spread *s, const walk *w, const vk_hit *hit) {
  size_t i;
  int rc = VK_OK;
  for (i = 0; rc == VK_OK && i < s->n_met; i++) {
    uint32_t phrase = s->met[i];
    vk_passage_count r = {
      hit->document, w->ordinal, (uint32_t)(w->to - w->from), phrase + 1, hit->group + 1,
      s->count[phrase], s->first[phrase]
    };
    rc = vk_buf_append(&s->records, &r, sizeof(r));
    s->count[phrase] = 0;
  }
  s->n_met = 0;
  return rc;
}


/* The document itself, behind its passages. */
static int note_document (vk_spread *s, walk *w, const vk_hit *hit) {
  vk_passage_count r = { .document = hit->document, .group = hit->group + 1 };
  w->ordinal += (uint32_t)vk_boundaries(w->units, w->to + 1, w->n);
  r.ordinal = w->ordinal;
  r.units = (uint32_t)w->n;
  return vk_buf_append(&s->records, &r, sizeof(r));
}


int vk_spread_document (vk_spread *s, size_t phrases, const uint8_t *units, size_t n,
                        const vk_hit *hits, size_t n_hits) {
  walk w = { .units = units, .n = n };
  size_t i;
  int rc = (n_hits > 0) ? make_room(s, phrases) : VK_OK;
  for (i = 0; rc == VK_OK && i < n_hits; i++) {
    uint32_t phrase = hits[i].phrase;
    if (hits[i].unit >= w.to) {
      rc = flush(s, &w, &hits[i]);
      go_to(&w, &hits[i]);
    }
    if (s->count[phrase]++ > 0) continue;
    s->met[s->n_met++] = phrase;
    s->first[phrase] = (uint32_t)hits[i].unit;
  }
  if (rc == VK_OK && n_hits > 0) rc = flush(s, &w, &hits[n_hits - 1]);
  if (rc == VK_OK && n_hits > 0) rc = note_document(s, &w, &hits[n_hits - 1]);
  return rc;
}
