/*
** Programs of patterns: reading and running them.
*/

#include "pattern.h"

#include <stdlib.h>
#include <string.h>

#include "tokens.h"
#include "vk.h"

struct vk_pattern {
  size_t states, words, ids;
  uint64_t *sets;         /* first, last, any, follow: `words` each; owned */
  uint64_t *accepts;      /* after them: the states of each id, those of `any` included */
  uint32_t *id;           /* ascending; owned */
};

enum { FIRST, LAST, ANY, FOLLOW };              /* sets, by number */


static uint64_t word_at (const uint8_t *program, size_t i) {
  uint64_t w = 0;
  int k;
  for (k = 7; k >= 0; k--) w = w << 8 | program[8 * i + (size_t)k];
  return w;
}


static const uint64_t *set_of (const vk_pattern *p, size_t which) {
  return p->sets + which * p->words;
}


/* Counts that fit the bytes. */
static int check_size (const uint8_t *program, size_t n, uint64_t *states, uint64_t *ids) {
  uint64_t words;
  if (n % 8 != 0 || n < 16) return 0;
  *states = word_at(program, 0);
  *ids = word_at(program, 1);
  if (*states < 1 || *states > VK_PATTERN_STATES || *ids > VK_TYPE_LIMIT) return 0;
  words = (*states + 63) / 64;
  return n / 8 == 2 + (FOLLOW + *states) * words + *ids * (1 + words);
}


static vk_pattern *alloc_pattern (size_t states, size_t ids) {
  vk_pattern *p = calloc(1, sizeof(*p));
  if (p == NULL) return NULL;
  p->states = states;
  p->words = (states + 63) / 64;
  p->ids = ids;
  p->sets = malloc((FOLLOW + states + ids) * p->words * sizeof(*p->sets));
  p->id = malloc((ids + 1) * sizeof(*p->id));
  if (p->sets == NULL || p->id == NULL) {
    vk_pattern_free(p);
    return NULL;
  }
  p->accepts = p->sets + (FOLLOW + states) * p->words;
  return p;
}


/* Copy a set; bits beyond the last state name nothing and are left out. */
static void read_set (const vk_pattern *p, uint64_t *to, const uint8_t *program, size_t at) {
  size_t i;
  for (i = 0; i < p->words; i++) to[i] = word_at(program, at + i);
  if (p->states % 64 != 0) to[p->words - 1] &= ((uint64_t)1 << p->states % 64) - 1;
}


static int read_accepts (vk_pattern *p, const uint8_t *program, size_t at) {
  uint64_t before = VK_TYPE_FIRST - 1;
  size_t i, k;
  for (i = 0; i < p->ids; i++, at += 1 + p->words) {
    uint64_t id = word_at(program, at), *to = p->accepts + i * p->words;
    if (id <= before || id >= VK_TYPE_LIMIT) return VK_ERR_BAD_INPUT;
    p->id[i] = (uint32_t)(before = id);
    read_set(p, to, program, at + 1);
    for (k = 0; k < p->words; k++) to[k] |= set_of(p, ANY)[k];
  }
  return VK_OK;
}


int vk_pattern_new (const uint8_t *program, size_t n, vk_pattern **made) {
  uint64_t states, ids;
  size_t i, at = 2;
  if (!check_size(program, n, &states, &ids)) return VK_ERR_BAD_INPUT;
  *made = alloc_pattern((size_t)states, (size_t)ids);
  if (*made == NULL) return VK_ERR_NOMEM;
  for (i = 0; i < FOLLOW + states; i++, at += (*made)->words)
    read_set(*made, (*made)->sets + i * (*made)->words, program, at);
  if (read_accepts(*made, program, at) != VK_OK) {
    vk_pattern_free(*made);
    *made = NULL;
    return VK_ERR_BAD_INPUT;
  }
  return VK_OK;
}


void vk_pattern_free (vk_pattern *p) {
  if (p == NULL) return;
  free(p->sets);
  free(p->id);
  free(p);
}


/* The states that a token satisfies. */
static const uint64_t *satisfied_by (const vk_pattern *p, uint32_t id) {
  size_t low = 0, high = p->ids;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (p->id[middle] < id) low = middle + 1;
    else high = middle;
  }
  return (low < p->ids && p->id[low] == id) ? p->accepts + low * p->words : set_of(p, ANY);
}


/* Bits of `a` that are in `b` as well. */
static int common (const vk_pattern *p, const uint64_t *a, const uint64_t *b) {
  size_t i;
  for (i = 0; i < p->words; i++) if (a[i] & b[i]) return 1;
  return 0;
}


/* `now` becomes the states that may come after those of it which the token satisfies.
   0: it satisfies none; else 1, and 2 when a match may end with it. */
static int advance (const vk_pattern *p, uint64_t *now, const uint64_t *satisfied) {
  uint64_t after[VK_PATTERN_WORDS] = { 0 };
  const uint64_t *last = set_of(p, LAST);
  int found = 0;
  size_t i, k;
  for (i = 0; i < p->words; i++) {
    uint64_t met = now[i] & satisfied[i];
    if (met == 0) continue;
    found |= (met & last[i]) ? 3 : 1;
    for (; met != 0; met &= met - 1) {
      const uint64_t *follow = set_of(p, FOLLOW + 64 * i + (size_t)__builtin_ctzll(met));
      for (k = 0; k < p->words; k++) after[k] |= follow[k];
    }
  }
  memcpy(now, after, p->words * sizeof(*now));
  return found;
}


size_t vk_pattern_match (const vk_pattern *p, const uint8_t *units, size_t n, size_t at) {
  uint64_t now[VK_PATTERN_WORDS];
  size_t start = at, longest = 0, tokens, width;
  if (at >= n || vk_is_trail(vk_unit_at(units, at))) return 0;
  memcpy(now, set_of(p, FIRST), p->words * sizeof(*now));
  for (tokens = 0; tokens < VK_PATTERN_TOKENS && at < n; tokens++) {
    uint32_t id = vk_unit_id(units, n, at, &width);
    int found = (id < VK_TYPE_FIRST) ? 0 : advance(p, now, satisfied_by(p, id));
    if (found == 0) break;
    at += width;
    if (found & 2) longest = at - start;
  }
  return longest;
}


int vk_pattern_begins_anyhow (const vk_pattern *p) {
  return common(p, set_of(p, FIRST), set_of(p, ANY));
}


uint32_t vk_pattern_next_start (const vk_pattern *p, size_t *at) {
  while (*at < p->ids) {
    size_t i = (*at)++;
    if (common(p, p->accepts + i * p->words, set_of(p, FIRST))) return p->id[i];
  }
  return 0;
}
