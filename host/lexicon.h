/*
** Inside of a lexicon: phrases as a trie, and a filter that says where a phrase may
** start.  Private to the corpus files.
*/

#ifndef vk_lexicon_h
#define vk_lexicon_h

#include "corpus.h"
#include "tokens.h"
#include "ways.h"

#define VK_FILTER_FEW 16        /* distinct units that vectors compare at once */
#define VK_FILTER_SLOTS 32      /* of their table: one vector register */
#define VK_FILTER_BLOCK 64      /* units that make one word of the filter's answer */

/*
** An edge of the trie.  The root's child by a unit has that unit for its number, and
** needs no edge: phrases begin with an edge of two units, and those of a single unit
** are edges of node 0.  In one word the key, node << 16 | unit in 39 bits, never 0 since
** no phrase has unit 0; and above it, bits by hash of the units that may follow, so that
** most walks end without another look into the table.
*/
typedef struct vk_edge {
  uint64_t key_after;     /* 0: empty */
  uint32_t child;
  uint32_t phrase;        /* 1 + the phrase that is complete here; 0: none */
} vk_edge;

#define VK_NODE_BITS 23
#define VK_NODE_LIMIT (1u << VK_NODE_BITS)
#define VK_NODE_FIRST 65536u    /* below: children of the root */
#define VK_EDGE_KEY_BITS (16 + VK_NODE_BITS)
#define VK_EDGE_AFTER_BITS (64 - VK_EDGE_KEY_BITS)
#define VK_EDGE_KEY(e) ((e)->key_after & (((uint64_t)1 << VK_EDGE_KEY_BITS) - 1))

typedef struct vk_filter vk_filter;

/*
** Set bit j of mask[b] when a phrase may start at unit 64 b + j of `units`, for
** `blocks` blocks.  The unit after the last one is readable.
*/
typedef void vk_filter_run (const vk_filter *f, const uint8_t *units, size_t blocks,
                            uint64_t *mask);

/* A few distinct units. */
typedef struct vk_few {
  uint16_t unit[VK_FILTER_FEW];   /* repeated up to VK_FILTER_FEW */
  size_t n;                       /* VK_FILTER_FEW + 1: more */
  /* each unit in the slot that is its product with `factor`, shifted, and others than
     their own in the empty ones; factor 0: none was found that keeps them apart */
  uint16_t slot[VK_FILTER_SLOTS], factor;
} vk_few;

struct vk_filter {
  vk_filter_run *run;
  vk_few first, second;   /* units with which phrases begin; none second: do not look */
  uint64_t *pairs;        /* bits by hash of the first two units */
  unsigned shift;         /* of that hash */
  uint64_t *single;       /* bits by unit: phrases of one unit; NULL: there are none */
};

struct vk_lexicon {
  size_t phrases;         /* added */
  size_t longest;         /* in units */
  vk_edge *edges;         /* open addressing, a power of two */
  size_t n_edges, slots;
  size_t nodes;           /* the number of the latest node */
  int singles;            /* there are phrases of one unit */
  vk_filter filter;
  vk_ways ways;           /* more than plain phrases */
};

static inline uint64_t vk_edge_key (uint32_t node, unsigned unit) {
  return (uint64_t)node << 16 | unit;
}


/* Where the edge of a key is looked for first. */
static inline vk_edge *vk_lexicon_home (const vk_lexicon *lex, uint64_t key) {
  return &lex->edges[(key * 0x9E3779B97F4A7C15u) >> 32 & (lex->slots - 1)];
}


/* The edge of a key, or the empty one where it would be. */
static inline vk_edge *vk_lexicon_edge (const vk_lexicon *lex, uint64_t key) {
  vk_edge *e = vk_lexicon_home(lex, key);
  while (e->key_after != 0 && VK_EDGE_KEY(e) != key)
    if (++e == lex->edges + lex->slots) e = lex->edges;
  return e;
}


/* The bit of `key_after` for a unit that may follow. */
static inline uint64_t vk_edge_after (unsigned unit) {
  uint32_t hash = unit * 40503u & 0xFFFF;
  return (uint64_t)1 << (VK_EDGE_KEY_BITS + (hash * VK_EDGE_AFTER_BITS >> 16));
}


static inline uint32_t vk_filter_pair (const vk_filter *f, unsigned first, unsigned second) {
  return ((uint32_t)first | (uint32_t)second << 16) * 0x9E3779B1u >> f->shift;
}


/* Make the filter of a lexicon whose trie is complete.  VK_OK or VK_ERR_NOMEM. */
int vk_filter_make (vk_filter *f, const vk_lexicon *lex);
void vk_filter_free (vk_filter *f);

/* The vector form of vk_filter_run for few units (host/filter_simd.c), up to a
   level: 1 SSE2, 2 AVX2, 3 AVX-512 (tests/filter holds them equal).  NULL: there is none. */
vk_filter_run *vk_filter_vectors (const vk_filter *f, unsigned level);

#endif
