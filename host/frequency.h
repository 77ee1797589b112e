/*
** How often types, and runs of types (n-grams), stand in token streams, in two
** groups side by side: one set of documents and another, or the surroundings of
** a phrase and everything else.
**
** Only syllables count.  An n-gram is n syllables that follow each other: no
** mark, number, sentence end or passage end stands between them.
*/

#ifndef vk_frequency_h
#define vk_frequency_h

#include <stddef.h>
#include <stdint.h>

#include "corpus.h"
#include "vk.h"

#define VK_NGRAM_MAX 5

/* Counts of one n-gram, by group. */
typedef struct vk_gram {
  uint64_t key[2];        /* ids of 20 bits: three in the first word, two in the second */
  uint32_t count[2];
  uint32_t documents[2];  /* that hold it in this group */
  uint32_t last[2];       /* 1 + number of the last document (or segment) that held it */
} vk_gram;

typedef struct vk_frequency vk_frequency;       /* opaque */

/* Nothing counted; n from 1 to VK_NGRAM_MAX.  Returns new, or NULL. */
vk_frequency *vk_frequency_new (unsigned n);
void vk_frequency_free (vk_frequency *f);

/* A type that is no syllable.  VK_OK, VK_ERR_NOMEM, VK_ERR_BAD_INPUT for an id
   that no type has. */
int vk_frequency_skip (vk_frequency *f, uint32_t id);

/*
** Count a document of n units in a group (0, 1).  VK_ERR_NOMEM,
** VK_ERR_INTERRUPTED, VK_ERR_FULL when there are too many different n-grams;
** the counts are then good for nothing but vk_frequency_free.
*/
int vk_frequency_document (vk_frequency *f, unsigned group, const uint8_t *units, size_t n);

/*
** Count a document in which a node stands at `hits` (in order of place): group 0
** is what stands within `left` syllables before or `right` after one of them in
** the same sentence, group 1 the rest; the node itself is left out of both.
*/
int vk_frequency_window (vk_frequency *f, const uint8_t *units, size_t n, const vk_hit *hits,
                         size_t n_hits, size_t left, size_t right);

/*
** The same by segments (sentences, or whole passages): each n-gram counts once a
** segment, group 0 where the segment holds the node, group 1 where it does not.
*/
int vk_frequency_segments (vk_frequency *f, const uint8_t *units, size_t n, const vk_hit *hits,
                           size_t n_hits, int passages);

/* N-gram positions (or segments) counted in a group, and documents. */
uint64_t vk_frequency_total (const vk_frequency *f, unsigned group);
uint64_t vk_frequency_documents (const vk_frequency *f, unsigned group);

/*
** How many n-grams have `least` occurrences or more (in group 0 alone when
** `first`), and in *raised the least count that no more than `most` of them reach;
** counts are told apart up to some thousand.
*/
uint64_t vk_frequency_above (const vk_frequency *f, int first, uint64_t least, uint64_t most,
                             uint64_t *raised);

/* Step through what was counted: *at begins with 0; NULL at the end.  Borrowed. */
const vk_gram *vk_frequency_next (const vk_frequency *f, size_t *at);

/* Write the ids of an n-gram. */
void vk_frequency_ids (const vk_frequency *f, const vk_gram *gram, uint32_t ids[VK_NGRAM_MAX]);

/*
** Where hits (in order of place) stand, in syllables from the start of the
** document, counted from 0; how many syllables it has comes back.
*/
size_t vk_frequency_places (const vk_frequency *f, const uint8_t *units, size_t n,
                            const vk_hit *hits, size_t n_hits, uint64_t *places);

#endif
