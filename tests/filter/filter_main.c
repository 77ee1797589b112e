/*
** Holds the forms of the filter equal: random lexicons of few starts over random units,
** each form of vectors that this machine has against a plain loop.  Prints what was done.
*/

#include <stdio.h>
#include <stdlib.h>

#include "lexicon.h"

#define ROUNDS 4000
#define BLOCKS 5
#define LENGTH (BLOCKS * VK_FILTER_BLOCK + 1)

static uint64_t state = 88172645463325252u;


/* xorshift64: below n, the same numbers everywhere. */
static unsigned below (unsigned n) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (unsigned)(state >> 33) % n;
}


/* A unit that phrases may have: close ids, any ids, ids that differ in high bits only. */
static unsigned some_unit (unsigned round) {
  switch (round % 3) {
    case 0: return VK_TYPE_FIRST + below(40);
    case 1: return VK_TYPE_FIRST + below(VK_PAIR_LEAD - VK_TYPE_FIRST);
    default: return VK_TYPE_FIRST + (1u << (8 + below(7))) * below(64) % (VK_PAIR_LEAD - 2);
  }
}


static void put (uint8_t *units, size_t i, unsigned unit) {
  units[2 * i] = (uint8_t)unit;
  units[2 * i + 1] = (uint8_t)(unit >> 8);
}


static vk_lexicon *some_lexicon (unsigned round) {
  vk_lexicon *lex = vk_lexicon_new();
  unsigned phrases = 1 + below(VK_FILTER_FEW), i, k, n;
  for (i = 0; i < phrases; i++) {
    uint8_t units[6];
    n = (round % 7 == 0) ? 1 + below(3) : 2 + below(2);
    for (k = 0; k < n; k++) put(units, k, some_unit(round));
    if (vk_lexicon_add(lex, units, n) != VK_OK) abort();
  }
  if (vk_lexicon_finish(lex) != VK_OK) abort();
  return lex;
}


/* Units of the filter's own sets, and others. */
static void fill (const vk_filter *f, unsigned round, uint8_t *units) {
  size_t i;
  for (i = 0; i < LENGTH; i++) {
    const vk_few *few = (below(2) == 0 || f->second.n == 0) ? &f->first : &f->second;
    put(units, i, below(3) > 0 ? few->unit[below((unsigned)few->n)]
                  : below(2) > 0 ? some_unit(round) : below(65536));
  }
}


static int is_among (const vk_few *few, unsigned unit) {
  size_t i;
  for (i = 0; i < few->n; i++) if (few->unit[i] == unit) return 1;
  return 0;
}


static uint64_t plain_block (const vk_filter *f, const uint8_t *units, size_t b) {
  uint64_t mask = 0;
  size_t j;
  for (j = 0; j < VK_FILTER_BLOCK; j++) {
    size_t i = VK_FILTER_BLOCK * b + j;
    int starts = is_among(&f->first, vk_unit_at(units, i)) &&
                 (f->second.n == 0 || is_among(&f->second, vk_unit_at(units, i + 1)));
    mask |= (uint64_t)starts << j;
  }
  return mask;
}


static void compare (const vk_filter *f, vk_filter_run *run, const uint8_t *units,
                     const char *what, unsigned round) {
  uint64_t mask[BLOCKS];
  size_t b;
  run(f, units, BLOCKS, mask);
  for (b = 0; b < BLOCKS; b++) {
    if (mask[b] == plain_block(f, units, b)) continue;
    printf("round %u, block %zu: the form %s differs\n", round, b, what);
    exit(1);
  }
}


int main (void) {
  static const char *const names[] = { "as chosen", "SSE2", "AVX2", "AVX-512" };
  unsigned round, level, compared = 0;
  for (round = 0; round < ROUNDS; round++) {
    vk_lexicon *lex = some_lexicon(round);
    vk_filter *f = &lex->filter;
    uint8_t units[2 * LENGTH];
    if (f->pairs == NULL) {
      fill(f, round, units);
      compare(f, f->run, units, names[0], round);
      for (level = 1; level <= 3; level++) {
        vk_filter_run *run = vk_filter_vectors(f, level);
        if (run != NULL) compare(f, run, units, names[level], round);
        compared += run != NULL;
      }
    }
    vk_lexicon_free(lex);
  }
  printf("%u comparisons\nequal\n", compared);
  return 0;
}
