/*
** The pass over token streams: candidates from the filter, phrases from the trie,
** and the rule that says which occurrence is free, nested or overlapped.
*/

#include "corpus.h"

#include <stdlib.h>
#include <string.h>

#include "boundary.h"
#include "interrupt.h"
#include "lexicon.h"
#include "spread.h"
#include "tally.h"

#define CHUNK 16                /* blocks that the filter answers at once */
#define PLACES (CHUNK * VK_FILTER_BLOCK)
#define LARGE 4096              /* slots of a trie that does not stay in the nearest cache */
#define AHEAD 8                 /* places between fetching an edge and looking at it */

/* A phrase that starts where the scan stands. */
typedef struct start { uint32_t units, phrase; } start;

struct vk_scan {
  const vk_lexicon *lex;
  vk_tally tally;
  vk_spread spread;       /* with the option `passages` */
  start *starts;          /* room for one phrase of each length, and for each pattern */
  uint64_t *met;          /* by phrase: the place where it was met last; NULL: plain phrases */
  uint64_t place;         /* places looked at so far */
  /* the chosen occurrence that was met last */
  size_t chosen_end;
  uint32_t chosen;
  /* the document at hand */
  const uint8_t *units;
  size_t n;
  /* how far its passages were counted, how many, and where the latest begins */
  size_t looked, passages, first;
  /* where phrases may start in the blocks at hand, and the edges of the two units there */
  uint16_t places[PLACES];
  const vk_edge *edges[PLACES];
};


vk_scan *vk_scan_new (const vk_lexicon *lex, const vk_scan_options *options) {
  vk_scan *scan = calloc(1, sizeof(*scan));
  int rc;
  if (scan == NULL) return NULL;
  scan->lex = lex;
  rc = vk_tally_init(&scan->tally, lex->phrases, options);
  if (options->passages) scan->tally.options.hits = SIZE_MAX;
  scan->starts = malloc((lex->longest + 2 + lex->ways.n) * sizeof(*scan->starts));
  if (vk_ways_any(&lex->ways)) scan->met = calloc(lex->phrases + 1, sizeof(*scan->met));
  if (rc != VK_OK || scan->starts == NULL || (vk_ways_any(&lex->ways) && scan->met == NULL)) {
    vk_scan_free(scan);
    return NULL;
  }
  return scan;
}


void vk_scan_free (vk_scan *scan) {
  if (scan == NULL) return;
  vk_tally_free(&scan->tally);
  vk_spread_free(&scan->spread);
  free(scan->starts);
  free(scan->met);
  free(scan);
}


/* The passage a place stands in; places of a document come from left to right. */
static void find_passage (vk_scan *scan, vk_hit *hit) {
  if (hit->unit > scan->looked) {
    size_t more = vk_boundaries(scan->units, scan->looked, hit->unit);
    if (more > 0) scan->first = vk_boundary_behind(scan->units, scan->looked, hit->unit);
    scan->passages += more;
    scan->looked = hit->unit;
  }
  hit->passage = scan->passages;
  hit->first = scan->first;
}


/* Keep an occurrence, `kind` of which was met. */
static int keep (vk_scan *scan, size_t at, const start *found, enum vk_hit_kind kind) {
  vk_hit hit = {
    .unit = at, .units = found->units, .phrase = found->phrase, .kind = kind,
    .container = (kind != VK_FREE) ? scan->chosen + 1 : 0
  };
  int rc = vk_tally_keep(&scan->tally, &hit);
  if (rc == VK_ROW) find_passage(scan, vk_tally_latest(&scan->tally));
  return (rc < 0) ? rc : VK_OK;
}


