/*
** N-gram counts.  One syllable is an index into arrays: a document is counted
** into a small one first, which stays near the processor, and what it touched is
** then added to the whole.  More syllables are a key in an open-addressed table.
*/

#include "frequency.h"

#include <stdlib.h>
#include <string.h>

#include "interrupt.h"
#include "tokens.h"

#define ID_BITS 20
#define SLOTS_MAX ((size_t)1 << 24)
#define POLL 65536u             /* units between two looks at the interrupt */

enum { OUTSIDE, INSIDE, NODE };         /* classes of a unit */

struct vk_frequency {
  unsigned n;
  uint8_t *skip;          /* by id; sized as the ids met, reserved units are set */
  size_t ids;             /* size of skip, and of grams when n is 1 */
  vk_gram *grams;         /* by id (n = 1), or a hash table with key[0] = 0 empty */
  size_t slots, used;
  uint64_t total[2], documents[2];
  uint32_t serial;        /* of the document or segment at hand */
  uint32_t *here, *inside;        /* n = 1: counts of the document at hand, by id */
  uint32_t *touched;      /* ids that `here` has counted */
  size_t n_touched;
  vk_buf classes;         /* one byte a unit of the document at hand */
};


vk_frequency *vk_frequency_new (unsigned n) {
  vk_frequency *f = calloc(1, sizeof(*f));
  if (f == NULL) return NULL;
  f->n = n;
  return f;
}


void vk_frequency_free (vk_frequency *f) {
  if (f == NULL) return;
  free(f->skip);
  free(f->grams);
  free(f->here);
  free(f->inside);
  free(f->touched);
  vk_buf_free(&f->classes);
  free(f);
}


/* Make an array of elements of `width` bytes as long as all ids; new ones are 0. */
static int grow (void *array, size_t width, size_t from, size_t to) {
  char **place = array;
  char *larger = realloc(*place, to * width);
  if (larger == NULL) return VK_ERR_NOMEM;
  memset(larger + from * width, 0, (to - from) * width);
  *place = larger;
  return VK_OK;
}


/* Make the arrays by id hold `id`. */
static int reserve_id (vk_frequency *f, uint32_t id) {
  size_t size = f->ids ? f->ids : (size_t)UINT16_MAX + 1;
  int rc = VK_OK;
  while (size <= id) size *= 2;
  if (size == f->ids) return VK_OK;
  if (f->n == 1) {
    rc = grow(&f->grams, sizeof(*f->grams), f->ids, size);
    if (rc == VK_OK) rc = grow(&f->here, sizeof(*f->here), f->ids, size);
    if (rc == VK_OK) rc = grow(&f->inside, sizeof(*f->inside), f->ids, size);
    if (rc == VK_OK) rc = grow(&f->touched, sizeof(*f->touched), f->ids, size + 1);
  }
  if (rc == VK_OK) rc = grow(&f->skip, 1, f->ids, size);
  if (rc != VK_OK) return rc;
  f->skip[VK_UNIT_PASSAGE] = f->skip[VK_UNIT_SENTENCE] = 1;
  f->ids = size;
  return VK_OK;
}


int vk_frequency_skip (vk_frequency *f, uint32_t id) {
  int rc;
  if (id >= VK_TYPE_LIMIT) return VK_ERR_BAD_INPUT;
  rc = reserve_id(f, id);
  if (rc == VK_OK) f->skip[id] = 1;
  return rc;
}


static size_t home_of (const uint64_t key[2], size_t slots) {
  uint64_t h = key[0] * 0x9E3779B97F4A7C15u ^ (key[1] + 1) * 0xC2B2AE3D27D4EB4Fu;
  return (size_t)((h ^ h >> 29) * 0xBF58476D1CE4E5B9u >> 20) & (slots - 1);
}


static vk_gram *slot_of (vk_gram *grams, size_t slots, const uint64_t key[2]) {
  size_t i = home_of(key, slots);
  while (grams[i].key[0] != 0 && (grams[i].key[0] != key[0] || grams[i].key[1] != key[1]))
    i = (i + 1) & (slots - 1);
  return &grams[i];
}


