/*
** Inside of a lexicon: phrases as a trie, and a filter that says where a phrase may
** start.  Private to the corpus files.
*/

#ifndef vk_lexicon_h
#define vk_lexicon_h

#include "corpus.h"
#include "tokens.h"
#include "ways.h"

#define VK_FILTER_FEW 16        /* distinct units that vectors compare one by one */
#define VK_FILTER_BLOCK 64      /* units that make one word of the filter's answer */

/*
** An edge of the trie in one word: from 39 bits of key (node << 16 | unit, never
** 0 because no phrase has unit 0) to 23 bits of child, and two flags, so that a
** walk touches nothing else until a phrase is found.
*/
typedef uint64_t vk_edge;

#define VK_NODE_BITS 23
#define VK_NODE_LIMIT (1u << VK_NODE_BITS)
#define VK_EDGE_KEY_BITS (16 + VK_NODE_BITS)
#define VK_EDGE_KEY(e) ((e) & (((uint64_t)1 << VK_EDGE_KEY_BITS) - 1))
#define VK_EDGE_CHILD(e) ((uint32_t)((e) >> VK_EDGE_KEY_BITS) & (VK_NODE_LIMIT - 1))
#define VK_EDGE_ENDS ((uint64_t)1 << 62)        /* a phrase is complete at the child */
#define VK_EDGE_GOES_ON ((uint64_t)1 << 63)     /* the child has edges */

typedef struct vk_filter vk_filter;

/*
** Set bit j of mask[b] when a phrase may start at unit 64 b + j of `units`, for
** `blocks` blocks.  The unit after the last one is readable.
*/
typedef void vk_filter_run (const vk_filter *f, const uint8_t *units, size_t blocks,
                            uint64_t *mask);

struct vk_filter {
  vk_filter_run *run;
  /* the units with which phrases begin; repeated up to VK_FILTER_FEW */
  uint16_t first[VK_FILTER_FEW], second[VK_FILTER_FEW];
  size_t n_first;         /* distinct first units; VK_FILTER_FEW + 1: more */
  size_t n_second;        /* distinct second units; 0: do not look */
  uint64_t *pairs;        /* bits by hash of the first two units */
  unsigned shift;         /* of that hash */
  uint64_t *single;       /* bits by unit: phrases of one unit; NULL: there are none */
};

struct vk_lexicon {
  size_t phrases;         /* added */
  size_t longest;         /* in units */
  vk_edge *edges;         /* open addressing, a power of two; 0: empty */
  size_t n_edges, slots;
  uint32_t *phrase;       /* 1 + phrase that ends at a node (its first unit); 0: none */
  size_t nodes, nodes_cap;        /* nodes without the root, which is 0 */
  vk_filter filter;
  vk_ways ways;           /* more than plain phrases */
  /* many phrases, none of one unit: the edges below the root's children once more,
     with the first two units of a phrase as key; NULL otherwise */
  vk_edge *pairs;
  size_t pair_slots;      /* a power of two */
};

/* The slot where the edge of a key is looked for first. */
static inline size_t vk_lexicon_home (const vk_lexicon *lex, uint64_t key) {
  return (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & (lex->slots - 1);
}


/* The edge of a node by a unit, or 0. */
static inline vk_edge vk_lexicon_edge (const vk_lexicon *lex, uint32_t node, unsigned unit) {
  uint64_t key = (uint64_t)node << 16 | unit;
  size_t i = vk_lexicon_home(lex, key);
  while (lex->edges[i] != 0 && VK_EDGE_KEY(lex->edges[i]) != key) i = (i + 1) & (lex->slots - 1);
  return lex->edges[i];
}


/* A key of `pairs`: both units are in 39 bits, and neither is 0. */
static inline uint64_t vk_lexicon_pair_key (unsigned first, unsigned second) {
  return (uint64_t)first << 16 | second;
}


static inline size_t vk_lexicon_pair_home (const vk_lexicon *lex, uint64_t key) {
  return (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & (lex->pair_slots - 1);
}


/* The edge of the two units that may begin a phrase, or 0. */
static inline vk_edge vk_lexicon_pair (const vk_lexicon *lex, unsigned first, unsigned second) {
  uint64_t key = vk_lexicon_pair_key(first, second);
  size_t i = vk_lexicon_pair_home(lex, key);
  while (lex->pairs[i] != 0 && VK_EDGE_KEY(lex->pairs[i]) != key)
    i = (i + 1) & (lex->pair_slots - 1);
  return lex->pairs[i];
}


static inline uint32_t vk_filter_pair (const vk_filter *f, unsigned first, unsigned second) {
  return ((uint32_t)first | (uint32_t)second << 16) * 0x9E3779B1u >> f->shift;
}


/* Make the filter of a lexicon whose trie is complete.  VK_OK or VK_ERR_NOMEM. */
int vk_filter_make (vk_filter *f, const vk_lexicon *lex);
void vk_filter_free (vk_filter *f);

/* The vector form of vk_filter_run for few units (host/filter_simd.c), up to a
   level: 1 SSE2, 2 AVX2, 3 AVX-512.  NULL: this machine has none. */
vk_filter_run *vk_filter_vectors (unsigned level);

#endif