/*
** Judge one occurrence; they come by start, longest first.  Without branches, which a
** compiler makes of conditions: in dense texts each would be guessed wrong every other time.
*/
static inline int judge (vk_scan *scan, size_t at, const start *found) {
  vk_tally *tally = &scan->tally;
  size_t end = at + found->units;
  unsigned taken = at < scan->chosen_end, cut = taken & (end > scan->chosen_end);
  enum vk_hit_kind kind =
    (enum vk_hit_kind)(VK_FREE + taken * VK_NESTED + cut * (VK_OVERLAPPED - VK_NESTED));
  int rc = VK_OK;
  scan->chosen ^= (scan->chosen ^ found->phrase) & (taken - 1);
  scan->chosen_end ^= (scan->chosen_end ^ end) & ((size_t)taken - 1);
  vk_tally_count(tally, found->phrase, kind);
  if (tally->options.inside && kind == VK_NESTED)
    rc = vk_tally_nested(tally, found->phrase, scan->chosen);
  if (rc == VK_OK && tally->options.hits > 0) rc = keep(scan, at, found, kind);
  return rc;
}


/* Note the phrase that an edge completes, if there is one; how many there are then.  One
   more is written than counted: the room for it is there. */
static inline size_t note_start (vk_scan *scan, size_t n, const vk_edge *edge, size_t units) {
  scan->starts[n] = (start){ (uint32_t)units, edge->phrase - 1 };
  return n + (edge->phrase != 0);
}


/* All phrases that start at a unit, shortest first; how many.  `edge` is that of this unit
   and the next, or an empty one. */
static inline size_t phrases_at (vk_scan *scan, size_t at, const vk_edge *edge) {
  const vk_lexicon *lex = scan->lex;
  size_t n = 0, next = at + 2;
  if (lex->singles)
    n = note_start(scan, n, vk_lexicon_edge(lex, vk_edge_key(0, vk_unit_at(scan->units, at))), 1);
  while (edge->key_after != 0) {
    unsigned unit;
    n = note_start(scan, n, edge, next - at);
    if (next >= scan->n) break;
    unit = vk_unit_at(scan->units, next++);
    if ((edge->key_after & vk_edge_after(unit)) == 0) break;
    edge = vk_lexicon_edge(lex, vk_edge_key(edge->child, unit));
  }
  return n;
}


/* Add a pattern's longest match to the n starts, which stand shortest first; of the same
   length the earlier phrase comes later, since they are taken from the end. */
static size_t add_match (vk_scan *scan, size_t at, size_t n, uint32_t way) {
  const vk_way *w = &scan->lex->ways.list[way];
  start found = { 0, w->phrase };
  size_t i = n;
  found.units = (uint32_t)vk_pattern_match(w->pattern, scan->units, scan->n, at);
  if (found.units == 0) return n;
  for (; i > 0; i--) {
    const start *s = &scan->starts[i - 1];
    if (s->units < found.units || (s->units == found.units && s->phrase > found.phrase)) break;
    scan->starts[i] = *s;
  }
  scan->starts[i] = found;
  return n + 1;
}


/* Take what starts at a unit where the lexicon has patterns or spellings: each phrase
   counts once, at its longest. */
static int take_ways (vk_scan *scan, size_t at, const vk_edge *edge) {
  const vk_ways *ways = &scan->lex->ways;
  size_t n = phrases_at(scan, at, edge), i;
  int rc = VK_OK;
  if (ways->n > 0) {
    unsigned unit = vk_unit_at(scan->units, at);
    for (i = ways->at[unit]; i < ways->at[unit + 1]; i++)
      n = add_match(scan, at, n, ways->by_first[i]);
    for (i = 0; i < ways->n_anyhow; i++) n = add_match(scan, at, n, ways->anyhow[i]);
  }
  scan->place++;
  while (rc == VK_OK && n > 0) {
    const start *found = &scan->starts[--n];
    if (scan->met[found->phrase] == scan->place) continue;
    scan->met[found->phrase] = scan->place;
    rc = judge(scan, at, found);
  }
  return (rc == VK_OK && vk_interrupted()) ? VK_ERR_INTERRUPTED : rc;
}


