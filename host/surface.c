/*
** Spelling -> id, with the end of the run found in one step.
*/

#include "surface.h"

#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "vk.h"

#define FIRST_BITS 12
#define MOST_SPELLINGS (1u << 18)       /* 12 MB of slots; beyond it, start afresh */


void vk_surface_free (vk_surface *f) {
  free(f->slots);
  memset(f, 0, sizeof(*f));
}


static int is_letter_byte (uint8_t b) {
  return b >= 0x80 || (uint8_t)((b | 0x20) - 'a') < 26;
}


/* Length of the run at s and its bytes as a key, zeros behind. */
#if defined(__SSE2__)
static inline size_t read_key (const uint8_t *s, uint64_t key[2]) {
  static const uint8_t window[32] = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255
  };
  const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)s);
  const __m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
  const __m128i letters = _mm_cmplt_epi8(_mm_add_epi8(low, _mm_set1_epi8((char)(0x80 - 'a'))),
                                         _mm_set1_epi8((char)(0x80 + 26)));
  const unsigned run = (unsigned)_mm_movemask_epi8(_mm_or_si128(letters, v));
  const size_t len = (size_t)__builtin_ctz(~run);
  const __m128i keep = _mm_loadu_si128((const __m128i *)(const void *)(window + 16 - len));
  _mm_storeu_si128((__m128i *)(void *)key, _mm_and_si128(v, keep));
  return len;
}
#else
static inline size_t read_key (const uint8_t *s, uint64_t key[2]) {
  uint8_t bytes[VK_SURFACE_BYTES] = { 0 };
  size_t len = 0;
  while (len < VK_SURFACE_BYTES && is_letter_byte(s[len])) {
    bytes[len] = s[len];
    len++;
  }
  memcpy(key, bytes, sizeof(bytes));
  return len;
}
#endif


static inline size_t home_of (const vk_surface *f, const uint64_t key[2]) {
  uint64_t h = (key[0] ^ key[1] * 0xC2B2AE3D27D4EB4Fu) * 0x9E3779B97F4A7C15u;
  return (size_t)(h >> f->shift);
}


uint32_t vk_surface_find (const vk_surface *f, const uint8_t *s, size_t left, size_t *len) {
  uint8_t padded[VK_SURFACE_BYTES] = { 0 };
  uint64_t key[2];
  size_t i, n;
  if (left < VK_SURFACE_BYTES) s = memcpy(padded, s, left);
  n = read_key(s, key);
  if (n == 0 || n >= VK_SURFACE_BYTES || f->slots == NULL) return 0;
  for (i = home_of(f, key); ; i = (i + 1) & f->mask) {
    const vk_surface_slot *e = &f->slots[i];
    if (e->key[0] == key[0] && e->key[1] == key[1]) {
      *len = n;
      return (uint32_t)e->id;
    }
    if (e->key[0] == 0) return 0;
  }
}


static void put (vk_surface *f, const uint64_t key[2], uint64_t id) {
  size_t i = home_of(f, key);
  while (f->slots[i].key[0] != 0) {
    if (f->slots[i].key[0] == key[0] && f->slots[i].key[1] == key[1]) return;
    i = (i + 1) & f->mask;
  }
  f->slots[i] = (vk_surface_slot){ { key[0], key[1] }, id };
  f->n++;
}


/* Room for one more: double, or forget everything at the limit. */
static int grow (vk_surface *f) {
  size_t i, slots = f->slots ? 2 * (f->mask + 1) : (size_t)1 << FIRST_BITS;
  vk_surface old = *f;
  if (f->slots != NULL && 2 * (f->n + 1) <= f->mask + 1) return VK_OK;
  if (f->n >= MOST_SPELLINGS) {
    memset(f->slots, 0, (f->mask + 1) * sizeof(*f->slots));
    f->n = 0;
    return VK_OK;
  }
  f->slots = calloc(slots, sizeof(*f->slots));
  if (f->slots == NULL) {
    *f = old;
    return VK_ERR_NOMEM;
  }
  f->mask = slots - 1;
  f->shift = old.slots ? old.shift - 1 : 64 - FIRST_BITS;
  f->n = 0;
  for (i = 0; old.slots != NULL && i <= old.mask; i++)
    if (old.slots[i].key[0] != 0) put(f, old.slots[i].key, old.slots[i].id);
  free(old.slots);
  return VK_OK;
}


int vk_surface_add (vk_surface *f, const uint8_t *s, size_t left, size_t len, uint32_t id) {
  uint64_t key[2] = { 0, 0 };
  size_t i;
  if (len >= VK_SURFACE_BYTES || (left > len && is_letter_byte(s[len]))) return VK_OK;
  for (i = 0; i < len; i++) if (!is_letter_byte(s[i])) return VK_OK;
  if (grow(f) != VK_OK) return VK_ERR_NOMEM;
  memcpy(key, s, len);
  put(f, key, id);
  return VK_OK;
}
