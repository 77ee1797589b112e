/*
** Which hashes were surely never met?  A set of bits, one for many hashes: "no" is
** certain, "yes" is not, and it never grows.
*/

#ifndef vk_seen_h
#define vk_seen_h

#include <stddef.h>
#include <stdint.h>

#define VK_SEEN_BITS 24         /* 2 MB: of a million hashes, one in 17 is taken for another */

typedef struct vk_seen {
  uint64_t words[((size_t)1 << VK_SEEN_BITS) / 64];
} vk_seen;

/* Was the hash met before, perhaps?  Now it is. */
static inline int vk_seen_meet (vk_seen *s, int64_t hash) {
  size_t bit = (size_t)(((uint64_t)hash * 0x9E3779B97F4A7C15u) >> (64 - VK_SEEN_BITS));
  uint64_t mask = (uint64_t)1 << (bit % 64), *word = &s->words[bit / 64];
  int met = (*word & mask) != 0;
  *word |= mask;
  return met;
}

#endif
