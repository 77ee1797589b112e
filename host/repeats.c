/*
** Every run of `least` syllables of the targets is in a hash table; a text is gone
** through with a rolling hash (Karp and Rabin 1987), and what meets is compared and
** made as long as it can be.
*/

#include "repeats.h"

#include <stdlib.h>
#include <string.h>

#include "interrupt.h"
#include "tokens.h"

#define BASE 0x9E3779B97F4A7C15u
#define MOST_ALIKE 64           /* places of one run in the targets that are looked at */

/* A syllable with its unit. */
typedef struct syllable { uint32_t id, unit; } syllable;

typedef struct target { size_t first, n; } target;        /* syllables of `all` */

struct vk_repeats {
  unsigned least;
  uint64_t power;         /* BASE to the power of least - 1 */
  uint8_t *skipped;       /* bits by id; VK_TYPE_LIMIT of them */
  vk_buf all;             /* syllable: those of the targets, one after another */
  vk_buf targets;         /* target */
  vk_buf text;            /* syllable: those of the text at hand */
  /* the table, made when a text is first gone through */
  uint32_t *slots;        /* 1 + a place of `all` where a run begins; 0: empty */
  uint32_t *next;         /* by place: 1 + the next one with the same slot; 0: none */
  uint32_t *target_of;    /* by place */
  size_t n_slots;         /* a power of two */
};


vk_repeats *vk_repeats_new (unsigned least) {
  vk_repeats *r = calloc(1, sizeof(*r));
  unsigned i;
  if (r == NULL) return NULL;
  r->least = least;
  r->skipped = calloc(VK_TYPE_LIMIT / 8 + 1, 1);
  if (r->skipped == NULL) {
    free(r);
    return NULL;
  }
  for (r->power = 1, i = 1; i < least; i++) r->power *= BASE;
  return r;
}


static void drop_table (vk_repeats *r) {
  free(r->slots);
  free(r->next);
  free(r->target_of);
  r->slots = r->next = r->target_of = NULL;
}


void vk_repeats_free (vk_repeats *r) {
  if (r == NULL) return;
  drop_table(r);
  free(r->skipped);
  vk_buf_free(&r->all);
  vk_buf_free(&r->targets);
  vk_buf_free(&r->text);
  free(r);
}


int vk_repeats_skip (vk_repeats *r, uint32_t id) {
  if (id < VK_TYPE_LIMIT) r->skipped[id / 8] |= (uint8_t)(1u << id % 8);
  return VK_OK;
}


static syllable *syllables (const vk_buf *b, size_t *n) {
  *n = b->len / sizeof(syllable);
  return (syllable *)(void *)b->data;
}


/* Append the syllables of the units [from, to). */
static int cut (const vk_repeats *r, const uint8_t *units, size_t from, size_t to, vk_buf *out) {
  size_t i, width;
  syllable *p;
  if (vk_buf_reserve(out, (to - from) * sizeof(*p)) != VK_OK) return VK_ERR_NOMEM;
  p = (syllable *)(void *)(out->data + out->len);
  for (i = from; i < to; i += width) {
    uint32_t id = vk_unit_id(units, to, i, &width);
    if (id < VK_TYPE_FIRST || id >= VK_TYPE_LIMIT || (r->skipped[id / 8] >> id % 8 & 1)) continue;
    *p++ = (syllable){ id, (uint32_t)i };
  }
  out->len = (size_t)((char *)p - out->data);
  return VK_OK;
}


int vk_repeats_add (vk_repeats *r, const uint8_t *units, size_t from, size_t to) {
  target t = { r->all.len / sizeof(syllable), 0 };
  int rc;
  if (t.first + (to - from) >= UINT32_MAX / 2) return VK_ERR_FULL;
  rc = cut(r, units, from, to, &r->all);
  t.n = r->all.len / sizeof(syllable) - t.first;
  if (rc == VK_OK) rc = vk_buf_append(&r->targets, &t, sizeof(t));
  drop_table(r);
  return rc;
}


