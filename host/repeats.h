/*
** Wording that stands in two texts: runs of the same syllables, exactly.  Numbers,
** marks and boundaries do not count, so that neither layout nor punctuation matters.
** Texts that are looked for (targets) are added first; then other texts are gone
** through, each once.
*/

#ifndef vk_repeats_h
#define vk_repeats_h

#include <stddef.h>
#include <stdint.h>

#include "vk.h"

#define VK_REPEAT_LEAST 4u      /* the shortest run that can be asked for, in syllables */
#define VK_REPEAT_MOST 256u

typedef struct vk_repeats vk_repeats;           /* opaque */

/* A run: the longest on both sides. */
typedef struct vk_repeat {
  uint32_t target;        /* from 0, in the order in which they were added */
  uint32_t first;         /* syllable of the target, from 0 */
  uint32_t syllables;
  size_t from, to;        /* units of the target's stream, `to` exclusive */
  size_t at, stop;        /* units of the text that was gone through */
} vk_repeat;

/* Runs of `least` syllables or more.  Returns new, or NULL when memory ran out. */
vk_repeats *vk_repeats_new (unsigned least);
void vk_repeats_free (vk_repeats *r);

/* An id that is no syllable.  VK_OK or VK_ERR_NOMEM. */
int vk_repeats_skip (vk_repeats *r, uint32_t id);

/* Look for what stands in the units [from, to) of a stream.  VK_OK or VK_ERR_NOMEM;
   VK_ERR_FULL beyond some billion syllables. */
int vk_repeats_add (vk_repeats *r, const uint8_t *units, size_t from, size_t to);

/* Append a vk_repeat for each run that the text of n units has in common with a
   target, in the order of the text.  VK_OK, VK_ERR_NOMEM or VK_ERR_INTERRUPTED. */
int vk_repeats_find (vk_repeats *r, const uint8_t *units, size_t n, vk_buf *out);

#endif
