/*
** The way from a cleaned text back to its original, as passages store it: one
** version byte, then pairs of LEB128 numbers, the steps of text and of original
** from one break to the next.  Between breaks both run at the same pace, but
** never beyond the next break's place.
*/

#ifndef vk_text_map_h
#define vk_text_map_h

#include "vk.h"

typedef struct vk_map {
  vk_buf *out;            /* borrowed; NULL: nobody wants the map */
  size_t text, original;  /* the last break, both counted from the beginning */
} vk_map;

/* The text offset `text` comes from `original`; writes a break where that is news. */
int vk_map_note (vk_map *m, size_t text, size_t original);

#endif
