/*
** Hits put together by passage: how often each phrase stands in each passage.
*/

#ifndef vk_spread_h
#define vk_spread_h

#include "corpus.h"

typedef struct vk_spread {
  size_t phrases;
  uint32_t *count;        /* by phrase, in the passage at hand; owned */
  uint32_t *first;        /* by phrase: the unit of its first hit there */
  uint32_t *met;          /* phrases that are there, n_met of them */
  size_t n_met;
  vk_buf records;         /* vk_passage_count, in the order of documents and passages */
} vk_spread;

void vk_spread_free (vk_spread *s);

/*
** Take the hits of one document, in the order of their places, and its stream of n
** units.  A document without hits leaves nothing.  VK_OK or VK_ERR_NOMEM.
*/
int vk_spread_document (vk_spread *s, size_t phrases, const uint8_t *units, size_t n,
                        const vk_hit *hits, size_t n_hits);

#endif
