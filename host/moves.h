/*
** The way from a repaired text back to its original: an array of places where both
** do not run at the same pace.
*/

#ifndef vk_moves_h
#define vk_moves_h

#include <stddef.h>

#include "vk.h"

typedef struct vk_move {
  size_t text_from, text_to;      /* bytes of the repaired text … */
  size_t from, to;                /* … that stand for these of the original */
} vk_move;

typedef struct vk_moves {
  const vk_move *all;     /* ascending, borrowed */
  size_t n;
} vk_moves;

/* The moves that vk_repairs_apply wrote. */
static inline vk_moves vk_moves_in (const vk_buf *b) {
  vk_moves m = { (const vk_move *)(const void *)b->data, b->len / sizeof(vk_move) };
  return m;
}

/* Where in the original the character at an offset of the text starts. */
size_t vk_moves_start (const vk_moves *m, size_t offset);

/* Where in the original the character before an offset of the text ended. */
size_t vk_moves_stop (const vk_moves *m, size_t offset);

/* The next offset above `offset` at which the pace changes, or SIZE_MAX. */
size_t vk_moves_next (const vk_moves *m, size_t offset);

#endif
