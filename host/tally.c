/*
** Counting occurrences.
*/

#include "tally.h"

#include <stdlib.h>
#include <string.h>


int vk_tally_init (vk_tally *t, size_t phrases, const vk_scan_options *options) {
  memset(t, 0, sizeof(*t));
  t->phrases = phrases;
  t->options = *options;
  t->seen = calloc(phrases + 1, sizeof(*t->seen));
  return (t->seen != NULL) ? VK_OK : VK_ERR_NOMEM;
}


static void free_group (vk_group *g) {
  free(g->cells);
  free(g->kept);
}


void vk_tally_free (vk_tally *t) {
  size_t i;
  for (i = 0; i < t->n_groups; i++) free_group(&t->groups[i]);
  free(t->groups);
  free(t->seen);
  free(t->by_key);
  free(t->inside);
  vk_buf_free(&t->keys);
  vk_buf_free(&t->hits);
  memset(t, 0, sizeof(*t));
}


static uint64_t hash_bytes (const char *s, size_t n) {
  uint64_t h = 0x9E3779B97F4A7C15u ^ n;
  size_t i;
  for (i = 0; i < n; i++) h = (h ^ (uint8_t)s[i]) * 0x100000001B3u;
  return h ^ h >> 32;
}


/* The slot of the key [at, at + n) of `keys`: its group's, or the empty one. */
static size_t key_slot (const vk_tally *t, size_t at, size_t n) {
  size_t i = (size_t)hash_bytes(t->keys.data + at, n) & (t->key_slots - 1);
  for (; t->by_key[i] != 0; i = (i + 1) & (t->key_slots - 1)) {
    const vk_group *g = &t->groups[t->by_key[i] - 1];
    if (g->key_len == n && memcmp(t->keys.data + g->key, t->keys.data + at, n) == 0) break;
  }
  return i;
}


static int grow_keys (vk_tally *t) {
  size_t i, slots = t->key_slots ? 2 * t->key_slots : 32;
  uint32_t *by_key;
  if (2 * (t->n_groups + 1) <= t->key_slots) return VK_OK;
  by_key = calloc(slots, sizeof(*by_key));
  if (by_key == NULL) return VK_ERR_NOMEM;
  free(t->by_key);
  t->by_key = by_key;
  t->key_slots = slots;
  for (i = 0; i < t->n_groups; i++)
    by_key[key_slot(t, t->groups[i].key, t->groups[i].key_len)] = (uint32_t)(i + 1);
  return VK_OK;
}


static int grow_groups (vk_tally *t) {
  size_t cap = t->groups_cap ? 2 * t->groups_cap : 16;
  vk_group *groups;
  if (t->n_groups < t->groups_cap) return VK_OK;
  groups = realloc(t->groups, cap * sizeof(*groups));
  if (groups == NULL) return VK_ERR_NOMEM;
  t->groups = groups;
  t->groups_cap = cap;
  return VK_OK;
}


/* Put the counts of the next group into its place. */
static int make_cells (vk_tally *t, vk_group *g) {
  g->cells = calloc(t->phrases + 1, sizeof(*g->cells));
  if (t->options.hits_per > 0) g->kept = calloc(t->phrases + 1, sizeof(*g->kept));
  if (g->cells != NULL && (t->options.hits_per == 0 || g->kept != NULL)) return VK_OK;
  free_group(g);
  return VK_ERR_NOMEM;
}


int64_t vk_tally_group (vk_tally *t, char tag, const void *key, size_t n) {
  size_t at = t->keys.len, slot;
  vk_group group = { .key = at, .key_len = n + 1 };
  if (grow_keys(t) != VK_OK || grow_groups(t) != VK_OK) return VK_ERR_NOMEM;
  if (vk_buf_byte(&t->keys, tag) != VK_OK || vk_buf_append(&t->keys, key, n) != VK_OK)
    return VK_ERR_NOMEM;
  slot = key_slot(t, at, n + 1);
  if (t->by_key[slot] != 0) {
    t->keys.len = at;
    return (int64_t)t->by_key[slot] - 1;
  }
  if (make_cells(t, &group) != VK_OK) return VK_ERR_NOMEM;
  t->groups[t->n_groups] = group;
  t->by_key[slot] = (uint32_t)++t->n_groups;
  return (int64_t)t->n_groups - 1;
}


