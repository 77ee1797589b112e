/*
** Hashes of runs of syllables, and winnowing (Schleimer, Wilkerson, Aiken 2003).
*/

#include "shingle.h"

#include <stdlib.h>


static int64_t hash_run (const uint32_t *ids) {
  uint64_t h = 0;
  int i;
#pragma GCC unroll 8
  for (i = 0; i < VK_SHINGLE_SYLLABLES; i++) h = (h ^ ids[i]) * 0x9E3779B97F4A7C15u;
  h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9u;
  h = (h ^ h >> 27) * 0x94D049BB133111EBu;
  return (int64_t)((h ^ h >> 31) >> 2);
}


/* The ids of the syllables of a stream; `ids` has room for n.  How many. */
static size_t syllables_of (const uint8_t *units, size_t n, const vk_tokenizer *tk,
                            uint32_t *ids) {
  size_t i, width, met = 0;
  for (i = 0; i < n; i += width) {
    uint32_t id = vk_unit_id(units, n, i, &width);
    if (vk_tokenizer_kind(tk, id) == VK_SYLLABLE) ids[met++] = id;
  }
  return met;
}


/* Append the hash of each shingle of a stream, in order. */
static int hash_all (const uint8_t *units, size_t n, const vk_tokenizer *tk, vk_buf *out) {
  uint32_t *ids;
  int64_t *h;
  size_t i, met, shingles;
  if (n < VK_SHINGLE_SYLLABLES) return VK_OK;
  if (n > SIZE_MAX / 16) return VK_ERR_NOMEM;
  ids = malloc(n * sizeof(*ids));
  if (ids == NULL) return VK_ERR_NOMEM;
  met = syllables_of(units, n, tk, ids);
  shingles = (met < VK_SHINGLE_SYLLABLES) ? 0 : met - VK_SHINGLE_SYLLABLES + 1;
  if (vk_buf_reserve(out, shingles * sizeof(*h)) != VK_OK) {
    free(ids);
    return VK_ERR_NOMEM;
  }
  h = (int64_t *)(void *)(out->data + out->len);
  for (i = 0; i < shingles; i++) h[i] = hash_run(ids + i);
  out->len += shingles * sizeof(*h);
  free(ids);
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


/* Append the least hash of each window; the rightmost where several are least. */
static int winnow (const int64_t *h, size_t n, vk_buf *out) {
  size_t window = (n < VK_SHINGLE_WINDOW) ? n : VK_SHINGLE_WINDOW;
  size_t end, least = SIZE_MAX;
  int rc = VK_OK;
  for (end = window; rc == VK_OK && end <= n && n > 0; end++) {
    size_t i, first = end - window;
    if (least != SIZE_MAX && least >= first) {
      if (h[end - 1] > h[least]) continue;
      least = end - 1;
    }
    else for (least = first, i = first + 1; i < end; i++) if (h[i] <= h[least]) least = i;
    rc = vk_buf_append(out, &h[least], sizeof(*h));
  }
  return rc;
}


static int64_t *hashes_of (const vk_buf *b, size_t at, size_t *n) {
  *n = (b->len - at) / sizeof(int64_t);
  return (int64_t *)(void *)(b->data + at);
}


int vk_shingle_sample (const uint8_t *units, size_t n, const vk_tokenizer *tk, vk_buf *hashes) {
  vk_buf all = { 0 };
  size_t n_all, n_kept, before = hashes->len;
  int rc = hash_all(units, n, tk, &all);
  if (rc == VK_OK && all.len > 0) {
    const int64_t *h = hashes_of(&all, 0, &n_all);
    rc = winnow(h, n_all, hashes);
  }
  if (rc != VK_OK) hashes->len = before;
  else if (hashes->len > before) {
    int64_t *kept = hashes_of(hashes, before, &n_kept);
    hashes->len = before + sort_distinct(kept, n_kept) * sizeof(*kept);
  }
  vk_buf_free(&all);
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
