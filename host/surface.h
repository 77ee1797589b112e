/*
** Spellings of syllables, up to 15 bytes, and the ids they have.  A cache: it
** may forget, and then the slow way finds the id again.
*/

#ifndef vk_surface_h
#define vk_surface_h

#include <stddef.h>
#include <stdint.h>

#define VK_SURFACE_BYTES 16     /* of a key, one more than the longest run */

typedef struct vk_surface_slot {
  uint64_t key[2];        /* the bytes, zeros behind; all zero: empty */
  uint64_t id;
} vk_surface_slot;

typedef struct vk_surface {
  vk_surface_slot *slots; /* a power of two, or NULL */
  size_t n, mask;
  int shift;
} vk_surface;

void vk_surface_free (vk_surface *f);

/*
** The run of ASCII letters and bytes over 0x7F at s, with `left` bytes readable.
** Its id and its *len, or 0 when it is too long or not known.
*/
uint32_t vk_surface_find (const vk_surface *f, const uint8_t *s, size_t left, size_t *len);

/*
** Learn that the `len` bytes at s, with `left` readable, have an id.  Only a run
** that stands between other bytes is learned, since that is how it is found:
** text that is found needs no check and no cutting any more.
*/
int vk_surface_add (vk_surface *f, const uint8_t *s, size_t left, size_t len, uint32_t id);

#endif
