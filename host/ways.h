/*
** What a lexicon has beyond plain phrases: phrases with several spellings, and
** patterns, found by the units with which they may begin.  Private to the corpus files.
*/

#ifndef vk_ways_h
#define vk_ways_h

#include <stddef.h>
#include <stdint.h>

#include "pattern.h"

typedef struct vk_way {
  vk_pattern *pattern;    /* owned */
  uint32_t phrase;        /* of the lexicon */
} vk_way;

typedef struct vk_ways {
  int shared;             /* some phrase has more than one spelling in the trie */
  vk_way *list;           /* the patterns */
  size_t n, cap;
  /* patterns that begin with unit u: by_first[at[u]] up to by_first[at[u + 1]], not
     included; NULL before vk_ways_finish and without patterns */
  uint32_t *at, *by_first;
  uint32_t *anyhow;       /* patterns that may begin with any token */
  size_t n_anyhow;
} vk_ways;

/* Add the program of a phrase.  As vk_pattern_new. */
int vk_ways_add (vk_ways *w, const uint8_t *program, size_t n, uint32_t phrase);

/* No more patterns: index them.  VK_OK or VK_ERR_NOMEM. */
int vk_ways_finish (vk_ways *w);
void vk_ways_free (vk_ways *w);


/* Does a pattern begin with this unit? */
static inline int vk_ways_begin (const vk_ways *w, unsigned unit) {
  return w->at[unit + 1] > w->at[unit];
}


/* Is there more than plain phrases? */
static inline int vk_ways_any (const vk_ways *w) {
  return w->shared || w->n > 0;
}

#endif