static uint64_t hash_run (const vk_repeats *r, const syllable *s) {
  uint64_t h = 0;
  unsigned i;
  for (i = 0; i < r->least; i++) h = h * BASE + s[i].id;
  return h;
}


static uint64_t roll (const vk_repeats *r, uint64_t h, const syllable *s) {
  return (h - s[0].id * r->power) * BASE + s[r->least].id;
}


static size_t slot_of (const vk_repeats *r, uint64_t h) {
  h = (h ^ h >> 29) * 0xBF58476D1CE4E5B9u;
  return (size_t)(h >> 32) & (r->n_slots - 1);
}


/* Put the runs of one target into the table, the last first: chains are in order. */
static void put_target (vk_repeats *r, const syllable *all, uint32_t number, const target *t) {
  size_t i;
  for (i = 0; i < t->n; i++) r->target_of[t->first + i] = number;
  for (i = t->n; i >= r->least; i--) {
    size_t place = t->first + i - r->least, slot = slot_of(r, hash_run(r, all + place));
    r->next[place] = r->slots[slot];
    r->slots[slot] = (uint32_t)place + 1;
  }
}


static int make_table (vk_repeats *r) {
  const target *targets = (const target *)(const void *)r->targets.data;
  size_t n, i, n_targets = r->targets.len / sizeof(*targets);
  const syllable *all = syllables(&r->all, &n);
  if (r->slots != NULL) return VK_OK;
  for (r->n_slots = 1024; r->n_slots < 2 * n; r->n_slots *= 2) {}
  r->slots = calloc(r->n_slots, sizeof(*r->slots));
  r->next = calloc(n + 1, sizeof(*r->next));
  r->target_of = calloc(n + 1, sizeof(*r->target_of));
  if (r->slots == NULL || r->next == NULL || r->target_of == NULL) {
    drop_table(r);
    return VK_ERR_NOMEM;
  }
  for (i = n_targets; i > 0; i--) put_target(r, all, (uint32_t)(i - 1), &targets[i - 1]);
  return VK_OK;
}


/* A place of the targets against a place of the text: append the run that begins at both. */
static int meet (const vk_repeats *r, size_t place, const syllable *text, size_t n, size_t at,
                 vk_buf *out) {
  size_t n_all, length = 0;
  const syllable *all = syllables(&r->all, &n_all);
  const target *t = (const target *)(const void *)r->targets.data + r->target_of[place];
  size_t end = t->first + t->n;
  vk_repeat found;
  if (place > t->first && at > 0 && all[place - 1].id == text[at - 1].id) return VK_OK;
  while (place + length < end && at + length < n && all[place + length].id == text[at + length].id)
    length++;
  if (length < r->least) return VK_OK;
  found = (vk_repeat){
    r->target_of[place], (uint32_t)(place - t->first), (uint32_t)length,
    all[place].unit, (size_t)all[place + length - 1].unit + 1,
    text[at].unit, (size_t)text[at + length - 1].unit + 1
  };
  return vk_buf_append(out, &found, sizeof(found));
}


static int meet_all (const vk_repeats *r, uint64_t h, const syllable *text, size_t n, size_t at,
                     vk_buf *out) {
  uint32_t place = r->slots[slot_of(r, h)];
  int looked = 0, rc = VK_OK;
  for (; rc == VK_OK && place != 0 && looked < MOST_ALIKE; place = r->next[place - 1], looked++)
    rc = meet(r, place - 1, text, n, at, out);
  return rc;
}


int vk_repeats_find (vk_repeats *r, const uint8_t *units, size_t n, vk_buf *out) {
  const syllable *text;
  size_t i, met;
  uint64_t h = 0;
  int rc = make_table(r);
  r->text.len = 0;
  if (vk_interrupted()) return VK_ERR_INTERRUPTED;
  if (rc == VK_OK) rc = cut(r, units, 0, n, &r->text);
  text = syllables(&r->text, &met);
  for (i = 0; rc == VK_OK && i + r->least <= met; i++) {
    h = (i == 0) ? hash_run(r, text) : roll(r, h, text + i - 1);
    rc = meet_all(r, h, text, met, i, out);
  }
  return rc;
}
