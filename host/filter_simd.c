/*
** The filter for few distinct starts, in vectors: SSE2, which every x86-64 has, and
** AVX2 or AVX-512 where the machine has it.  With the narrower ones a block of 64 units
** stays in registers while each wanted unit is compared with all of it; AVX-512 looks
** all units up in a table of one register.  Without branches: a wrong guess in every
** fourth block would cost more than all comparisons.
*/

#include "lexicon.h"

#if defined(__SSE2__)

#include <immintrin.h>
#include <string.h>

#define INLINE __attribute__((always_inline)) static inline
#define TARGET_AVX2 __attribute__((target("avx2")))
#define TARGET_AVX512 __attribute__((target("avx512bw")))
#define UNROLL _Pragma("GCC unroll 16")
#define SLOT_SHIFT (16 - 5)      /* of a product, down to the VK_FILTER_SLOTS, 2 to the 5th */

/* Clear the bits of the lanes that equal none of n units. */
typedef void keep_fn (const uint8_t *p, const uint16_t *set, size_t n, size_t blocks,
                      uint64_t *mask);


/* Lanes of 32 units at p that equal one of n units, as bits. */
INLINE uint64_t equal_sse2 (const uint8_t *p, const uint16_t *set, size_t n) {
  const __m128i *v = (const __m128i *)(const void *)p;
  const __m128i a = _mm_loadu_si128(v), b = _mm_loadu_si128(v + 1);
  const __m128i c = _mm_loadu_si128(v + 2), d = _mm_loadu_si128(v + 3);
  __m128i ra = _mm_setzero_si128(), rb = ra, rc = ra, rd = ra;
  size_t k;
  UNROLL for (k = 0; k < n; k++) {
    const __m128i u = _mm_set1_epi16((short)set[k]);
    ra = _mm_or_si128(ra, _mm_cmpeq_epi16(a, u));
    rb = _mm_or_si128(rb, _mm_cmpeq_epi16(b, u));
    rc = _mm_or_si128(rc, _mm_cmpeq_epi16(c, u));
    rd = _mm_or_si128(rd, _mm_cmpeq_epi16(d, u));
  }
  return (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_packs_epi16(ra, rb)) |
         (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_packs_epi16(rc, rd)) << 16;
}


INLINE void blocks_sse2 (const uint8_t *p, const uint16_t *set, size_t n, size_t blocks,
                         uint64_t *mask) {
  size_t b;
  for (b = 0; b < blocks; b++, p += 2 * VK_FILTER_BLOCK)
    mask[b] &= equal_sse2(p, set, n) | equal_sse2(p + 64, set, n) << 32;
}


/* Lanes of 64 units at p that equal one of n units, as bits. */
TARGET_AVX2
INLINE uint64_t equal_avx2 (const uint8_t *p, const uint16_t *set, size_t n) {
  const __m256i *v = (const __m256i *)(const void *)p;
  const __m256i a = _mm256_loadu_si256(v), b = _mm256_loadu_si256(v + 1);
  const __m256i c = _mm256_loadu_si256(v + 2), d = _mm256_loadu_si256(v + 3);
  __m256i ra = _mm256_setzero_si256(), rb = ra, rc = ra, rd = ra;
  size_t k;
  UNROLL for (k = 0; k < n; k++) {
    const __m256i u = _mm256_set1_epi16((short)set[k]);
    ra = _mm256_or_si256(ra, _mm256_cmpeq_epi16(a, u));
    rb = _mm256_or_si256(rb, _mm256_cmpeq_epi16(b, u));
    rc = _mm256_or_si256(rc, _mm256_cmpeq_epi16(c, u));
    rd = _mm256_or_si256(rd, _mm256_cmpeq_epi16(d, u));
  }
  ra = _mm256_permute4x64_epi64(_mm256_packs_epi16(ra, rb), 0xD8);
  rc = _mm256_permute4x64_epi64(_mm256_packs_epi16(rc, rd), 0xD8);
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(ra) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(rc) << 32;
}


TARGET_AVX2
INLINE void blocks_avx2 (const uint8_t *p, const uint16_t *set, size_t n, size_t blocks,
                         uint64_t *mask) {
  size_t b;
  for (b = 0; b < blocks; b++) mask[b] &= equal_avx2(p + 2 * VK_FILTER_BLOCK * b, set, n);
}


