/*
** Building a lexicon.
*/

#include "lexicon.h"

#include <stdlib.h>
#include <string.h>


vk_lexicon *vk_lexicon_new (void) {
  return calloc(1, sizeof(vk_lexicon));
}


void vk_lexicon_free (vk_lexicon *lex) {
  if (lex == NULL) return;
  vk_filter_free(&lex->filter);
  vk_ways_free(&lex->ways);
  free(lex->edges);
  free(lex->pairs);
  free(lex->phrase);
  free(lex);
}


size_t vk_lexicon_size (const vk_lexicon *lex) {
  return lex->phrases;
}


/* The slot of an edge, or the empty one where it would go. */
static vk_edge *slot_of (const vk_lexicon *lex, uint64_t key) {
  size_t i = vk_lexicon_home(lex, key);
  while (lex->edges[i] != 0 && VK_EDGE_KEY(lex->edges[i]) != key) i = (i + 1) & (lex->slots - 1);
  return &lex->edges[i];
}


/* Room for one more edge: the table stays less than half full. */
static int grow_edges (vk_lexicon *lex) {
  vk_edge *old = lex->edges;
  size_t i, old_slots = lex->slots, slots = old_slots ? 2 * old_slots : 64;
  if (2 * (lex->n_edges + 1) < old_slots) return VK_OK;
  lex->edges = calloc(slots, sizeof(*lex->edges));
  if (lex->edges == NULL) {
    lex->edges = old;
    return VK_ERR_NOMEM;
  }
  lex->slots = slots;
  for (i = 0; i < old_slots; i++)
    if (old[i] != 0) *slot_of(lex, VK_EDGE_KEY(old[i])) = old[i];
  free(old);
  return VK_OK;
}


/* Room for one more node; node 0 is the root. */
static int grow_nodes (vk_lexicon *lex) {
  size_t cap = lex->nodes_cap ? 2 * lex->nodes_cap : 64;
  uint32_t *phrase;
  if (lex->nodes + 1 < lex->nodes_cap) return VK_OK;
  phrase = realloc(lex->phrase, cap * sizeof(*phrase));
  if (phrase == NULL) return VK_ERR_NOMEM;
  memset(phrase + lex->nodes_cap, 0, (cap - lex->nodes_cap) * sizeof(*phrase));
  lex->phrase = phrase;
  lex->nodes_cap = cap;
  return VK_OK;
}


/* The child of a node by a unit, made when it is not there. */
static int child_of (vk_lexicon *lex, uint32_t node, unsigned unit, uint32_t *child) {
  uint64_t key = (uint64_t)node << 16 | unit;
  vk_edge *e;
  if (grow_edges(lex) != VK_OK || grow_nodes(lex) != VK_OK) return VK_ERR_NOMEM;
  e = slot_of(lex, key);
  if (*e == 0) {
    if (lex->nodes + 1 >= VK_NODE_LIMIT) return VK_ERR_FULL;
    *e = key | (vk_edge)++lex->nodes << VK_EDGE_KEY_BITS;
    lex->n_edges++;
  }
  *child = VK_EDGE_CHILD(*e);
  return VK_OK;
}


/* Phrases have whole types in them, and neither sentence nor passage ends. */
static int check_phrase (const uint8_t *units, size_t n) {
  size_t i, width;
  if (n > VK_PHRASE_MAX) return VK_ERR_REFUSED;
  for (i = 0; i < n; i += width) {
    uint32_t id = vk_unit_id(units, n, i, &width);
    if (id < VK_TYPE_FIRST || vk_is_trail(vk_unit_at(units, i))) return VK_ERR_BAD_INPUT;
    if (vk_is_lead(vk_unit_at(units, i)) &&
        (width < 2 || !vk_is_trail(vk_unit_at(units, i + 1)))) return VK_ERR_BAD_INPUT;
  }
  return VK_OK;
}


