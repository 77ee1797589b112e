/*
** The filter for few distinct ends, in vectors: SSE2, which every x86-64 has,
** and AVX2 where the machine has it.  A block of 64 units stays in registers
** while each wanted unit is compared with all of it.
*/

#include "lexicon.h"

#if defined(__SSE2__)

#include <immintrin.h>

#define TARGET_AVX2 __attribute__((target("avx2")))


/* Lanes of 32 units at p that equal one of n units, as bits. */
static inline uint64_t equal_sse2 (const uint8_t *p, const uint16_t *set, size_t n) {
  const __m128i *v = (const __m128i *)(const void *)p;
  const __m128i a = _mm_loadu_si128(v), b = _mm_loadu_si128(v + 1);
  const __m128i c = _mm_loadu_si128(v + 2), d = _mm_loadu_si128(v + 3);
  __m128i ra = _mm_setzero_si128(), rb = ra, rc = ra, rd = ra;
  size_t k;
  for (k = 0; k < n; k++) {
    const __m128i u = _mm_set1_epi16((short)set[k]);
    ra = _mm_or_si128(ra, _mm_cmpeq_epi16(a, u));
    rb = _mm_or_si128(rb, _mm_cmpeq_epi16(b, u));
    rc = _mm_or_si128(rc, _mm_cmpeq_epi16(c, u));
    rd = _mm_or_si128(rd, _mm_cmpeq_epi16(d, u));
  }
  return (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_packs_epi16(ra, rb)) |
         (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_packs_epi16(rc, rd)) << 16;
}


static void run_sse2 (const vk_filter *f, const uint8_t *units, size_t blocks, uint64_t *mask) {
  size_t b;
  for (b = 0; b < blocks; b++) {
    const uint8_t *p = units + 2 * VK_FILTER_BLOCK * b;
    uint64_t m = equal_sse2(p, f->last, f->n_last) | equal_sse2(p + 64, f->last, f->n_last) << 32;
    if (m != 0 && f->n_before > 0)
      m &= equal_sse2(p - 2, f->before, f->n_before) |
           equal_sse2(p + 62, f->before, f->n_before) << 32;
    mask[b] = m;
  }
}


/* Lanes of 64 units at p that equal one of n units, as bits. */
TARGET_AVX2
static inline uint64_t equal_avx2 (const uint8_t *p, const uint16_t *set, size_t n) {
  const __m256i *v = (const __m256i *)(const void *)p;
  const __m256i a = _mm256_loadu_si256(v), b = _mm256_loadu_si256(v + 1);
  const __m256i c = _mm256_loadu_si256(v + 2), d = _mm256_loadu_si256(v + 3);
  __m256i ra = _mm256_setzero_si256(), rb = ra, rc = ra, rd = ra;
  size_t k;
  for (k = 0; k < n; k++) {
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
static void run_avx2 (const vk_filter *f, const uint8_t *units, size_t blocks, uint64_t *mask) {
  size_t b;
  for (b = 0; b < blocks; b++) {
    const uint8_t *p = units + 2 * VK_FILTER_BLOCK * b;
    uint64_t m = equal_avx2(p, f->last, f->n_last);
    if (m != 0 && f->n_before > 0) m &= equal_avx2(p - 2, f->before, f->n_before);
    mask[b] = m;
  }
}


vk_filter_run *vk_filter_vectors (void) {
  return __builtin_cpu_supports("avx2") ? run_avx2 : run_sse2;
}

#else

vk_filter_run *vk_filter_vectors (void) {
  return NULL;
}

#endif
