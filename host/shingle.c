/*
** Hashes of runs of syllables, and winnowing (Schleimer, Wilkerson, Aiken 2003).
*/

#include "shingle.h"

#include <stdlib.h>
#include <string.h>


static int64_t hash_run (const uint32_t *ids) {
  uint64_t h = 0;
  int i;
#pragma GCC unroll 8
  for (i = 0; i < VK_SHINGLE_SYLLABLES; i++) h = (h ^ ids[i]) * 0x9E3779B97F4A7C15u;
  h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9u;
  h = (h ^ h >> 27) * 0x94D049BB133111EBu;
  return (int64_t)((h ^ h >> 31) >> 2);
}


/* Hash after hash of a stream. */
typedef struct run {
  const uint8_t *units;
  size_t n, at;
  const vk_tokenizer *tk;
  uint32_t ids[256];      /* the last syllables, the latest last */
  size_t held;
} run;


static void start (run *r, const uint8_t *units, size_t n, const vk_tokenizer *tk) {
  r->units = units;
  r->n = n;
  r->at = r->held = 0;
  r->tk = tk;
}


static inline void hold (run *r, uint32_t id) {
  const size_t most = sizeof(r->ids) / sizeof(r->ids[0]), kept = VK_SHINGLE_SYLLABLES - 1;
  if (r->held == most) {
    memmove(r->ids, r->ids + most - kept, kept * sizeof(r->ids[0]));
    r->held = kept;
  }
  r->ids[r->held++] = id;
}


/* The hash of the next shingle; 0 at the end. */
static inline int next_hash (run *r, int64_t *h) {
  while (r->at < r->n) {
    size_t width;
    uint32_t id = vk_unit_id(r->units, r->n, r->at, &width);
    r->at += width;
    if (vk_tokenizer_kind(r->tk, id) != VK_SYLLABLE) continue;
    hold(r, id);
    if (r->held < VK_SHINGLE_SYLLABLES) continue;
    *h = hash_run(r->ids + r->held - VK_SHINGLE_SYLLABLES);
    return 1;
  }
  return 0;
}


/* Append the hash of each shingle of a stream, in order. */
static int hash_all (const uint8_t *units, size_t n, const vk_tokenizer *tk, vk_buf *out) {
  run r;
  int64_t *h;
  if (n > SIZE_MAX / sizeof(*h)) return VK_ERR_NOMEM;
  if (vk_buf_reserve(out, n * sizeof(*h)) != VK_OK) return VK_ERR_NOMEM;
  start(&r, units, n, tk);
  h = (int64_t *)(void *)(out->data + out->len);
  while (next_hash(&r, h)) h++;
  out->len = (size_t)((char *)h - out->data);
  return VK_OK;
}


static int by_value (const void *pa, const void *pb) {
  int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;
  return (a > b) - (a < b);
}


/* Sort and drop what is there twice; how many remain. */
static size_t sort_distinct (int64_t *h, size_t n) {
  size_t i, kept = 0;
  if (n > 1) qsort(h, n, sizeof(*h), by_value);
  for (i = 0; i < n; i++)
    if (kept == 0 || h[i] != h[kept - 1]) h[kept++] = h[i];
  return kept;
}


/* The least hash of the last window; the rightmost where several are least. */
typedef struct winnow {
  int64_t ring[VK_SHINGLE_WINDOW];
  size_t n;               /* hashes so far; the i-th stands at i % VK_SHINGLE_WINDOW */
  size_t least;           /* which of them is least; SIZE_MAX before the first window */
} winnow;


static int64_t least_of (winnow *w) {
  size_t i = (w->n > VK_SHINGLE_WINDOW) ? w->n - VK_SHINGLE_WINDOW : 0;
  for (w->least = i++; i < w->n; i++)
    if (w->ring[i % VK_SHINGLE_WINDOW] <= w->ring[w->least % VK_SHINGLE_WINDOW]) w->least = i;
  return w->ring[w->least % VK_SHINGLE_WINDOW];
}


/* Take a hash; nonzero when *least is another one's than before. */
static int take (winnow *w, int64_t h, int64_t *least) {
  int is_out = w->least != SIZE_MAX && w->least + VK_SHINGLE_WINDOW <= w->n;
  int is_less = w->least != SIZE_MAX && h <= w->ring[w->least % VK_SHINGLE_WINDOW];
  w->ring[w->n++ % VK_SHINGLE_WINDOW] = *least = h;
  if (w->n < VK_SHINGLE_WINDOW) return 0;
  if (is_less && !is_out) w->least = w->n - 1;
  else if (is_out || w->least == SIZE_MAX) *least = least_of(w);
  else return 0;
  return 1;
}


static int64_t *hashes_of (const vk_buf *b, size_t at, size_t *n) {
  *n = (b->len - at) / sizeof(int64_t);
  return (int64_t *)(void *)(b->data + at);
}


/* The hash of a run is kept to 32 bits: enough to find who could be meant. */
static int keep (vk_buf *out, int64_t h) {
  h = h >> 30;
  return vk_buf_append(out, &h, sizeof(h));
}


int vk_shingle_sample (const uint8_t *units, size_t n, const vk_tokenizer *tk, vk_buf *hashes) {
  size_t before = hashes->len, n_kept;
  winnow w = { .n = 0, .least = SIZE_MAX };
  run r;
  int64_t h, least;
  int rc = VK_OK;
  start(&r, units, n, tk);
  while (rc == VK_OK && next_hash(&r, &h)) if (take(&w, h, &least)) rc = keep(hashes, least);
  if (rc == VK_OK && w.n > 0 && w.least == SIZE_MAX) rc = keep(hashes, least_of(&w));
  if (rc != VK_OK) hashes->len = before;
  else if (hashes->len > before) {
    int64_t *kept = hashes_of(hashes, before, &n_kept);
    hashes->len = before + sort_distinct(kept, n_kept) * sizeof(*kept);
  }
  return rc;
}


/* How many of the sorted a stand in the sorted b. */
static size_t common (const int64_t *a, size_t na, const int64_t *b, size_t nb) {
  size_t i = 0, j = 0, n = 0;
  while (i < na && j < nb) {
    if (a[i] < b[j]) i++;
    else if (a[i] > b[j]) j++;
    else { n++; i++; j++; }
  }
  return n;
}


int vk_shingle_contained (const uint8_t *a, size_t na, const uint8_t *b, size_t nb,
                          const vk_tokenizer *tk, double *of_a, double *of_b) {
  vk_buf all_a = { 0 }, all_b = { 0 };
  int rc = hash_all(a, na, tk, &all_a);
  if (rc == VK_OK) rc = hash_all(b, nb, tk, &all_b);
  *of_a = *of_b = 0;
  if (rc == VK_OK && all_a.len > 0 && all_b.len > 0) {
    size_t n, m;
    int64_t *ha = hashes_of(&all_a, 0, &n), *hb = hashes_of(&all_b, 0, &m);
    double both;
    n = sort_distinct(ha, n);
    m = sort_distinct(hb, m);
    both = (double)common(ha, n, hb, m);
    *of_a = both / (double)n;
    *of_b = both / (double)m;
  }
  vk_buf_free(&all_a);
  vk_buf_free(&all_b);
  return rc;
}