/* Room for one more n-gram in the table. */
static int reserve_slot (vk_frequency *f) {
  size_t i, slots = f->slots ? 2 * f->slots : 4096;
  vk_gram *grams;
  if (10 * (f->used + 1) <= 7 * f->slots) return VK_OK;
  if (slots > SLOTS_MAX) return VK_ERR_FULL;
  grams = calloc(slots, sizeof(*grams));
  if (grams == NULL) return VK_ERR_NOMEM;
  for (i = 0; i < f->slots; i++)
    if (f->grams[i].key[0] != 0) *slot_of(grams, slots, f->grams[i].key) = f->grams[i];
  free(f->grams);
  f->grams = grams;
  f->slots = slots;
  return VK_OK;
}


/* Count one n-gram; `once`: not again in the document or segment at hand. */
static inline void count_gram (vk_frequency *f, vk_gram *gram, unsigned group, int once) {
  if (gram->last[group] != f->serial) {
    gram->last[group] = f->serial;
    gram->documents[group]++;
  }
  else if (once) return;
  gram->count[group]++;
}


/* The syllables in a row before the one at hand. */
typedef struct run {
  uint32_t id[VK_NGRAM_MAX];
  uint8_t inside[VK_NGRAM_MAX];
  unsigned n;
} run;


static void run_push (run *r, unsigned n, uint32_t id, int inside) {
  if (r->n == n) {        /* five at most: a loop, which memory checkers can follow */
    unsigned i;
    for (i = 1; i < n; i++) {
      r->id[i - 1] = r->id[i];
      r->inside[i - 1] = r->inside[i];
    }
    r->n--;
  }
  r->id[r->n] = id;
  r->inside[r->n++] = (uint8_t)inside;
}


/* Count the n-gram that a full run is; inside when all of it is.  n > 1 */
static int count_run (vk_frequency *f, const run *r, unsigned group, int once) {
  uint64_t key[2] = { 0, 0 };
  vk_gram *gram;
  unsigned i, all = 1;
  int rc = reserve_slot(f);
  if (rc != VK_OK) return rc;
  for (i = 0; i < f->n; i++) {
    key[i / 3] |= (uint64_t)r->id[i] << ID_BITS * (i % 3);
    all &= r->inside[i];
  }
  gram = slot_of(f->grams, f->slots, key);
  if (gram->key[0] == 0) {
    gram->key[0] = key[0];
    gram->key[1] = key[1];
    f->used++;
  }
  if (group == 2) group = all ? 0 : 1;
  count_gram(f, gram, group, once);
  if (!once) f->total[group]++;
  return VK_OK;
}


/* One syllable of group; 2: by its class. */
static int count_unit (vk_frequency *f, run *r, uint32_t id, int class, unsigned group, int once) {
  if (class == NODE || f->skip[id]) {
    if (class == NODE || f->n > 1) r->n = 0;
    return VK_OK;
  }
  if (f->n == 1) {
    count_gram(f, &f->grams[id], group, once);
    return VK_OK;
  }
  run_push(r, f->n, id, class == INSIDE);
  return (r->n == f->n) ? count_run(f, r, group, once) : VK_OK;
}


/*
** Count the types of a part of the document at hand, marks and all.  Whether a
** type is new here is as good as chance, so no branch asks: its id is written
** in any case, and the place moves on when it was.
*/
static int count_singles (vk_frequency *f, const uint8_t *units, size_t from, size_t to) {
  uint32_t *here = f->here, *touched = f->touched;
  size_t i, width, n = f->n_touched;
  for (i = from; i < to; i++) {
    uint32_t id = vk_unit_at(units, i), seen;
    if (id >= VK_PAIR_LEAD) {
      id = vk_unit_id(units, to, i, &width);
      i += width - 1;
      f->n_touched = n;
      if (id >= f->ids && reserve_id(f, id) != VK_OK) return VK_ERR_NOMEM;
      here = f->here;
      touched = f->touched;
    }
    seen = here[id];
    here[id] = seen + 1;
    touched[n] = id;
    n += (seen == 0);
  }
  f->n_touched = n;
  return VK_OK;
}


/* Add the counts of the document at hand to the whole; `rest` is the group of what is
   not inside a window. */
