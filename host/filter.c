/*
** Where may a phrase start?  Few distinct starts are compared one by one (in vectors
** where the machine has them); many are looked up as a hash of two units.
*/

#include "lexicon.h"

#include <stdlib.h>
#include <string.h>

#define PAIR_BITS_LEAST 13
#define PAIR_BITS_MOST 20
#define BITS_A_PAIR 64          /* so that one pair in 64 is taken for another */
#define UNITS 65536

/* The widest vectors to use; tests build with less to hold all forms equal. */
#ifndef VECTORS
#define VECTORS 3
#endif


static void set_bit (uint64_t *bits, uint32_t i) {
  bits[i >> 6] |= (uint64_t)1 << (i & 63);
}


static uint64_t bit_at (const uint64_t *bits, uint32_t i) {
  return bits[i >> 6] >> (i & 63) & 1;
}


/* Few starts, without vectors. */
static void run_few (const vk_filter *f, const uint8_t *units, size_t blocks, uint64_t *mask) {
  size_t b, j, k;
  for (b = 0; b < blocks; b++) {
    mask[b] = 0;
    for (j = 0; j < VK_FILTER_BLOCK; j++) {
      unsigned u = vk_unit_at(units, VK_FILTER_BLOCK * b + j);
      for (k = 0; k < f->n_first; k++) mask[b] |= (uint64_t)(f->first[k] == u) << j;
    }
  }
}


/* Many starts. */
static void run_pairs (const vk_filter *f, const uint8_t *units, size_t blocks, uint64_t *mask) {
  size_t b, j;
  unsigned u = vk_unit_at(units, 0);
  for (b = 0; b < blocks; b++) {
    uint64_t m = 0;
    for (j = 0; j < VK_FILTER_BLOCK; j++, units += 2) {
      unsigned next = vk_unit_at(units, 1);
      m |= bit_at(f->pairs, vk_filter_pair(f, u, next)) << j;
      u = next;
    }
    mask[b] = m;
  }
}


/* Many starts, and phrases of one unit. */
static void run_pairs_and_single (const vk_filter *f, const uint8_t *units, size_t blocks,
                                  uint64_t *mask) {
  size_t b, j;
  run_pairs(f, units, blocks, mask);
  for (b = 0; b < blocks; b++)
    for (j = 0; j < VK_FILTER_BLOCK; j++, units += 2)
      mask[b] |= bit_at(f->single, vk_unit_at(units, 0)) << j;
}


/* A pattern begins with any token. */
static void run_all (const vk_filter *f, const uint8_t *units, size_t blocks, uint64_t *mask) {
  size_t b;
  (void)f;
  (void)units;
  for (b = 0; b < blocks; b++) mask[b] = UINT64_MAX;
}


/* Add a unit to a set of at most VK_FILTER_FEW; then it counts one more and stays so. */
static void add_unit (uint16_t *set, size_t *n, uint16_t unit) {
  size_t i;
  for (i = 0; i < *n && i < VK_FILTER_FEW; i++) if (set[i] == unit) return;
  if (*n < VK_FILTER_FEW) set[*n] = unit;
  if (*n <= VK_FILTER_FEW) ++*n;
}


/* Gets the first two units of phrases; `second` 0: a phrase of one unit. */
typedef void on_start (vk_filter *f, uint16_t first, uint16_t second);


/* Call `use` for each unit that begins a pattern: what comes second is not looked at. */
static void each_pattern (const vk_lexicon *lex, vk_filter *f, on_start *use) {
  unsigned unit;
  if (lex->ways.n == 0) return;
  for (unit = 0; unit < UNITS; unit++)
    if (vk_ways_begin(&lex->ways, unit)) use(f, (uint16_t)unit, 0);
}


/* Call `use` for each edge of the root that completes a phrase, and each edge below. */
static int each_start (const vk_lexicon *lex, vk_filter *f, on_start *use) {
  uint16_t *by_node = calloc(lex->nodes + 1, sizeof(*by_node));
  size_t i;
  if (by_node == NULL) return VK_ERR_NOMEM;
  for (i = 0; i < lex->slots; i++) {
    uint64_t key = VK_EDGE_KEY(lex->edges[i]);
    if (key == 0 || key >> 16 != 0) continue;
    by_node[VK_EDGE_CHILD(lex->edges[i])] = (uint16_t)key;
    if (lex->edges[i] & VK_EDGE_ENDS) use(f, (uint16_t)key, 0);
  }
  for (i = 0; i < lex->slots; i++) {
    uint64_t key = VK_EDGE_KEY(lex->edges[i]);
    if (by_node[key >> 16] != 0) use(f, by_node[key >> 16], (uint16_t)key);
  }
  free(by_node);
  each_pattern(lex, f, use);
  return VK_OK;
}


static void note_few (vk_filter *f, uint16_t first, uint16_t second) {
  add_unit(f->first, &f->n_first, first);
  add_unit(f->second, &f->n_second, second);
}


static void note_pair (vk_filter *f, uint16_t first, uint16_t second) {
  if (second == 0) set_bit(f->single, first);
  else set_bit(f->pairs, vk_filter_pair(f, first, second));
}


/* The unit 0 among the second ones: a phrase of one unit, after which all may stand. */
static int has_single (const vk_filter *f) {
  size_t i;
  for (i = 0; i < f->n_second && i < VK_FILTER_FEW; i++) if (f->second[i] == 0) return 1;
  return f->n_second > VK_FILTER_FEW;   /* not known: be ready for it */
}


static int make_pairs (vk_filter *f, const vk_lexicon *lex) {
  unsigned bits = PAIR_BITS_LEAST;
  while (bits < PAIR_BITS_MOST && (size_t)1 << bits < BITS_A_PAIR * lex->n_edges) bits++;
  f->shift = 32 - bits;
  f->pairs = calloc(((size_t)1 << bits) / 64, sizeof(*f->pairs));
  f->single = calloc(UNITS / 64, sizeof(*f->single));
  if (f->pairs == NULL || f->single == NULL) return VK_ERR_NOMEM;
  f->run = run_pairs_and_single;
  return each_start(lex, f, note_pair);
}


static void drop_empty_single (vk_filter *f) {
  size_t i;
  for (i = 0; i < UNITS / 64; i++) if (f->single[i] != 0) return;
  free(f->single);
  f->single = NULL;
  f->run = run_pairs;
}


/* Fill a set up with what is in it: code for eight units serves seven. */
static void repeat (uint16_t *set, size_t n) {
  size_t i;
  for (i = n; n > 0 && i < VK_FILTER_FEW; i++) set[i] = set[0];
}


int vk_filter_make (vk_filter *f, const vk_lexicon *lex) {
  int rc;
  if (lex->ways.n_anyhow > 0) {
    f->run = run_all;
    return VK_OK;
  }
  rc = each_start(lex, f, note_few);
  if (rc != VK_OK) return rc;
  if (f->n_first > VK_FILTER_FEW) {
    rc = make_pairs(f, lex);
    if (rc == VK_OK) drop_empty_single(f);
    return rc;
  }
  if (has_single(f)) f->n_second = 0;
  repeat(f->first, f->n_first);
  repeat(f->second, f->n_second);
  f->run = vk_filter_vectors(VECTORS);
  if (f->run == NULL) f->run = run_few;
  return VK_OK;
}


void vk_filter_free (vk_filter *f) {
  free(f->pairs);
  free(f->single);
  memset(f, 0, sizeof(*f));
}
