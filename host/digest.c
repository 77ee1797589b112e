/*
** SHA-256 (FIPS 180-4): padding here; blocks by the SHA instructions of x86-64
** (SHA-NI) where they are, else by libmd.
*/

#include "digest.h"

#include <sha256.h>             /* SHA256Transform, libmd */
#include <string.h>

static const uint32_t initial[8] = {
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
};


static void portable_blocks (uint32_t state[8], const uint8_t *p, size_t blocks) {
  for (; blocks > 0; blocks--, p += VK_DIGEST_BLOCK) SHA256Transform(state, p);
}

/* gcc 11 is the first that can be asked for the instructions by name. */
#if defined(__x86_64__) && !defined(__clang__) && defined(__GNUC__) && __GNUC__ >= 11

#include <immintrin.h>

static const uint32_t k[64] __attribute__((aligned(16))) = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))


/* Sixteen words at a time: the words of four rounds from those of the sixteen before. */
WITH_SHA static inline __m128i next_words (__m128i w0, __m128i w1, __m128i w2, __m128i w3) {
  __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));
  return _mm_sha256msg2_epu32(sum, w3);
}


WITH_SHA static inline void four_rounds (__m128i *abef, __m128i *cdgh, __m128i w, int round) {
  __m128i wk = _mm_add_epi32(w, _mm_load_si128((const __m128i *)(const void *)(k + round)));
  *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, wk);
  *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(wk, 0x0E));
}


WITH_SHA static void one_block (__m128i *abef, __m128i *cdgh, const uint8_t *p) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i w[4];
  int i, round;
  for (i = 0; i < 4; i++) {
    w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i)), swap);
    four_rounds(abef, cdgh, w[i], 4 * i);
  }
  for (round = 16; round < 64; round += 4) {
    __m128i next = next_words(w[0], w[1], w[2], w[3]);
    four_rounds(abef, cdgh, next, round);
    w[0] = w[1]; w[1] = w[2]; w[2] = w[3]; w[3] = next;
  }
}


/* The instructions want the state as (a, b, e, f) and (c, d, g, h). */
WITH_SHA static void sha_blocks (uint32_t state[8], const uint8_t *p, size_t blocks) {
  __m128i *s = (__m128i *)(void *)state;
  __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128(s), 0xB1);
  __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(s + 1), 0x1B);
  __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);
  __m128i feba, dchg;
  for (; blocks > 0; blocks--, p += VK_DIGEST_BLOCK) {
    __m128i abef_before = abef, cdgh_before = cdgh;
    one_block(&abef, &cdgh, p);
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  feba = _mm_shuffle_epi32(abef, 0x1B);
  dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128(s, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128(s + 1, _mm_alignr_epi8(dchg, feba, 8));
}


/* The compiler's library has asked the processor once; asking here would cost more than a row. */
static vk_digest_blocks best_blocks (void) {
  int able = __builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1");
  return able ? sha_blocks : portable_blocks;
}

#else

static vk_digest_blocks best_blocks (void) {
  return portable_blocks;
}

#endif


void vk_digest_init (vk_digest *d) {
  memcpy(d->state, initial, sizeof(initial));
  d->length = 0;
  d->blocks = best_blocks();
}


void vk_digest_add (vk_digest *d, const void *bytes, size_t n) {
  const uint8_t *p = bytes;
  size_t held = (size_t)(d->length % VK_DIGEST_BLOCK);
  d->length += n;
  if (held > 0) {
    size_t take = VK_DIGEST_BLOCK - held;
    if (take > n) take = n;
    memcpy(d->rest + held, p, take);
    p += take;
    n -= take;
    if (held + take < VK_DIGEST_BLOCK) return;
    d->blocks(d->state, d->rest, 1);
  }
  if (n >= VK_DIGEST_BLOCK) d->blocks(d->state, p, n / VK_DIGEST_BLOCK);
  if (n % VK_DIGEST_BLOCK > 0)
    memcpy(d->rest, p + (n - n % VK_DIGEST_BLOCK), n % VK_DIGEST_BLOCK);
}


void vk_digest_final (vk_digest *d, uint8_t out[VK_DIGEST_BYTES]) {
  uint64_t bits = d->length * 8;
  size_t held = (size_t)(d->length % VK_DIGEST_BLOCK), i;
  uint8_t tail[2 * VK_DIGEST_BLOCK] = { 0 };
  size_t size = (held < VK_DIGEST_BLOCK - 8) ? VK_DIGEST_BLOCK : 2 * VK_DIGEST_BLOCK;
  memcpy(tail, d->rest, held);
  tail[held] = 0x80;
  for (i = 0; i < 8; i++) tail[size - 1 - i] = (uint8_t)(bits >> (8 * i));
  d->blocks(d->state, tail, size / VK_DIGEST_BLOCK);
  for (i = 0; i < VK_DIGEST_BYTES; i++) out[i] = (uint8_t)(d->state[i / 4] >> (24 - 8 * (i % 4)));
}