static void add_singles (vk_frequency *f, unsigned rest) {
  size_t i;
  for (i = 0; i < f->n_touched; i++) {
    uint32_t id = f->touched[i];
    vk_gram *gram = &f->grams[id];
    uint32_t in = f->inside[id], out = f->here[id] - in;
    f->here[id] = f->inside[id] = 0;
    if (f->skip[id]) continue;
    gram->count[rest] += out;
    gram->documents[rest] += (out > 0);
    f->total[rest] += out;
    if (in == 0) continue;
    gram->count[0] += in;
    gram->documents[0]++;
    f->total[0] += in;
  }
  f->n_touched = 0;
}


/* Count the units from..to; `class` by unit or NULL; group 2: by class. */
static int count_part (vk_frequency *f, unsigned group, const uint8_t *units, size_t from,
                       size_t to, const uint8_t *class, int once) {
  size_t i, width;
  run r = { .n = 0 };
  int rc = VK_OK;
  if (f->n == 1 && !once) return count_singles(f, units, from, to);
  for (i = from; i < to && rc == VK_OK; i += width) {
    uint32_t id = vk_unit_id(units, to, i, &width);
    if (id >= f->ids) rc = reserve_id(f, id);
    if (rc == VK_OK)
      rc = count_unit(f, &r, id, class != NULL ? class[i] : OUTSIDE, group, once);
  }
  return rc;
}


/* In pieces, so that a signal is seen; pieces end where n-grams do. */
static int count_all (vk_frequency *f, unsigned group, const uint8_t *units, size_t n,
                      const uint8_t *class) {
  size_t from = 0;
  int rc = VK_OK;
  while (from < n && rc == VK_OK) {
    size_t to = (n - from > POLL) ? from + POLL : n;
    while (to < n && vk_unit_at(units, to) > VK_UNIT_SENTENCE) to++;
    rc = vk_interrupted() ? VK_ERR_INTERRUPTED
                          : count_part(f, group, units, from, to, class, 0);
    from = to;
  }
  return rc;
}


static int begin (vk_frequency *f) {
  f->serial++;
  return (f->ids == 0) ? reserve_id(f, VK_TYPE_FIRST) : VK_OK;
}


int vk_frequency_document (vk_frequency *f, unsigned group, const uint8_t *units, size_t n) {
  int rc = begin(f);
  if (rc != VK_OK) return rc;
  f->documents[group]++;
  rc = count_all(f, group, units, n, NULL);
  if (f->n == 1) add_singles(f, group);
  return rc;
}


/* Is the unit at i a syllable? */
static int is_syllable (const vk_frequency *f, const uint8_t *units, size_t n, size_t i) {
  size_t width;
  uint32_t id = vk_unit_id(units, n, i, &width);
  return !vk_is_trail(vk_unit_at(units, i)) && id > VK_UNIT_SENTENCE &&
         (id >= f->ids || !f->skip[id]);
}


/* Mark the syllable at i, which is next to a node. */
static void mark_inside (vk_frequency *f, const uint8_t *units, size_t n, uint8_t *class,
                         size_t i) {
  size_t width;
  if (class[i] != OUTSIDE) return;
  class[i] = INSIDE;
  if (f->n == 1) f->inside[vk_unit_id(units, n, i, &width)]++;
}


/* Mark the syllables next to a node that starts at `from` and ends before `to`. */
static void mark_window (vk_frequency *f, const uint8_t *units, size_t n, uint8_t *class,
                         size_t from, size_t to, size_t left, size_t right) {
  size_t i;
  for (i = from; i > 0 && left > 0 && vk_unit_at(units, i - 1) > VK_UNIT_SENTENCE; i--)
    if (is_syllable(f, units, n, i - 1)) {
      mark_inside(f, units, n, class, i - 1);
      left--;
    }
  for (i = to; i < n && right > 0 && vk_unit_at(units, i) > VK_UNIT_SENTENCE; i++)
    if (is_syllable(f, units, n, i)) {
      mark_inside(f, units, n, class, i);
      right--;
    }
}


/* Take the node's own syllables out of the counts of the document at hand. */
static void drop_nodes (vk_frequency *f, const uint8_t *units, size_t n, const vk_hit *hits,
                        size_t n_hits) {
  size_t h, i, width;
  for (h = 0; h < n_hits; h++)
    for (i = hits[h].unit; i < hits[h].unit + hits[h].units; i += width)
      f->here[vk_unit_id(units, n, i, &width)]--;
}


