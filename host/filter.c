/*
** Where may a phrase start?  Few distinct starts are compared (in vectors where the
** machine has them); many are looked up as a hash of two units.
*/

#include "lexicon.h"

#include <stdlib.h>
#include <string.h>

#define PAIR_BITS_LEAST 13
#define PAIR_BITS_MOST 20
#define BITS_A_PAIR 64          /* so that one pair in 64 is taken for another */
#define UNITS 65536


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
      for (k = 0; k < f->first.n; k++) mask[b] |= (uint64_t)(f->first.unit[k] == u) << j;
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
static void add_unit (vk_few *few, uint16_t unit) {
  size_t i;
  for (i = 0; i < few->n && i < VK_FILTER_FEW; i++) if (few->unit[i] == unit) return;
  if (few->n < VK_FILTER_FEW) few->unit[few->n] = unit;
  if (few->n <= VK_FILTER_FEW) few->n++;
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


/* Call `use` for the beginning of each phrase. */
static void each_start (const vk_lexicon *lex, vk_filter *f, on_start *use) {
  size_t i;
  for (i = 0; i < lex->slots; i++) {
    uint64_t key = VK_EDGE_KEY(&lex->edges[i]);
    if (key == 0 || key >> 16 >= VK_NODE_FIRST) continue;
    if (key >> 16 == 0) use(f, (uint16_t)key, 0);
    else use(f, (uint16_t)(key >> 16), (uint16_t)key);
  }
  each_pattern(lex, f, use);
}


static void note_few (vk_filter *f, uint16_t first, uint16_t second) {
  add_unit(&f->first, first);
  add_unit(&f->second, second);
}


static void note_pair (vk_filter *f, uint16_t first, uint16_t second) {
  if (second == 0) set_bit(f->single, first);
  else set_bit(f->pairs, vk_filter_pair(f, first, second));
}


/* The unit 0 among the second ones: a phrase of one unit, after which all may stand. */
static int has_single (const vk_filter *f) {
  size_t i;
  for (i = 0; i < f->second.n && i < VK_FILTER_FEW; i++) if (f->second.unit[i] == 0) return 1;
  return f->second.n > VK_FILTER_FEW;   /* not known: be ready for it */
}


static int make_pairs (vk_filter *f, const vk_lexicon *lex) {
  unsigned bits = PAIR_BITS_LEAST;
  while (bits < PAIR_BITS_MOST && (size_t)1 << bits < BITS_A_PAIR * lex->n_edges) bits++;
  f->shift = 32 - bits;
  f->pairs = calloc(((size_t)1 << bits) / 64, sizeof(*f->pairs));
  f->single = calloc(UNITS / 64, sizeof(*f->single));
  if (f->pairs == NULL || f->single == NULL) return VK_ERR_NOMEM;
  f->run = run_pairs_and_single;
  each_start(lex, f, note_pair);
  return VK_OK;
}


static void drop_empty_single (vk_filter *f) {
  size_t i;
  for (i = 0; i < UNITS / 64; i++) if (f->single[i] != 0) return;
  free(f->single);
  f->single = NULL;
  f->run = run_pairs;
}


static unsigned slot_of (uint16_t unit, uint16_t factor) {
  return ((unsigned)unit * factor & 0xFFFF) / (65536 / VK_FILTER_SLOTS);
}


/* Does a factor send each unit to a slot of its own? */
static int is_apart (const vk_few *few, uint16_t factor) {
  uint32_t taken = 0;
  size_t i;
  for (i = 0; i < few->n; i++) {
    uint32_t bit = (uint32_t)1 << slot_of(few->unit[i], factor);
    if (taken & bit) return 0;
    taken |= bit;
  }
  return 1;
}


/* Make a set ready to be compared: find a factor among all odd ones, one in some
   hundred serves for 16 units; and repeat the units, so that code for twelve serves nine. */
static void arrange (vk_few *few) {
  uint16_t factor = 40503;
  size_t i;
  for (i = 0; i < 32768 && !is_apart(few, factor); i++) factor = (uint16_t)(factor + 7534);
  few->factor = (i < 32768) ? factor : 0;
  for (i = few->n; few->n > 0 && i < VK_FILTER_FEW; i++) few->unit[i] = few->unit[0];
  for (i = 0; i < VK_FILTER_SLOTS; i++) few->slot[i] = few->unit[0];
  for (i = 0; i < few->n; i++) few->slot[slot_of(few->unit[i], factor)] = few->unit[i];
}


int vk_filter_make (vk_filter *f, const vk_lexicon *lex) {
  if (lex->ways.n_anyhow > 0) {
    f->run = run_all;
    return VK_OK;
  }
  each_start(lex, f, note_few);
  if (f->first.n > VK_FILTER_FEW) {
    int rc = make_pairs(f, lex);
    if (rc == VK_OK) drop_empty_single(f);
    return rc;
  }
  if (has_single(f)) f->second.n = 0;
  arrange(&f->first);
  arrange(&f->second);
  f->run = vk_filter_vectors(f, 3);
  if (f->run == NULL) f->run = run_few;
  return VK_OK;
}


void vk_filter_free (vk_filter *f) {
  free(f->pairs);
  free(f->single);
  memset(f, 0, sizeof(*f));
}
