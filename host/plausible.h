/*
** Can a text be Vietnamese as it stands?  What was decoded by the wrong table, or
** taken from a font whose letters are numbered as it likes, is full of runs of
** letters that no syllable is spelled with.
*/

#ifndef vk_plausible_h
#define vk_plausible_h

#include <stddef.h>

#include "vk.h"

typedef struct vk_plausible {
  size_t words;           /* runs of letters */
  size_t marked;          /* of them: with a letter beyond ASCII, or a sign inside */
  size_t impossible;      /* of the marked: no syllable of Vietnamese */
  size_t signs;           /* of the impossible: a sign stands between letters, as in "V©N" */
} vk_plausible;

/* Measure a text.  VK_OK, VK_ERR_BAD_INPUT (no UTF-8), VK_ERR_NOMEM. */
int vk_plausible_measure (const char *s, size_t n, vk_plausible *out);

#endif
