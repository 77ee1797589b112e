/*
** The table of types: open addressing over forms, kinds by id.
*/

#include "types.h"

#include <stdlib.h>
#include <string.h>

#include "tokens.h"


void vk_types_init (vk_types *t) {
  memset(t, 0, sizeof(*t));
  t->next_id = VK_TYPE_FIRST;
}


void vk_types_free (vk_types *t) {
  vk_buf_free(&t->forms);
  free(t->entries);
  free(t->index);
  free(t->kinds);
  vk_types_init(t);
}


static uint32_t hash_form (const char *s, size_t n) {
  uint64_t h = 0x9E3779B97F4A7C15u ^ n;
  size_t i;
  for (i = 0; i < n; i++) h = (h ^ (uint8_t)s[i]) * 0x100000001B3u;
  return (uint32_t)(h ^ h >> 32);
}


/* The slot of a form, or the empty one where it would go. */
static size_t slot_of (const vk_types *t, const char *form, size_t n, uint32_t hash) {
  size_t i = hash & (t->slots - 1);
  for (; t->index[i] != 0; i = (i + 1) & (t->slots - 1)) {
    const vk_types_entry *e = &t->entries[t->index[i] - 1];
    if (e->hash == hash && e->n == n && memcmp(t->forms.data + e->at, form, n) == 0) break;
  }
  return i;
}


const vk_types_entry *vk_types_find (const vk_types *t, const char *form, size_t n) {
  size_t i;
  if (t->n == 0 || n == 0) return NULL;
  i = slot_of(t, form, n, hash_form(form, n));
  return (t->index[i] != 0) ? &t->entries[t->index[i] - 1] : NULL;
}


/* Put every entry into the (empty) index again. */
static void index_all (vk_types *t) {
  size_t i;
  memset(t->index, 0, t->slots * sizeof(*t->index));
  for (i = 0; i < t->n; i++) {
    const vk_types_entry *e = &t->entries[i];
    size_t slot = e->hash & (t->slots - 1);
    while (t->index[slot] != 0) slot = (slot + 1) & (t->slots - 1);
    t->index[slot] = (uint32_t)(i + 1);
  }
}


static int grow_index (vk_types *t) {
  size_t slots = t->slots ? 2 * t->slots : 64;
  uint32_t *index;
  if (2 * (t->n + 1) <= t->slots) return VK_OK;
  index = malloc(slots * sizeof(*index));
  if (index == NULL) return VK_ERR_NOMEM;
  free(t->index);
  t->index = index;
  t->slots = slots;
  index_all(t);
  return VK_OK;
}


static int grow_entries (vk_types *t) {
  size_t cap = t->cap ? 2 * t->cap : 64;
  vk_types_entry *entries;
  if (t->n < t->cap) return VK_OK;
  entries = realloc(t->entries, cap * sizeof(*entries));
  if (entries == NULL) return VK_ERR_NOMEM;
  t->entries = entries;
  t->cap = cap;
  return VK_OK;
}


static int grow_kinds (vk_types *t, uint32_t id) {
  size_t cap = t->kinds_cap ? t->kinds_cap : 256;
  uint8_t *kinds;
  if (id < t->kinds_cap) return VK_OK;
  while (cap <= id) cap *= 2;
  kinds = realloc(t->kinds, cap);
  if (kinds == NULL) return VK_ERR_NOMEM;
  memset(kinds + t->kinds_cap, 0, cap - t->kinds_cap);
  t->kinds = kinds;
  t->kinds_cap = cap;
  return VK_OK;
}


int vk_types_add (vk_types *t, const char *form, size_t n, uint32_t id, uint8_t kind) {
  uint32_t hash = hash_form(form, n);
  vk_types_entry *e;
  size_t at = t->forms.len;
  if (grow_index(t) != VK_OK || grow_entries(t) != VK_OK || grow_kinds(t, id) != VK_OK ||
      vk_buf_append(&t->forms, form, n) != VK_OK)
    return VK_ERR_NOMEM;
  t->index[slot_of(t, form, n, hash)] = (uint32_t)(t->n + 1);
  e = &t->entries[t->n++];
  *e = (vk_types_entry){ .at = at, .n = n, .id = id, .hash = hash, .kind = kind };
  t->kinds[id] = (uint8_t)(kind + 1);
  if (id >= t->next_id) t->next_id = id + 1;
  return VK_OK;
}


int vk_types_kind (const vk_types *t, uint32_t id) {
  return (id < t->kinds_cap) ? t->kinds[id] - 1 : -1;
}


void vk_types_cut (vk_types *t, uint32_t next_id) {
  size_t i, kept = 0;
  for (i = 0; i < t->n; i++) {
    if (t->entries[i].id < next_id) t->entries[kept++] = t->entries[i];
    else t->kinds[t->entries[i].id] = 0;
  }
  t->n = kept;
  if (next_id < t->next_id) t->next_id = (next_id < VK_TYPE_FIRST) ? VK_TYPE_FIRST : next_id;
  if (t->slots > 0) index_all(t);
}