void vk_tally_document (vk_tally *t, int64_t document, size_t group) {
  t->documents++;
  t->document = document;
  t->group = group;
  t->cells = t->groups[group].cells;
  t->groups[group].documents++;
}


static vk_inside *inside_slot (const vk_tally *t, const vk_inside *k) {
  uint64_t h = ((uint64_t)k->inner << 32 | k->outer) * 0x9E3779B97F4A7C15u;
  size_t i = (size_t)((h ^ k->group * 0xC2B2AE3D27D4EB4Fu) >> 32) & (t->inside_slots - 1);
  for (; t->inside[i].n != 0; i = (i + 1) & (t->inside_slots - 1)) {
    const vk_inside *e = &t->inside[i];
    if (e->inner == k->inner && e->outer == k->outer && e->group == k->group) break;
  }
  return &t->inside[i];
}


/* Room for one more; a sorted table becomes a hashed one again. */
static int grow_inside (vk_tally *t) {
  vk_inside *old = t->inside;
  size_t i, old_slots = t->inside_sorted ? t->n_inside : t->inside_slots;
  size_t slots = t->inside_slots ? t->inside_slots : 32;
  if (!t->inside_sorted && 2 * (t->n_inside + 1) <= t->inside_slots) return VK_OK;
  while (slots < 4 * (t->n_inside + 1)) slots *= 2;
  t->inside = calloc(slots, sizeof(*t->inside));
  if (t->inside == NULL) {
    t->inside = old;
    return VK_ERR_NOMEM;
  }
  t->inside_slots = slots;
  t->inside_sorted = 0;
  for (i = 0; i < old_slots; i++)
    if (old[i].n != 0) *inside_slot(t, &old[i]) = old[i];
  free(old);
  return VK_OK;
}


int vk_tally_nested (vk_tally *t, uint32_t inner, uint32_t outer) {
  vk_inside key = { (uint32_t)t->group, inner, outer, 0 }, *e;
  if (grow_inside(t) != VK_OK) return VK_ERR_NOMEM;
  e = inside_slot(t, &key);
  if (e->n == 0) {
    *e = key;
    t->n_inside++;
  }
  e->n++;
  return VK_OK;
}


int vk_tally_keep (vk_tally *t, vk_hit *hit) {
  const vk_scan_options *o = &t->options;
  uint32_t *kept = t->groups[t->group].kept;
  if ((o->kinds >> hit->kind & 1) == 0) return VK_OK;
  if (t->hits.len / sizeof(*hit) >= o->hits ||
      (kept != NULL && kept[hit->phrase] >= o->hits_per)) {
    t->cut = 1;
    return VK_OK;
  }
  if (kept != NULL) kept[hit->phrase]++;
  hit->document = t->document;
  hit->group = (uint32_t)t->group;
  return (vk_buf_append(&t->hits, hit, sizeof(*hit)) == VK_OK) ? VK_ROW : VK_ERR_NOMEM;
}


vk_hit *vk_tally_latest (vk_tally *t) {
  return (vk_hit *)(void *)(t->hits.data + t->hits.len) - 1;
}


static int by_group_and_phrases (const void *pa, const void *pb) {
  const vk_inside *a = pa, *b = pb;
  if (a->group != b->group) return (a->group > b->group) ? 1 : -1;
  if (a->inner != b->inner) return (a->inner > b->inner) ? 1 : -1;
  return (a->outer > b->outer) - (a->outer < b->outer);
}


const vk_inside *vk_tally_inside (vk_tally *t, size_t *n) {
  size_t i, used = 0;
  if (!t->inside_sorted) {
    for (i = 0; i < t->inside_slots; i++)
      if (t->inside[i].n != 0) t->inside[used++] = t->inside[i];
    if (used > 1) qsort(t->inside, used, sizeof(*t->inside), by_group_and_phrases);
    t->inside_sorted = 1;
  }
  *n = t->n_inside;
  return t->inside;
}