/* Classes of the units of a document: the nodes first, so that no window covers one. */
static uint8_t *mark_nodes (vk_frequency *f, size_t n, const vk_hit *hits, size_t n_hits) {
  size_t i;
  uint8_t *class;
  f->classes.len = 0;
  if (vk_buf_reserve(&f->classes, n + 1) != VK_OK) return NULL;
  class = (uint8_t *)f->classes.data;
  memset(class, OUTSIDE, n);
  for (i = 0; i < n_hits; i++) memset(class + hits[i].unit, NODE, hits[i].units);
  return class;
}


int vk_frequency_window (vk_frequency *f, const uint8_t *units, size_t n, const vk_hit *hits,
                         size_t n_hits, size_t left, size_t right) {
  uint8_t *class = NULL;
  size_t i;
  int rc = begin(f);
  if (rc != VK_OK) return rc;
  f->documents[n_hits > 0 ? 0 : 1]++;
  if (n_hits > 0 && (class = mark_nodes(f, n, hits, n_hits)) == NULL) return VK_ERR_NOMEM;
  if (f->n == 1) rc = count_all(f, 1, units, n, NULL);
  for (i = 0; i < n_hits && rc == VK_OK; i++)
    mark_window(f, units, n, class, hits[i].unit, hits[i].unit + hits[i].units, left, right);
  if (f->n > 1) return (rc == VK_OK) ? count_all(f, n_hits > 0 ? 2 : 1, units, n, class) : rc;
  drop_nodes(f, units, n, hits, n_hits);
  add_singles(f, 1);
  return rc;
}


/* A segment counts when it holds a syllable. */
static int has_syllable (const vk_frequency *f, const uint8_t *units, size_t from, size_t to) {
  for (; from < to; from++)
    if (is_syllable(f, units, to, from)) return 1;
  return 0;
}


int vk_frequency_segments (vk_frequency *f, const uint8_t *units, size_t n, const vk_hit *hits,
                           size_t n_hits, int passages) {
  size_t from, to, h = 0;
  unsigned last = passages ? VK_UNIT_PASSAGE : VK_UNIT_SENTENCE;
  const uint8_t *class = NULL;
  int rc = begin(f);
  if (rc != VK_OK) return rc;
  f->documents[n_hits > 0 ? 0 : 1]++;
  if (n_hits > 0 && (class = mark_nodes(f, n, hits, n_hits)) == NULL) return VK_ERR_NOMEM;
  for (from = 0; from < n && rc == VK_OK; from = to + 1) {
    unsigned group = 1;
    for (to = from; to < n && vk_unit_at(units, to) > last; to++) {}
    for (; h < n_hits && hits[h].unit < to; h++) group = 0;
    if (!has_syllable(f, units, from, to)) continue;
    f->serial++;
    f->total[group]++;
    rc = vk_interrupted() ? VK_ERR_INTERRUPTED
                          : count_part(f, group, units, from, to, class, 1);
  }
  return rc;
}


uint64_t vk_frequency_total (const vk_frequency *f, unsigned group) {
  return f->total[group];
}


uint64_t vk_frequency_documents (const vk_frequency *f, unsigned group) {
  return f->documents[group];
}


const vk_gram *vk_frequency_next (const vk_frequency *f, size_t *at) {
  size_t end = (f->n == 1) ? f->ids : f->slots;
  while (*at < end) {
    const vk_gram *gram = &f->grams[(*at)++];
    if (gram->count[0] + gram->count[1] > 0) return gram;
  }
  return NULL;
}


void vk_frequency_ids (const vk_frequency *f, const vk_gram *gram, uint32_t ids[VK_NGRAM_MAX]) {
  unsigned i;
  ids[0] = (uint32_t)(gram - f->grams);
  for (i = 0; f->n > 1 && i < f->n; i++)
    ids[i] = (uint32_t)(gram->key[i / 3] >> ID_BITS * (i % 3)) & ((1u << ID_BITS) - 1);
}


size_t vk_frequency_places (const vk_frequency *f, const uint8_t *units, size_t n,
                            const vk_hit *hits, size_t n_hits, uint64_t *places) {
  size_t i, h = 0, syllables = 0;
  for (i = 0; i < n; i++) {
    for (; h < n_hits && hits[h].unit == i; h++) places[h] = syllables;
    syllables += (size_t)is_syllable(f, units, n, i);
  }
  return syllables;
}
