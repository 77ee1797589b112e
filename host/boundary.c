/*
** Boundaries, eight units at a time and without branches: in a document of short passages
** each would be guessed wrong.
*/

#include "boundary.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "tokens.h"

#define BLOCK 8                 /* units looked at together */
#define MOST 32000              /* blocks that are counted in 16 bits */

#if defined(__SSE2__)

/* All ones where a unit of the block at `at` is a boundary. */
static inline __m128i look (const uint8_t *units, size_t at) {
  const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(units + 2 * at));
  return _mm_cmpeq_epi16(v, _mm_set1_epi16(VK_UNIT_PASSAGE));
}


/* Count those of at most MOST whole blocks from *at on, and go behind them. */
static size_t count_blocks (const uint8_t *units, size_t *at, size_t to) {
  __m128i sum = _mm_setzero_si128();
  uint32_t part[4];
  size_t i;
  for (i = 0; i < MOST && *at + BLOCK <= to; i++, *at += BLOCK)
    sum = _mm_sub_epi16(sum, look(units, *at));
  sum = _mm_madd_epi16(sum, _mm_set1_epi16(1));
  _mm_storeu_si128((__m128i *)(void *)part, sum);
  return (size_t)part[0] + part[1] + part[2] + part[3];
}

#else

static size_t count_blocks (const uint8_t *units, size_t *at, size_t to) {
  size_t n = 0;
  for (; *at + BLOCK <= to; (*at)++) n += vk_unit_at(units, *at) == VK_UNIT_PASSAGE;
  return n;
}

#endif


size_t vk_boundaries (const uint8_t *units, size_t from, size_t to) {
  size_t n = 0;
  while (from + BLOCK <= to) n += count_blocks(units, &from, to);
  for (; from < to; from++) n += vk_unit_at(units, from) == VK_UNIT_PASSAGE;
  return n;
}


size_t vk_boundary_next (const uint8_t *units, size_t from, size_t n) {
  while (from < n && vk_unit_at(units, from) != VK_UNIT_PASSAGE) from++;
  return from;
}


size_t vk_boundary_behind (const uint8_t *units, size_t from, size_t to) {
  while (to > from && vk_unit_at(units, to - 1) != VK_UNIT_PASSAGE) to--;
  return to;
}
