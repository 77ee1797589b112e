/*
** Boundaries, eight units at a time.
*/

#include "boundary.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "tokens.h"

#define BLOCK 8                 /* units looked at together */


/* Which of the 8 units at `at` are boundaries: two bits for each. */
#if defined(__SSE2__)
static inline unsigned look (const uint8_t *units, size_t at) {
  const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(units + 2 * at));
  return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi16(v, _mm_set1_epi16(VK_UNIT_PASSAGE)));
}
#else
static inline unsigned look (const uint8_t *units, size_t at) {
  unsigned found = 0, i;
  for (i = 0; i < BLOCK; i++)
    if (vk_unit_at(units, at + i) == VK_UNIT_PASSAGE) found |= 3u << 2 * i;
  return found;
}
#endif


size_t vk_boundaries (const uint8_t *units, size_t from, size_t to, size_t *behind) {
  size_t n = 0;
  for (; from + BLOCK <= to; from += BLOCK) {
    unsigned found = look(units, from);
    if (found == 0) continue;
    n += (size_t)__builtin_popcount(found) / 2;
    *behind = from + (size_t)(31 - __builtin_clz(found)) / 2 + 1;
  }
  for (; from < to; from++) {
    if (vk_unit_at(units, from) != VK_UNIT_PASSAGE) continue;
    n++;
    *behind = from + 1;
  }
  return n;
}


size_t vk_boundary_next (const uint8_t *units, size_t from, size_t n) {
  for (; from + BLOCK <= n; from += BLOCK) {
    unsigned found = look(units, from);
    if (found != 0) return from + (size_t)__builtin_ctz(found) / 2;
  }
  while (from < n && vk_unit_at(units, from) != VK_UNIT_PASSAGE) from++;
  return from;
}
