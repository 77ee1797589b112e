/*
** Inside of a lexicon: phrases as a trie read from their last unit to the first,
** and a filter that says where a phrase may end.  Private to the corpus files.
*/

#ifndef vk_lexicon_h
#define vk_lexicon_h

#include "corpus.h"
#include "tokens.h"

#define VK_FILTER_FEW 16        /* distinct units that vectors compare one by one */
#define VK_FILTER_BLOCK 64      /* units that make one word of the filter's answer */

typedef struct vk_edge {
  uint64_t key;           /* node << 16 | unit; 0: empty */
  uint32_t child;
} vk_edge;

typedef struct vk_filter vk_filter;

/*
** Set bit j of mask[b] when a phrase may end at unit 64 b + j of `units`, for
** `blocks` blocks.  The unit before the first one is readable.
*/
typedef void vk_filter_run (const vk_filter *f, const uint8_t *units, size_t blocks,
                            uint64_t *mask);

struct vk_filter {
  vk_filter_run *run;
  uint16_t last[VK_FILTER_FEW], before[VK_FILTER_FEW];  /* of each phrase's end */
  size_t n_last;          /* distinct last units; VK_FILTER_FEW + 1: more */
  size_t n_before;        /* distinct units before them; 0: do not look */
  uint64_t *pairs;        /* bits by hash of the last two units */
  unsigned shift;         /* of that hash */
  uint64_t *single;       /* bits by unit: phrases of one unit; NULL: there are none */
};

struct vk_lexicon {
  size_t phrases;         /* added */
  size_t longest;         /* in units */
  vk_edge *edges;         /* open addressing, a power of two */
  size_t n_edges, slots;
  uint32_t *phrase;       /* 1 + phrase that ends at a node (its first unit); 0: none */
  size_t nodes, nodes_cap;
  vk_filter filter;
};

/* The child of a node by a unit, or 0. */
static inline uint32_t vk_lexicon_child (const vk_lexicon *lex, uint32_t node, unsigned unit) {
  uint64_t key = (uint64_t)node << 16 | unit;
  size_t i = (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & (lex->slots - 1);
  while (lex->edges[i].key != key) {
    if (lex->edges[i].key == 0) return 0;
    i = (i + 1) & (lex->slots - 1);
  }
  return lex->edges[i].child;
}


static inline uint32_t vk_filter_pair (const vk_filter *f, unsigned before, unsigned last) {
  return ((uint32_t)before | (uint32_t)last << 16) * 0x9E3779B1u >> f->shift;
}

/* Make the filter of a lexicon whose trie is complete.  VK_OK or VK_ERR_NOMEM. */
int vk_filter_make (vk_filter *f, const vk_lexicon *lex);
void vk_filter_free (vk_filter *f);

/* The vector forms of vk_filter_run (host/filter_simd.c), for few units; NULL:
   this machine has none. */
vk_filter_run *vk_filter_vectors (void);

#endif
