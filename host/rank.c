/*
** Passages of a search: the question asked of each one's counts, BM25, the best few kept in
** a heap.
*/

#include "rank.h"

#include <stdlib.h>
#include <string.h>


void vk_rank_free (vk_rank *r) {
  free(r->count);
  free(r->stack);
  vk_buf_free(&r->found);
}


vk_passage_count vk_rank_record (const vk_rank *r, size_t i) {
  vk_passage_count record;
  memcpy(&record, r->records + i * sizeof(record), sizeof(record));
  return record;
}


const vk_ranked *vk_rank_found (const vk_rank *r, size_t *n) {
  *n = r->found.len / sizeof(vk_ranked);
  return (const vk_ranked *)(const void *)r->found.data;
}


/* The value of an operator over n operands.  With `may`, what is asked not to be there is
   left aside: it may stand in another passage. */
static uint8_t join (uint32_t op, const uint8_t *operand, uint32_t n, int may) {
  uint32_t i, true_ones = 0;
  for (i = 0; i < n; i++) true_ones += operand[i];
  switch (op) {
    case VK_RANK_AND: return true_ones == n;
    case VK_RANK_OR: return true_ones > 0;
    default: return operand[0] && (may || true_ones == 1);
  }
}


/* Is it true where phrases stand as often as `count` says? */
static int holds (const vk_rank *r, int may) {
  size_t depth = 0, i;
  for (i = 0; i < r->n_steps; i++) {
    const vk_rank_step *step = &r->steps[i];
    if (step->op == VK_RANK_LEAF) {
      r->stack[depth++] = step->n > 0 && r->count[step->n] > 0;
      continue;
    }
    depth -= step->n;
    r->stack[depth] = join(step->op, r->stack + depth, step->n, may);
    depth++;
  }
  return r->stack[0];
}


/* Do the steps leave one value, and nobody takes what is not there? */
static int is_sound (const vk_rank *r) {
  size_t depth = 0, i;
  for (i = 0; i < r->n_records; i++) if (vk_rank_record(r, i).phrase > r->phrases) return 0;
  for (i = 0; i < r->n_leaves; i++)
    if (r->leaves[i].phrase > r->phrases || r->leaves[i].typed > r->phrases) return 0;
  for (i = 0; i < r->n_steps; i++) {
    const vk_rank_step *step = &r->steps[i];
    if (step->op >= VK_RANK_OPS) return 0;
    if (step->op == VK_RANK_LEAF && step->n > r->phrases) return 0;
    if (step->op != VK_RANK_LEAF && (step->n == 0 || step->n > depth)) return 0;
    depth += (step->op == VK_RANK_LEAF) ? 1 : 1 - (size_t)step->n;
  }
  return depth == 1;
}


/* Count the phrases of the records of one passage, from `at` on; where they end. */
static size_t count_passage (vk_rank *r, size_t at, size_t end) {
  const vk_passage_count first = vk_rank_record(r, at);
  for (; at < end; at++) {
    const vk_passage_count p = vk_rank_record(r, at);
    if (p.ordinal != first.ordinal || p.phrase == 0) break;
    r->count[p.phrase] = p.n;
  }
  return at;
}


static void forget (vk_rank *r, size_t from, size_t to) {
  for (; from < to; from++) r->count[vk_rank_record(r, from).phrase] = 0;
}


static int find_passages (vk_rank *r, size_t at, size_t end) {
  size_t next, i;
  int rc = VK_OK;
  for (; rc == VK_OK && at < end; at = next) {
    next = count_passage(r, at, end);
    for (i = 0; i < r->n_leaves; i++) r->leaves[i].with += r->count[r->leaves[i].phrase] > 0;
    if (holds(r, 0)) {
      const vk_ranked found = { .at = at };
      rc = vk_buf_append(&r->found, &found, sizeof(found));
    }
    forget(r, at, next);
  }
  return rc;
}


