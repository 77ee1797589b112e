/*
** The units of a token stream, as documents carry them: little-endian u16.
** A stream begins with VK_UNIT_PASSAGE and has one more after each passage.
*/

#ifndef vk_tokens_h
#define vk_tokens_h

#include <stdint.h>
#include <string.h>

#define VK_UNIT_PASSAGE   0u        /* between passages; no phrase crosses it */
#define VK_UNIT_SENTENCE  1u        /* in place of the mark that ends a sentence */
#define VK_TYPE_FIRST     2u        /* the least id of a type */
#define VK_PAIR_LEAD      0xFA00u   /* ids from here on take two units: lead, trail */
#define VK_PAIR_TRAIL     0xFC00u
#define VK_PAIR_SPAN      1024u
#define VK_TYPE_LIMIT     (VK_PAIR_LEAD + (VK_PAIR_TRAIL - VK_PAIR_LEAD) * VK_PAIR_SPAN)

enum vk_token_kind { VK_SYLLABLE = 0, VK_NUMBER = 1, VK_MARK = 2 };


/* The i-th unit of a stream; the bytes may lie at any address. */
static inline unsigned vk_unit_at (const uint8_t *units, size_t i) {
  return (unsigned)units[2 * i] | (unsigned)units[2 * i + 1] << 8;
}


static inline int vk_is_lead (unsigned unit) {
  return unit >= VK_PAIR_LEAD && unit < VK_PAIR_TRAIL;
}


static inline int vk_is_trail (unsigned unit) {
  return unit >= VK_PAIR_TRAIL;
}


/* Write the units of an id; how many bytes: 2 or 4. */
static inline size_t vk_unit_put (uint32_t id, uint8_t bytes[4]) {
  uint32_t rest = id - VK_PAIR_LEAD;
  uint32_t lead = VK_PAIR_LEAD + rest / VK_PAIR_SPAN;
  uint32_t trail = VK_PAIR_TRAIL + rest % VK_PAIR_SPAN;
  uint32_t first = (id < VK_PAIR_LEAD) ? id : lead;
  bytes[0] = (uint8_t)first;
  bytes[1] = (uint8_t)(first >> 8);
  if (id < VK_PAIR_LEAD) return 2;
  bytes[2] = (uint8_t)trail;
  bytes[3] = (uint8_t)(trail >> 8);
  return 4;
}


/* The id that starts at unit i of n units; *width gets 1 or 2.  A lead without its
   trail counts as one unit. */
static inline uint32_t vk_unit_id (const uint8_t *units, size_t n, size_t i, size_t *width) {
  unsigned u = vk_unit_at(units, i);
  *width = 1;
  if (!vk_is_lead(u) || i + 1 >= n) return u;
  *width = 2;
  return VK_PAIR_LEAD + (u - VK_PAIR_LEAD) * VK_PAIR_SPAN +
         (vk_unit_at(units, i + 1) - VK_PAIR_TRAIL);
}

#endif