/* Code of its own for each small number of units; the sets are padded to those. */
#define EACH_COUNT(blocks_of) \
  switch (n) { \
    case 0: break; \
    case 1: blocks_of(p, set, 1, blocks, mask); break; \
    case 2: blocks_of(p, set, 2, blocks, mask); break; \
    case 3: blocks_of(p, set, 3, blocks, mask); break; \
    case 4: blocks_of(p, set, 4, blocks, mask); break; \
    case 5: blocks_of(p, set, 5, blocks, mask); break; \
    case 6: blocks_of(p, set, 6, blocks, mask); break; \
    case 7: blocks_of(p, set, 7, blocks, mask); break; \
    case 8: blocks_of(p, set, 8, blocks, mask); break; \
    case 9: case 10: case 11: case 12: blocks_of(p, set, 12, blocks, mask); break; \
    default: blocks_of(p, set, VK_FILTER_FEW, blocks, mask); \
  }

static void keep_sse2 (const uint8_t *p, const uint16_t *set, size_t n, size_t blocks,
                       uint64_t *mask) {
  EACH_COUNT(blocks_sse2)
}

TARGET_AVX2
static void keep_avx2 (const uint8_t *p, const uint16_t *set, size_t n, size_t blocks,
                       uint64_t *mask) {
  EACH_COUNT(blocks_avx2)
}

INLINE void run (keep_fn *keep, const vk_filter *f, const uint8_t *units, size_t blocks,
                 uint64_t *mask) {
  memset(mask, 0xFF, blocks * sizeof(*mask));
  keep(units, f->first.unit, f->first.n, blocks, mask);
  keep(units + 2, f->second.unit, f->second.n, blocks, mask);
}


static void run_sse2 (const vk_filter *f, const uint8_t *units, size_t blocks, uint64_t *mask) {
  run(keep_sse2, f, units, blocks, mask);
}

static void run_avx2 (const vk_filter *f, const uint8_t *units, size_t blocks, uint64_t *mask) {
  run(keep_avx2, f, units, blocks, mask);
}


/* Lanes of 32 units at p that are in a set: what stands in a unit's slot is that unit. */
TARGET_AVX512
INLINE __mmask32 among_avx512 (const uint8_t *p, __m512i slots, __m512i factor) {
  const __m512i units = _mm512_loadu_si512(p);
  const __m512i slot = _mm512_srli_epi16(_mm512_mullo_epi16(units, factor), SLOT_SHIFT);
  return _mm512_cmpeq_epi16_mask(units, _mm512_permutexvar_epi16(slot, slots));
}


TARGET_AVX512
INLINE uint64_t block_avx512 (const uint8_t *p, __m512i slots, __m512i factor) {
  return _cvtmask64_u64(_mm512_kunpackd(among_avx512(p + 64, slots, factor),
                                        among_avx512(p, slots, factor)));
}


/* Four instructions for 32 units, however many are wanted. */
TARGET_AVX512
static void run_avx512 (const vk_filter *f, const uint8_t *p, size_t blocks, uint64_t *mask) {
  const __m512i first = _mm512_loadu_si512(f->first.slot);
  const __m512i second = _mm512_loadu_si512(f->second.slot);
  const __m512i of_first = _mm512_set1_epi16((short)f->first.factor);
  const __m512i of_second = _mm512_set1_epi16((short)f->second.factor);
  int both = f->second.n > 0;
  size_t b;
  for (b = 0; b < blocks; b++, p += 2 * VK_FILTER_BLOCK) {
    mask[b] = block_avx512(p, first, of_first);
    if (both) mask[b] &= block_avx512(p + 2, second, of_second);
  }
}


vk_filter_run *vk_filter_vectors (const vk_filter *f, unsigned level) {
  int apart = f->first.factor != 0 && f->second.factor != 0;
  if (level >= 3 && apart && __builtin_cpu_supports("avx512bw")) return run_avx512;
  if (level >= 2 && __builtin_cpu_supports("avx2")) return run_avx2;
  return (level >= 1) ? run_sse2 : NULL;
}

#else

vk_filter_run *vk_filter_vectors (const vk_filter *f, unsigned level) {
  (void)f;
  (void)level;
  return NULL;
}

#endif
