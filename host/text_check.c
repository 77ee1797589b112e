/*
** The quick look at whether bytes are UTF-8 without a zero byte, 32 at a time where
** the processor has AVX2: of each pair of neighbours three tables say what is wrong
** with it, and what all three say is (Keiser & Lemire 2021).
*/

#include "text_utf8.h"

#if defined(__x86_64__) && !defined(__clang__) && defined(__GNUC__) && __GNUC__ >= 11

#include <immintrin.h>

/* What can be wrong with two bytes. */
enum {
  TOO_SHORT = 1, TOO_LONG = 2, OVERLONG_3 = 4, TOO_LARGE = 8, SURROGATE = 16, OVERLONG_2 = 32,
  TOO_LARGE_1000 = 64, OVERLONG_4 = 64, TWO_TAILS = 128,
  CARRY = TOO_SHORT | TOO_LONG | TWO_TAILS, ABOVE = CARRY | TOO_LARGE | TOO_LARGE_1000,
  AFTER = TOO_LONG | OVERLONG_2 | TWO_TAILS
};

#define TWICE(...) { __VA_ARGS__, __VA_ARGS__ }
#define EIGHT(v) v, v, v, v, v, v, v, v

/* By the high and the low half of the first byte, and the high half of the second. */
static const uint8_t first_high[32] = TWICE(
  EIGHT(TOO_LONG), TWO_TAILS, TWO_TAILS, TWO_TAILS, TWO_TAILS,
  TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
  TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4);
static const uint8_t first_low[32] = TWICE(
  CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4, CARRY | OVERLONG_2, CARRY, CARRY,
  CARRY | TOO_LARGE, EIGHT(ABOVE), ABOVE | SURROGATE, ABOVE, ABOVE);
static const uint8_t second_high[32] = TWICE(
  EIGHT(TOO_SHORT), AFTER | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
  AFTER | OVERLONG_3 | TOO_LARGE, AFTER | SURROGATE | TOO_LARGE, AFTER | SURROGATE | TOO_LARGE,
  TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);

#define WITH_AVX2 __attribute__((target("avx2")))
#define LOAD(p) _mm256_loadu_si256((const __m256i *)(const void *)(p))


/* The 32 bytes that stand n bytes before those of v. */
#define BEFORE(v, last, n) \
  _mm256_alignr_epi8(v, _mm256_permute2x128_si256(last, v, 0x21), 16 - (n))


/* Nonzero bytes where v, with the 32 bytes before it, is wrong. */
WITH_AVX2 static inline __m256i wrong (__m256i v, __m256i last) {
  const __m256i half = _mm256_set1_epi8(0x0F);
  const __m256i one = BEFORE(v, last, 1), two = BEFORE(v, last, 2), three = BEFORE(v, last, 3);
  __m256i high = _mm256_and_si256(_mm256_srli_epi16(one, 4), half);
  __m256i pair = _mm256_shuffle_epi8(LOAD(first_high), high);
  __m256i must;
  pair = _mm256_and_si256(pair, _mm256_shuffle_epi8(LOAD(first_low), _mm256_and_si256(one, half)));
  high = _mm256_and_si256(_mm256_srli_epi16(v, 4), half);
  pair = _mm256_and_si256(pair, _mm256_shuffle_epi8(LOAD(second_high), high));
  /* a third or fourth byte of a character must be a tail behind a tail */
  must = _mm256_or_si256(_mm256_subs_epu8(two, _mm256_set1_epi8((char)(0xE0 - 0x80))),
                         _mm256_subs_epu8(three, _mm256_set1_epi8((char)(0xF0 - 0x80))));
  pair = _mm256_xor_si256(pair, _mm256_and_si256(must, _mm256_set1_epi8((char)0x80)));
  return _mm256_or_si256(pair, _mm256_cmpeq_epi8(v, _mm256_setzero_si256()));
}


WITH_AVX2 static size_t good_blocks (const uint8_t *s, size_t n) {
  __m256i last = _mm256_setzero_si256();
  size_t at;
  for (at = 0; n - at >= 32; at += 32) {
    __m256i v = LOAD(s + at), bad = wrong(v, last);
    if (!_mm256_testz_si256(bad, bad)) break;
    last = v;
  }
  return at;
}


size_t vk_text_good (const uint8_t *s, size_t n) {
  size_t good, back = 0;
  if (n < 64 || !__builtin_cpu_supports("avx2")) return 0;
  good = good_blocks(s, n);
  /* the last character may go on behind what was looked at */
  while (back < 3 && back < good && vk_utf8_tail(s[good - 1 - back])) back++;
  return (back < good) ? good - back - 1 : 0;
}

#else

size_t vk_text_good (const uint8_t *s, size_t n) {
  (void)s; (void)n;
  return 0;
}

#endif
