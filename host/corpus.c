/*
** The pass over token streams: candidates from the filter, phrases from the trie,
** and the rule that says which occurrence is free, nested or overlapped.
*/

#include "corpus.h"

#include <stdlib.h>
#include <string.h>

#include "interrupt.h"
#include "lexicon.h"
#include "tally.h"

#define CHUNK 64                /* blocks that the filter answers at once */
#define NONE UINT32_MAX

/* An occurrence that waits until none can come any more that starts before it. */
typedef struct waiting {
  uint32_t units, phrase;
  uint32_t next;          /* the next shorter one with the same start, or NONE */
} waiting;

struct vk_scan {
  const vk_lexicon *lex;
  vk_tally tally;
  /* occurrences by start, modulo the ring's size; each list longest first */
  uint32_t *ring;
  size_t ring_mask;
  waiting *pool;
  size_t pool_cap, pool_used;
  uint32_t spare;         /* list of free places in the pool */
  size_t n_waiting;
  size_t from;            /* no occurrence that starts before waits */
  /* the chosen occurrence that was met last */
  size_t chosen_end;
  uint32_t chosen;
  /* the document at hand */
  const uint8_t *units;
  size_t n;
};


vk_scan *vk_scan_new (const vk_lexicon *lex, const vk_scan_options *options) {
  size_t i, size = 2;
  vk_scan *scan = calloc(1, sizeof(*scan));
  if (scan == NULL) return NULL;
  while (size < lex->longest + 2) size *= 2;
  scan->lex = lex;
  scan->ring = malloc(size * sizeof(*scan->ring));
  scan->ring_mask = size - 1;
  scan->spare = NONE;
  if (scan->ring == NULL || vk_tally_init(&scan->tally, lex->phrases, options) != VK_OK) {
    vk_scan_free(scan);
    return NULL;
  }
  for (i = 0; i < size; i++) scan->ring[i] = NONE;
  return scan;
}


void vk_scan_free (vk_scan *scan) {
  if (scan == NULL) return;
  vk_tally_free(&scan->tally);
  free(scan->ring);
  free(scan->pool);
  free(scan);
}


static uint32_t take_place (vk_scan *scan) {
  uint32_t place = scan->spare;
  if (place != NONE) {
    scan->spare = scan->pool[place].next;
    return place;
  }
  if (scan->pool_used == scan->pool_cap) {
    size_t cap = scan->pool_cap ? 2 * scan->pool_cap : 64;
    waiting *pool = (cap < NONE) ? realloc(scan->pool, cap * sizeof(*pool)) : NULL;
    if (pool == NULL) return NONE;
    scan->pool = pool;
    scan->pool_cap = cap;
  }
  return (uint32_t)scan->pool_used++;
}


/* Judge one occurrence; they come by start, longest first. */
static int judge (vk_scan *scan, size_t start, uint32_t units, uint32_t phrase) {
  size_t end = start + units;
  vk_hit hit = { .unit = start, .units = units, .phrase = phrase, .kind = VK_FREE };
  if (start >= scan->chosen_end) {
    scan->chosen = phrase;
    scan->chosen_end = end;
  }
  else {
    hit.kind = (end <= scan->chosen_end) ? VK_NESTED : VK_OVERLAPPED;
    hit.container = scan->chosen + 1;
  }
  return vk_tally_add(&scan->tally, &hit);
}


/* Judge what starts before `limit`: nothing that comes later can start there. */
static int settle (vk_scan *scan, size_t limit) {
  while (scan->n_waiting > 0 && scan->from < limit) {
    uint32_t *slot = &scan->ring[scan->from & scan->ring_mask];
    while (*slot != NONE) {
      uint32_t place = *slot;
      waiting *w = &scan->pool[place];
      int rc = judge(scan, scan->from, w->units, w->phrase);
      *slot = w->next;
      w->next = scan->spare;
      scan->spare = place;
      scan->n_waiting--;
      if (rc != VK_OK) return rc;
    }
    scan->from++;
  }
  if (scan->from < limit) scan->from = limit;
  return VK_OK;
}


