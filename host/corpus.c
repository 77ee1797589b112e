/*
** The pass over token streams: candidates from the filter, phrases from the trie,
** and the rule that says which occurrence is free, nested or overlapped.
*/

#include "corpus.h"

#include <stdlib.h>
#include <string.h>

#include "interrupt.h"
#include "lexicon.h"
#include "spread.h"
#include "tally.h"

#define CHUNK 64                /* blocks that the filter answers at once */

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
};


vk_scan *vk_scan_new (const vk_lexicon *lex, const vk_scan_options *options) {
  vk_scan *scan = calloc(1, sizeof(*scan));
  if (scan == NULL) return NULL;
  scan->lex = lex;
  vk_tally_init(&scan->tally, lex->phrases, options);
  if (options->passages) scan->tally.options.hits = SIZE_MAX;
  scan->starts = malloc((lex->longest + 1 + lex->ways.n) * sizeof(*scan->starts));
  if (vk_ways_any(&lex->ways)) scan->met = calloc(lex->phrases + 1, sizeof(*scan->met));
  if (scan->starts == NULL || (vk_ways_any(&lex->ways) && scan->met == NULL)) {
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
  for (; scan->looked < hit->unit; scan->looked++) {
    if (vk_unit_at(scan->units, scan->looked) != VK_UNIT_PASSAGE) continue;
    scan->passages++;
    scan->first = scan->looked + 1;
  }
  hit->passage = scan->passages;
  hit->first = scan->first;
}


/*
** Judge one occurrence; they come by start, longest first.  Without branches: in
** dense texts each would be guessed wrong every other time.
*/
static int judge (vk_scan *scan, size_t at, const start *found) {
  size_t end = at + found->units;
  unsigned taken = at < scan->chosen_end, cut = taken & (end > scan->chosen_end);
  int rc;
  vk_hit hit = {
    .unit = at, .units = found->units, .phrase = found->phrase,
    .kind = (enum vk_hit_kind)(VK_FREE + taken * VK_NESTED + cut * (VK_OVERLAPPED - VK_NESTED)),
    .container = taken ? scan->chosen + 1 : 0
  };
  scan->chosen = taken ? scan->chosen : found->phrase;
  scan->chosen_end = taken ? scan->chosen_end : end;
  rc = vk_tally_add(&scan->tally, &hit);
  if (rc == VK_ROW) find_passage(scan, vk_tally_latest(&scan->tally));
  return (rc < 0) ? rc : VK_OK;
}


/* All phrases that start at a unit, shortest first; how many. */
static size_t phrases_at (const vk_scan *scan, size_t at) {
  const vk_lexicon *lex = scan->lex;
  size_t n = 0, next = at + 1;
  vk_edge edge;
  if (lex->pairs == NULL) edge = vk_lexicon_edge(lex, 0, vk_unit_at(scan->units, at));
  else if (next >= scan->n) return 0;
  else {
    edge = vk_lexicon_pair(lex, vk_unit_at(scan->units, at), vk_unit_at(scan->units, next));
    next++;
  }
  for (;;) {
    if (edge & VK_EDGE_ENDS) {
      uint32_t phrase = lex->phrase[VK_EDGE_CHILD(edge)] - 1;
      vk_tally_prepare(&scan->tally, phrase);
      scan->starts[n++] = (start){ (uint32_t)(next - at), phrase };
    }
    if ((edge & VK_EDGE_GOES_ON) == 0 || next >= scan->n) return n;
    edge = vk_lexicon_edge(lex, VK_EDGE_CHILD(edge), vk_unit_at(scan->units, next++));
  }
}


/* Fetch what phrases_at will look at first, where the table is a large one. */
static void prepare (const vk_scan *scan, size_t at, uint64_t mask) {
  const vk_lexicon *lex = scan->lex;
  for (; mask != 0; mask &= mask - 1) {
    const uint8_t *p = scan->units + 2 * (at + (size_t)__builtin_ctzll(mask));
    uint64_t key = vk_lexicon_pair_key(vk_unit_at(p, 0), vk_unit_at(p, 1));
    __builtin_prefetch(&lex->pairs[vk_lexicon_pair_home(lex, key)]);
  }
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
static int take_ways (vk_scan *scan, size_t at) {
  const vk_ways *ways = &scan->lex->ways;
  size_t n = phrases_at(scan, at), i;
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
  return rc;
}


static int take_block_of_ways (vk_scan *scan, size_t at, uint64_t mask) {
  int rc = VK_OK;
  for (; rc == VK_OK && mask != 0; mask &= mask - 1) {
    rc = take_ways(scan, at + (size_t)__builtin_ctzll(mask));
    if (rc == VK_OK && vk_interrupted()) rc = VK_ERR_INTERRUPTED;
  }
  return rc;
}


/* The candidates of one block that starts at unit `at`. */
static int take_block (vk_scan *scan, size_t at, uint64_t mask) {
  if (scan->met != NULL) return take_block_of_ways(scan, at, mask);
  for (; mask != 0; mask &= mask - 1) {
    size_t i = at + (size_t)__builtin_ctzll(mask), n = phrases_at(scan, i);
    while (n > 0) {
      int rc = judge(scan, i, &scan->starts[--n]);
      if (rc != VK_OK) return rc;
    }
  }
  return VK_OK;
}


/* The candidates of some blocks that start at unit `at`; one unit more is there. */
static int take_blocks (vk_scan *scan, size_t at, size_t blocks, const uint64_t *mask) {
  int large = scan->lex->pairs != NULL, rc = VK_OK;
  size_t b;
  if (large) prepare(scan, at, mask[0]);
  for (b = 0; rc == VK_OK && b < blocks; b++, at += VK_FILTER_BLOCK) {
    if (large && b + 1 < blocks) prepare(scan, at + VK_FILTER_BLOCK, mask[b + 1]);
    rc = take_block(scan, at, mask[b]);
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
  return take_block(scan, at, mask & ours);
}


static int scan_units (vk_scan *scan) {
  const vk_filter *filter = &scan->lex->filter;
  uint64_t mask[CHUNK];
  size_t at = 0;
  int rc = VK_OK;
  while (rc == VK_OK && at + VK_FILTER_BLOCK < scan->n) {
    size_t blocks = (scan->n - at - 1) / VK_FILTER_BLOCK;
    if (blocks > CHUNK) blocks = CHUNK;
    filter->run(filter, scan->units + 2 * at, blocks, mask);
    rc = take_blocks(scan, at, blocks, mask);
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
  return (rc == VK_OK && scan->tally.options.passages) ? spread_hits(scan) : rc;
}


int64_t vk_scan_group (vk_scan *scan, char tag, const void *key, size_t n) {
  return vk_tally_group(&scan->tally, tag, key, n);
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