/* Take the plain phrases that start at a unit. */
static inline int take_plain (vk_scan *scan, size_t at, const vk_edge *edge) {
  size_t n = phrases_at(scan, at, edge);
  int rc = VK_OK;
  while (rc == VK_OK && n > 0) rc = judge(scan, at, &scan->starts[--n]);
  return rc;
}


/* Write down the places of the bits, behind n others; how many there are then. */
static inline size_t write_places (uint16_t *places, size_t n, size_t block, uint64_t mask) {
  size_t first = block * VK_FILTER_BLOCK;
  places[n] = (uint16_t)(first + (size_t)__builtin_ctzll(mask | (uint64_t)1 << 63));
  n += mask != 0;       /* most often none or one: no branch to guess */
  for (mask &= mask - 1; mask != 0; mask &= mask - 1)
    places[n++] = (uint16_t)(first + (size_t)__builtin_ctzll(mask));
  return n;
}


/* The key of the edge of a unit and the next.  None has unit 0: no phrase does, and behind
   unit 0 no phrase of one unit, an edge of node 0, is taken for one of two. */
static inline uint64_t key_at (const vk_scan *scan, size_t at) {
  unsigned unit = vk_unit_at(scan->units, at);
  unsigned next = (unit != 0 && at + 1 < scan->n) ? vk_unit_at(scan->units, at + 1) : 0;
  return vk_edge_key(unit, next);
}


/* Fetch the edge that the next unit leads to, whether it is there or not. */
static inline void fetch_beyond (const vk_scan *scan, const vk_edge *edge, size_t next) {
  unsigned unit = (next < scan->n) ? vk_unit_at(scan->units, next) : 0;
  __builtin_prefetch(vk_lexicon_home(scan->lex, vk_edge_key(edge->child, unit)));
}


/*
** Find the edges of the first n places after unit `from`, and leave out places where
** nothing starts; how many are left.  A large trie lies far from the processor: it is
** fetched some places ahead.
*/
static size_t find_edges (vk_scan *scan, size_t from, size_t n) {
  const vk_lexicon *lex = scan->lex;
  int large = lex->slots >= LARGE, anyhow = lex->singles || lex->ways.n > 0;
  size_t i, left = 0;
  for (i = 0; i < n; i++) {
    size_t at = from + scan->places[i];
    const vk_edge *edge = vk_lexicon_edge(lex, key_at(scan, at));
    if (large) {
      if (i + AHEAD < n)
        __builtin_prefetch(vk_lexicon_home(lex, key_at(scan, from + scan->places[i + AHEAD])));
      fetch_beyond(scan, edge, at + 2);
    }
    scan->places[left] = scan->places[i];
    scan->edges[left] = edge;
    left += (edge->key_after != 0) | anyhow;
  }
  return left;
}


/* Take what starts at the first n places after unit `from`. */
static int take_places (vk_scan *scan, size_t from, size_t n) {
  size_t i, left = find_edges(scan, from, n);
  int rc = VK_OK;
  for (i = 0; rc == VK_OK && i < left; i++) {
    size_t at = from + scan->places[i];
    if (scan->met == NULL) rc = take_plain(scan, at, scan->edges[i]);
    else rc = take_ways(scan, at, scan->edges[i]);
  }
  return rc;
}


/* At most a block of units, up to the end of the document. */
static int take_rest (vk_scan *scan, size_t at) {
  uint8_t padded[2 * (VK_FILTER_BLOCK + 1)] = { 0 };
  uint64_t mask, ours = UINT64_MAX;
  const vk_filter *filter = &scan->lex->filter;
  size_t n = scan->n - at;
  if (n == 0) return VK_OK;
  memcpy(padded, scan->units + 2 * at, 2 * n);
  filter->run(filter, padded, 1, &mask);
  if (n < VK_FILTER_BLOCK) ours = ((uint64_t)1 << n) - 1;   /* padding is no candidate */
  return take_places(scan, at, write_places(scan->places, 0, 0, mask & ours));
}


