/*
** Patterns of a lexicon, by their first units.
*/

#include "ways.h"

#include <stdlib.h>
#include <string.h>

#include "tokens.h"
#include "vk.h"

#define UNITS 65536


int vk_ways_add (vk_ways *w, const uint8_t *program, size_t n, uint32_t phrase) {
  int rc;
  if (w->n == w->cap) {
    size_t cap = w->cap ? 2 * w->cap : 8;
    vk_way *list = realloc(w->list, cap * sizeof(*list));
    if (list == NULL) return VK_ERR_NOMEM;
    w->list = list;
    w->cap = cap;
  }
  rc = vk_pattern_new(program, n, &w->list[w->n].pattern);
  if (rc == VK_OK) w->list[w->n++].phrase = phrase;
  return rc;
}


void vk_ways_free (vk_ways *w) {
  size_t i;
  for (i = 0; i < w->n; i++) vk_pattern_free(w->list[i].pattern);
  free(w->list);
  free(w->at);
  free(w->by_first);
  free(w->anyhow);
  memset(w, 0, sizeof(*w));
}


/* The next unit that begins a match of a pattern, after unit `before`; 0: no more.  Ids
   ascend, and so do their first units. */
static unsigned next_unit (const vk_pattern *p, size_t *at, unsigned before) {
  uint32_t id;
  while ((id = vk_pattern_next_start(p, at)) != 0) {
    uint8_t bytes[4];
    vk_unit_put(id, bytes);
    if (vk_unit_at(bytes, 0) != before) return vk_unit_at(bytes, 0);
  }
  return 0;
}


/* at[u + 1]: how many patterns begin with unit u. */
static void count_starts (vk_ways *w) {
  size_t i, at;
  unsigned unit;
  for (i = 0; i < w->n; i++) {
    const vk_pattern *p = w->list[i].pattern;
    if (vk_pattern_begins_anyhow(p)) continue;
    for (at = 0, unit = 0; (unit = next_unit(p, &at, unit)) != 0; ) w->at[unit + 1]++;
  }
}


/* Turn counts into places and put the patterns there; those that begin anyhow apart. */
static void place_starts (vk_ways *w) {
  size_t i, at;
  unsigned unit;
  for (i = 1; i <= UNITS; i++) w->at[i] += w->at[i - 1];
  for (i = w->n; i-- > 0; ) {
    const vk_pattern *p = w->list[i].pattern;
    if (vk_pattern_begins_anyhow(p)) {
      w->anyhow[w->n_anyhow++] = (uint32_t)i;
      continue;
    }
    for (at = 0, unit = 0; (unit = next_unit(p, &at, unit)) != 0; )
      w->by_first[--w->at[unit + 1]] = (uint32_t)i;
  }
  /* each place has gone down to where its unit begins: one to the left */
  memmove(w->at, w->at + 1, (UNITS + 1) * sizeof(*w->at));
}


int vk_ways_finish (vk_ways *w) {
  size_t starts = 0, i;
  if (w->n == 0) return VK_OK;
  w->at = calloc(UNITS + 2, sizeof(*w->at));
  w->anyhow = malloc(w->n * sizeof(*w->anyhow));
  if (w->at == NULL || w->anyhow == NULL) return VK_ERR_NOMEM;
  count_starts(w);
  for (i = 0; i <= UNITS; i++) starts += w->at[i];
  w->at[UNITS + 1] = (uint32_t)starts;
  w->by_first = malloc((starts + 1) * sizeof(*w->by_first));
  if (w->by_first == NULL) return VK_ERR_NOMEM;
  place_starts(w);
  return VK_OK;
}
