/*
** SHA-256, with the processor's own instructions where it has them.
** Everything in the store is hashed, on import and by the doctor, so this is the
** one place where a portable implementation (libmd's) would set the pace.
*/

#ifndef vk_digest_h
#define vk_digest_h

#include <stddef.h>
#include <stdint.h>

#define VK_DIGEST_BYTES 32
#define VK_DIGEST_BLOCK 64

typedef void (*vk_digest_blocks) (uint32_t state[8], const uint8_t *p, size_t blocks);

typedef struct vk_digest {
  uint32_t state[8];
  uint64_t length;              /* bytes so far */
  vk_digest_blocks blocks;
  uint8_t rest[VK_DIGEST_BLOCK];
} vk_digest;

void vk_digest_init (vk_digest *d);
void vk_digest_add (vk_digest *d, const void *p, size_t n);

/* The digest; *d is spent. */
void vk_digest_final (vk_digest *d, uint8_t out[VK_DIGEST_BYTES]);

#endif