/* Ends come in ascending order, so a longer one goes before those with its start. */
static int wait_for (vk_scan *scan, size_t start, size_t units, uint32_t phrase) {
  uint32_t *slot = &scan->ring[start & scan->ring_mask];
  uint32_t place = take_place(scan);
  if (place == NONE) return VK_ERR_NOMEM;
  scan->pool[place] = (waiting){ (uint32_t)units, phrase, *slot };
  *slot = place;
  scan->n_waiting++;
  return VK_OK;
}


/* All phrases that end with unit `last`. */
static int phrases_at (vk_scan *scan, size_t last) {
  const vk_lexicon *lex = scan->lex;
  vk_edge edge = VK_EDGE_GOES_ON;
  size_t start = last + 1;
  while (start > 0 && (edge & VK_EDGE_GOES_ON)) {
    int rc = VK_OK;
    edge = vk_lexicon_edge(lex, VK_EDGE_CHILD(edge), vk_unit_at(scan->units, --start));
    if ((edge & VK_EDGE_ENDS) == 0) continue;
    if (scan->from + lex->longest < last + 1) rc = settle(scan, last + 1 - lex->longest);
    if (rc == VK_OK) rc = wait_for(scan, start, last + 1 - start, lex->phrase[VK_EDGE_CHILD(edge)] - 1);
    if (rc != VK_OK) return rc;
  }
  return VK_OK;
}


/* The candidates of some blocks that start at unit `at`. */
static int candidates (vk_scan *scan, size_t at, size_t blocks, const uint64_t *mask) {
  size_t b;
  for (b = 0; b < blocks; b++) {
    uint64_t m = mask[b];
    for (; m != 0; m &= m - 1) {
      int rc = phrases_at(scan, at + VK_FILTER_BLOCK * b + (size_t)__builtin_ctzll(m));
      if (rc != VK_OK) return rc;
    }
  }
  return VK_OK;
}


/* Fewer units than a block, up to the end of the document. */
static int scan_rest (vk_scan *scan, size_t at) {
  uint8_t padded[2 * (VK_FILTER_BLOCK + 1)] = { 0 };
  uint64_t mask;
  const vk_filter *filter = &scan->lex->filter;
  if (at >= scan->n) return VK_OK;
  memcpy(padded, scan->units + 2 * (at - 1), 2 * (scan->n - at + 1));
  filter->run(filter, padded + 2, 1, &mask);
  mask &= ((uint64_t)1 << (scan->n - at)) - 1;        /* the padding may look like an end */
  return candidates(scan, at, 1, &mask);
}


static int scan_units (vk_scan *scan) {
  const vk_filter *filter = &scan->lex->filter;
  uint64_t mask[CHUNK];
  size_t at = 1;
  int rc = (scan->n > 0) ? phrases_at(scan, 0) : VK_OK;
  while (rc == VK_OK && at + VK_FILTER_BLOCK <= scan->n) {
    size_t blocks = (scan->n - at) / VK_FILTER_BLOCK;
    if (blocks > CHUNK) blocks = CHUNK;
    filter->run(filter, scan->units + 2 * at, blocks, mask);
    rc = candidates(scan, at, blocks, mask);
    at += blocks * VK_FILTER_BLOCK;
    if (rc == VK_OK && vk_interrupted()) rc = VK_ERR_INTERRUPTED;
  }
  if (rc == VK_OK) rc = scan_rest(scan, at);
  return (rc == VK_OK) ? settle(scan, scan->n) : rc;
}


int vk_scan_document (vk_scan *scan, int64_t document, size_t group, const uint8_t *units,
                      size_t n) {
  if (vk_interrupted()) return VK_ERR_INTERRUPTED;
  vk_tally_document(&scan->tally, document, group);
  scan->units = units;
  scan->n = n;
  scan->from = scan->chosen_end = 0;
  return (scan->lex->longest > 0) ? scan_units(scan) : VK_OK;
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
