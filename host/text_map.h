/*
** The way from a cleaned text back to its original, as passages store it: one
** version byte, then pairs of LEB128 numbers, the steps of text and of original
** from one break to the next.  Between breaks both run at the same pace, but
** never beyond the next break's place.  Where a part of the original has nothing
** in the text, two breaks stand at one place of the text: where the character
** before it ended, and where the next one starts.
*/

#ifndef vk_text_map_h
#define vk_text_map_h

#include "vk.h"

typedef struct vk_map {
  vk_buf *out;            /* borrowed; NULL: nobody wants the map */
  size_t from;            /* where in `out` the map begins */
  size_t text, original;  /* the last break, both counted from the beginning */
} vk_map;

/*
** At the text offset `text` a character ended at `end` in the original and the
** next one starts at `start`.  Writes breaks where that is news.
*/
int vk_map_note (vk_map *m, size_t text, size_t end, size_t start);

#endif