/* Add the way to a phrase, whose number may be there already. */
static int add_units (vk_lexicon *lex, const uint8_t *units, size_t n, size_t phrase) {
  uint32_t node = 0;
  size_t i;
  int rc = check_phrase(units, n);
  for (i = 0; rc == VK_OK && i < n; i++) rc = child_of(lex, node, vk_unit_at(units, i), &node);
  if (rc != VK_OK || n == 0) return rc;
  if (lex->phrase[node] == 0) lex->phrase[node] = (uint32_t)phrase;
  if (n > lex->longest) lex->longest = n;
  return VK_OK;
}


int vk_lexicon_add (vk_lexicon *lex, const uint8_t *units, size_t n) {
  int rc = add_units(lex, units, n, lex->phrases + 1);
  if (rc == VK_OK) lex->phrases++;
  return rc;
}


int vk_lexicon_add_spelling (vk_lexicon *lex, const uint8_t *units, size_t n) {
  if (lex->phrases == 0) return VK_ERR_BAD_INPUT;
  lex->ways.shared = 1;
  return add_units(lex, units, n, lex->phrases);
}


int vk_lexicon_add_pattern (vk_lexicon *lex, const uint8_t *program, size_t n) {
  int rc = vk_ways_add(&lex->ways, program, n, (uint32_t)lex->phrases);
  if (rc == VK_OK) lex->phrases++;
  return rc;
}


/* Set the flags of all edges. */
static int flag_edges (vk_lexicon *lex) {
  uint8_t *parent = calloc(lex->nodes + 1, 1);
  size_t i;
  if (parent == NULL) return VK_ERR_NOMEM;
  for (i = 0; i < lex->slots; i++) parent[VK_EDGE_KEY(lex->edges[i]) >> 16] = 1;
  for (i = 0; i < lex->slots; i++) {
    vk_edge *e = &lex->edges[i];
    if (*e == 0) continue;
    if (parent[VK_EDGE_CHILD(*e)]) *e |= VK_EDGE_GOES_ON;
    if (lex->phrase[VK_EDGE_CHILD(*e)] != 0) *e |= VK_EDGE_ENDS;
  }
  free(parent);
  return VK_OK;
}


/* The child of the root that a node is, by its unit; 0 for all others. */
static int units_below_root (const vk_lexicon *lex, uint16_t **unit) {
  size_t i;
  *unit = calloc(lex->nodes + 1, sizeof(**unit));
  if (*unit == NULL) return VK_ERR_NOMEM;
  for (i = 0; i < lex->slots; i++) {
    uint64_t key = VK_EDGE_KEY(lex->edges[i]);
    if (key != 0 && key >> 16 == 0) (*unit)[VK_EDGE_CHILD(lex->edges[i])] = (uint16_t)key;
  }
  return VK_OK;
}


static int make_pairs (vk_lexicon *lex) {
  uint16_t *unit;
  size_t i, home;
  for (lex->pair_slots = 64; lex->pair_slots < 2 * lex->n_edges; lex->pair_slots *= 2) {}
  lex->pairs = calloc(lex->pair_slots, sizeof(*lex->pairs));
  if (lex->pairs == NULL || units_below_root(lex, &unit) != VK_OK) return VK_ERR_NOMEM;
  for (i = 0; i < lex->slots; i++) {
    uint64_t key = VK_EDGE_KEY(lex->edges[i]);
    unsigned first = unit[key >> 16];
    if (first == 0) continue;
    key = vk_lexicon_pair_key(first, (unsigned)(key & 0xFFFF));
    home = vk_lexicon_pair_home(lex, key);
    while (lex->pairs[home] != 0) home = (home + 1) & (lex->pair_slots - 1);
    lex->pairs[home] = lex->edges[i] - VK_EDGE_KEY(lex->edges[i]) + key;
  }
  free(unit);
  return VK_OK;
}


int vk_lexicon_finish (vk_lexicon *lex) {
  int rc = VK_OK;
  if (grow_edges(lex) != VK_OK || grow_nodes(lex) != VK_OK || flag_edges(lex) != VK_OK ||
      vk_ways_finish(&lex->ways) != VK_OK)
    return VK_ERR_NOMEM;
  rc = vk_filter_make(&lex->filter, lex);
  if (rc == VK_OK && lex->filter.pairs != NULL && lex->filter.single == NULL) rc = make_pairs(lex);
  return rc;
}