static int scan_units (vk_scan *scan) {
  const vk_filter *filter = &scan->lex->filter;
  uint64_t mask[CHUNK];
  size_t at = 0;
  int rc = VK_OK;
  while (rc == VK_OK && at + VK_FILTER_BLOCK < scan->n) {
    size_t blocks = (scan->n - at - 1) / VK_FILTER_BLOCK, n = 0, b;
    if (blocks > CHUNK) blocks = CHUNK;
    filter->run(filter, scan->units + 2 * at, blocks, mask);
    for (b = 0; b < blocks; b++) n = write_places(scan->places, n, b, mask[b]);
    rc = take_places(scan, at, n);
    at += blocks * VK_FILTER_BLOCK;
    if (rc == VK_OK && vk_interrupted()) rc = VK_ERR_INTERRUPTED;
  }
  return (rc == VK_OK) ? take_rest(scan, at) : rc;
}


/* The hits of the document at hand become counts of its passages. */
static int spread_hits (vk_scan *scan) {
  vk_buf *hits = &scan->tally.hits;
  int rc = vk_spread_document(&scan->spread, scan->lex->phrases, scan->units, scan->n,
                              (const vk_hit *)(const void *)hits->data,
                              hits->len / sizeof(vk_hit));
  hits->len = 0;
  return rc;
}


int vk_scan_document (vk_scan *scan, int64_t document, size_t group, const uint8_t *units,
                      size_t n) {
  int rc = VK_OK;
  if (vk_interrupted()) return VK_ERR_INTERRUPTED;
  vk_tally_document(&scan->tally, document, group);
  scan->units = units;
  scan->n = n;
  scan->chosen_end = 0;
  scan->looked = scan->passages = scan->first = 0;
  if (scan->lex->longest + scan->lex->ways.n > 0) rc = scan_units(scan);
  vk_tally_settle(&scan->tally);
  return (rc == VK_OK && scan->tally.options.passages) ? spread_hits(scan) : rc;
}


int64_t vk_scan_group (vk_scan *scan, char tag, const void *key, size_t n) {
  return vk_tally_group(&scan->tally, tag, key, n);
}


int vk_scan_add (vk_scan *scan, size_t group, size_t k, int64_t value) {
  int64_t *sum = &scan->tally.groups[group].sums[k];
  return __builtin_add_overflow(*sum, value, sum) ? VK_ERR_FULL : VK_OK;
}


int64_t vk_scan_sum (const vk_scan *scan, size_t group, size_t k) {
  return scan->tally.groups[group].sums[k];
}


size_t vk_scan_groups (const vk_scan *scan) {
  return scan->tally.n_groups;
}


size_t vk_scan_documents (const vk_scan *scan) {
  return scan->tally.documents;
}


size_t vk_scan_documents_in (const vk_scan *scan, size_t group) {
  return scan->tally.groups[group].documents;
}


const char *vk_scan_key (const vk_scan *scan, size_t group, char *tag, size_t *n) {
  const vk_group *g = &scan->tally.groups[group];
  *tag = scan->tally.keys.data[g->key];
  *n = g->key_len - 1;
  return scan->tally.keys.data + g->key + 1;
}


const vk_cell *vk_scan_cells (const vk_scan *scan, size_t group) {
  return scan->tally.groups[group].cells;
}


const vk_inside *vk_scan_inside (vk_scan *scan, size_t *n) {
  return vk_tally_inside(&scan->tally, n);
}


const vk_hit *vk_scan_hits (const vk_scan *scan, size_t *n, int *cut) {
  *n = scan->tally.hits.len / sizeof(vk_hit);
  *cut = scan->tally.cut;
  return (const vk_hit *)(const void *)scan->tally.hits.data;
}


const vk_passage_count *vk_scan_passages (const vk_scan *scan, size_t *n) {
  *n = scan->spread.records.len / sizeof(vk_passage_count);
  return (const vk_passage_count *)(const void *)scan->spread.records.data;
}


int vk_scan_full (const vk_scan *scan) {
  return scan->tally.hits.len / sizeof(vk_hit) >= scan->tally.options.hits;
}
