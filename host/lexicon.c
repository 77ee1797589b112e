/*
** Building a lexicon.
*/

#include "lexicon.h"

#include <stdlib.h>
#include <string.h>


vk_lexicon *vk_lexicon_new (void) {
  vk_lexicon *lex = calloc(1, sizeof(*lex));
  if (lex != NULL) lex->nodes = VK_NODE_FIRST - 1;
  return lex;
}


void vk_lexicon_free (vk_lexicon *lex) {
  if (lex == NULL) return;
  vk_filter_free(&lex->filter);
  vk_ways_free(&lex->ways);
  free(lex->edges);
  free(lex);
}


size_t vk_lexicon_size (const vk_lexicon *lex) {
  return lex->phrases;
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
  for (i = 0; i < old_slots; i++) {
    uint64_t key = VK_EDGE_KEY(&old[i]);
    if (key != 0) *vk_lexicon_edge(lex, key) = old[i];
  }
  free(old);
  return VK_OK;
}


/* The edge of a node by a unit, made when it is not there.  Borrowed until the next. */
static int make_edge (vk_lexicon *lex, uint32_t node, unsigned unit, vk_edge **edge) {
  uint64_t key = vk_edge_key(node, unit);
  if (grow_edges(lex) != VK_OK) return VK_ERR_NOMEM;
  *edge = vk_lexicon_edge(lex, key);
  if ((*edge)->key_after != 0) return VK_OK;
  if (lex->nodes + 1 >= VK_NODE_LIMIT) return VK_ERR_FULL;
  **edge = (vk_edge){ key, (uint32_t)++lex->nodes, 0 };
  lex->n_edges++;
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
  vk_edge *edge = NULL;
  size_t i;
  int rc = check_phrase(units, n);
  if (rc != VK_OK || n == 0) return rc;
  lex->singles |= n == 1;
  rc = (n == 1) ? make_edge(lex, 0, vk_unit_at(units, 0), &edge)
       : make_edge(lex, vk_unit_at(units, 0), vk_unit_at(units, 1), &edge);
  for (i = 2; rc == VK_OK && i < n; i++) {
    unsigned unit = vk_unit_at(units, i);
    edge->key_after |= vk_edge_after(unit);
    rc = make_edge(lex, edge->child, unit, &edge);
  }
  if (rc != VK_OK) return rc;
  if (edge->phrase == 0) edge->phrase = (uint32_t)phrase;
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


int vk_lexicon_finish (vk_lexicon *lex) {
  if (grow_edges(lex) != VK_OK || vk_ways_finish(&lex->ways) != VK_OK) return VK_ERR_NOMEM;
  return vk_filter_make(&lex->filter, lex);
}