/* The records of one document, which the last of them, without a phrase, sums up. */
static int find_in_document (vk_rank *r, size_t at, size_t end) {
  const vk_passage_count sum = vk_rank_record(r, end);
  const size_t before = r->found.len;
  size_t i;
  int may, rc;
  for (i = at; i < end; i++) {
    const vk_passage_count p = vk_rank_record(r, i);
    r->count[p.phrase] = p.n;
  }
  may = holds(r, 1);
  forget(r, at, end);
  if (!may) return VK_OK;
  r->passages += sum.ordinal;
  r->units += sum.units;
  rc = find_passages(r, at, end);
  r->documents += r->found.len > before;
  return rc;
}


int vk_rank_find (vk_rank *r) {
  size_t at = 0, i;
  int rc = VK_OK;
  if (!is_sound(r)) return VK_ERR_USAGE;
  r->count = calloc((size_t)r->phrases + 1, sizeof(*r->count));
  r->stack = calloc(r->n_steps, sizeof(*r->stack));
  if (r->count == NULL || r->stack == NULL) return VK_ERR_NOMEM;
  for (i = 0; rc == VK_OK && i < r->n_records; i++) {
    if (vk_rank_record(r, i).phrase > 0) continue;
    rc = find_in_document(r, at, i);
    at = i + 1;
  }
  return rc;
}


/* Okapi BM25 as analysis/bm25.lua has it, in the same order of operations. */
static double weight (double n, double idf, double length, double mean, double k1, double b) {
  return idf * n * (k1 + 1) / (n + k1 * (1 - b + b * length / mean));
}


static void score (vk_rank *r, vk_ranked *p, double mean, double k1, double b) {
  const size_t end = count_passage(r, p->at, r->n_records);
  const double length = vk_rank_record(r, p->at).units;
  size_t i;
  p->typed = 1;
  for (i = 0; i < r->n_leaves; i++) {
    const vk_rank_leaf *leaf = &r->leaves[i];
    uint32_t n = r->count[leaf->phrase];
    if (n == 0) continue;
    p->score += weight(n, leaf->idf, length, mean, k1, b);
    p->hits += n;
    if (leaf->differs && r->count[leaf->typed] == 0) p->typed = 0;
  }
  forget(r, p->at, end);
}


/* Less than 0: `a` comes first. */
static int compare (const void *x, const void *y) {
  const vk_ranked *a = x, *b = y;
  if (a->typed != b->typed) return b->typed - a->typed;
  if (a->score != b->score) return (a->score > b->score) ? -1 : 1;
  return (a->at < b->at) ? -1 : a->at > b->at;
}


static void swap (vk_ranked *a, vk_ranked *b) {
  const vk_ranked t = *a;
  *a = *b;
  *b = t;
}


/* Let the item at i sink below all that are worse, in a heap with the worst on top. */
static void sink (vk_ranked *heap, size_t n, size_t i) {
  for (;;) {
    size_t child = 2 * i + 1;
    if (child >= n) return;
    if (child + 1 < n && compare(&heap[child], &heap[child + 1]) < 0) child++;
    if (compare(&heap[child], &heap[i]) <= 0) return;
    swap(&heap[i], &heap[child]);
    i = child;
  }
}


size_t vk_rank_best (vk_rank *r, double k1, double b, size_t limit) {
  const double mean = (double)r->units / (double)(r->passages > 0 ? r->passages : 1);
  vk_ranked *all = (vk_ranked *)(void *)r->found.data;
  size_t n = r->found.len / sizeof(*all), i;
  for (i = 0; i < n; i++) {
    score(r, &all[i], mean, k1, b);
    r->typed += (size_t)all[i].typed;
  }
  if (limit > n) limit = n;
  for (i = limit / 2; i-- > 0; ) sink(all, limit, i);
  for (i = limit; limit > 0 && i < n; i++) {
    if (compare(&all[i], &all[0]) > 0) continue;
    swap(&all[i], &all[0]);
    sink(all, limit, 0);
  }
  if (limit > 0) qsort(all, limit, sizeof(*all), compare);
  return limit;
}
