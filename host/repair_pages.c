/*
** What a page has and the text has not: headers, footers, page numbers.  The rule of
** the repeated line, by document: pages that begin (or end) alike but for their numbers.
** A header is a whole line, or, where each page came as one line, its first words with
** a number that counts the pages.  Without page marks lines whose number counts up at a
** distance show where pages end.
*/

#define _GNU_SOURCE     /* memmem, memrchr */

#include "repair_parts.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 14
#define BYTES_MAX 160
#define NUMBERS_MAX 6
/* Edges that are alike: so many at least, and this share of all pages. */
#define ENOUGH 3
#define SHARE 3
/* A further word belongs to the header when nine in ten have it. */
#define NEARLY(part, whole) (10 * (part) >= 9 * (whole))
/* Headers of several lines, and of left and right pages. */
#define ROUNDS 4
#define NEAR 4
/* Lines between two page numbers in a text without page marks. */
#define APART 10

/* The edge of a page: the beginning of its first line, or its last line. */
typedef struct edge {
  size_t from, to;                /* the line */
  size_t word_end[WORDS_MAX];     /* where each word ends */
  uint64_t hash[WORDS_MAX];       /* of the words up to this one, digits aside */
  size_t n_words, page;
  unsigned numbers[NUMBERS_MAX];
  size_t number_word[NUMBERS_MAX], n_numbers;
  int taken;
} edge;


static int is_white (char c) { return vk_is_blank(c) || vk_is_line_end(c); }


/* Where the page mark ends that stands at the beginning of this line, or 0. */
static size_t page_mark_end (const vk_repairs *r, size_t at) {
  static const char *const begins[] = { "# page ", "<!-- page: ", "<!-- page " };
  size_t i;
  for (i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
    size_t n = strlen(begins[i]), end = at + n;
    if (r->n - at <= n || memcmp(r->s + at, begins[i], n) != 0 || !vk_is_digit(r->s[end])) continue;
    while (end < r->n && vk_is_digit(r->s[end])) end++;
    if (i > 0 && (r->n - end < 4 || memcmp(r->s + end, " -->", 4) != 0)) return 0;
    if (i > 0) end += 4;
    while (end < r->n && vk_is_blank(r->s[end])) end++;
    if (end < r->n && r->s[end] == '\r') end++;
    if (end < r->n && r->s[end] != '\n') return 0;
    return (end < r->n) ? end + 1 : end;
  }
  return 0;
}


/* A page begins at `at`; one that held nothing but white space begins here instead. */
static int add_start (const vk_repairs *r, vk_buf *starts, size_t at, size_t mark) {
  size_t *last = (size_t *)(void *)(starts->data + starts->len) - 1, i;
  if (starts->len > 0) {
    for (i = *last; i < mark && is_white(r->s[i]); i++) { }
    if (i >= mark) {
      *last = at;
      return VK_OK;
    }
  }
  return vk_buf_append(starts, &at, sizeof(at));
}


static void measure_line (vk_repairs *r, size_t n) {
  r->lines++;
  r->short_lines += n > 0 && n <= VK_SHORT_LINE;
  if (n > r->longest_line) r->longest_line = n;
}


int vk_repair_survey (vk_repairs *r) {
  size_t at = r->body;
  int rc = vk_buf_append(&r->pages, &at, sizeof(at));
  while (rc == VK_OK && at < r->n) {
    size_t end = page_mark_end(r, at), next;
    const char *feed;
    if (end > 0) {
      rc = add_start(r, &r->pages, end, at);
      at = end;
      continue;
    }
    feed = memchr(r->s + at, '\n', r->n - at);
    next = (feed != NULL) ? (size_t)(feed - r->s) : r->n;
    feed = memchr(r->s + at, '\f', next - at);
    if (feed != NULL) {                     /* a page mark may stand right behind it */
      next = (size_t)(feed - r->s);
      rc = add_start(r, &r->pages, next + 1, next);
    }
    measure_line(r, next - at);
    at = next + 1;
  }
  return rc;
}


size_t vk_repair_page_end (const vk_repairs *r, size_t page) {
  size_t n, end;
  const size_t *starts = vk_repair_pages_of(r, &n);
  const char *feed;
  if (page + 1 >= n) return r->n;
  end = starts[page + 1];
  if (r->s[end - 1] == '\f') return end;
  feed = memrchr(r->s + r->body, '\n', end - 1 - r->body);
  return (feed != NULL) ? (size_t)(feed - r->s) : end;
}


/* One number of an edge; *at moves behind it. */
static void read_number (const vk_repairs *r, edge *e, size_t *at, size_t end) {
  unsigned value = 0;
  for (; *at < end && vk_is_digit(r->s[*at]); ++*at)
    if (value < 100000) value = 10 * value + (unsigned)(r->s[*at] - '0');
  if (e->n_numbers == NUMBERS_MAX) return;
  e->numbers[e->n_numbers] = value;
  e->number_word[e->n_numbers++] = e->n_words;
}


/* The words of a line and what they are but for digits. */
static void read_words (const vk_repairs *r, edge *e) {
  size_t at = e->from, end = (e->to - e->from > BYTES_MAX) ? e->from + BYTES_MAX : e->to;
  uint64_t h = 0x9E3779B97F4A7C15u;
  e->n_words = e->n_numbers = 0;
  while (at < end && e->n_words < WORDS_MAX) {
    while (at < end && !is_white(r->s[at])) {
      if (vk_is_digit(r->s[at])) {
        read_number(r, e, &at, end);
        h = (h ^ '0') * 0x100000001B3u;
      }
      else h = (h ^ (uint8_t)r->s[at++]) * 0x100000001B3u;
    }
    h = (h ^ ' ') * 0x100000001B3u;
    e->hash[e->n_words] = h;
    e->word_end[e->n_words++] = at;
    while (at < end && is_white(r->s[at])) at++;
  }
}


/* The first line with text of [from, to), or the last. */
static edge line_of (const vk_repairs *r, size_t from, size_t to, int last) {
  edge e = { .from = from, .to = (to > from) ? to : from };
  const char *feed;
  while (e.from < e.to && is_white(r->s[e.from])) e.from++;
  while (e.to > e.from && is_white(r->s[e.to - 1])) e.to--;
  if (e.from == e.to) return e;
  if (last) {
    feed = memrchr(r->s + e.from, '\n', e.to - e.from);
    if (feed != NULL) e.from = (size_t)(feed - r->s) + 1;
    while (is_white(r->s[e.from])) e.from++;
  }
  else {
    feed = memchr(r->s + e.from, '\n', e.to - e.from);
    if (feed != NULL) e.to = (size_t)(feed - r->s);
    while (is_white(r->s[e.to - 1])) e.to--;
  }
  read_words(r, &e);
  return e;
}


static size_t count_alike (const edge *all, size_t n, size_t k, uint64_t hash) {
  size_t i, same = 0;
  for (i = 0; i < n; i++)
    same += !all[i].taken && all[i].n_words > k && all[i].hash[k] == hash;
  return same;
}


/* Does a number in the first k + 1 words count the pages that are alike?  Then how many
   words there are up to it; else 0. */
static size_t counts_pages (const edge *all, size_t n, const edge *model, size_t k, size_t alike) {
  size_t j, i, good;
  for (j = 0; j < model->n_numbers && model->number_word[j] <= k; j++) {
    for (i = 0, good = 0; i < n; i++) {
      if (all[i].taken || all[i].n_words <= k || all[i].hash[k] != model->hash[k]) continue;
      good += (long)all[i].numbers[j] - (long)all[i].page ==
              (long)model->numbers[j] - (long)model->page;
    }
    if (NEARLY(good, alike)) return model->number_word[j] + 1;
  }
  return 0;
}


static int whole_lines (const edge *all, size_t n, const edge *model, size_t k, size_t alike) {
  size_t i, good = 0;
  for (i = 0; i < n; i++)
    good += !all[i].taken && all[i].n_words == k + 1 && all[i].hash[k] == model->hash[k] &&
            all[i].word_end[k] == all[i].to;
  return NEARLY(good, alike);
}


/* Note what edge i has in common with others; *found: something was. */
static int take_alike (vk_repairs *r, edge *all, size_t n, size_t i, int lines_only, int *found) {
  size_t k = 0, j, alike, next;
  const edge model = all[i];
  int rc = VK_OK;
  if (model.taken || model.n_words == 0) return VK_OK;
  alike = count_alike(all, n, 0, model.hash[0]);
  if (alike < ENOUGH || alike * SHARE < n) return VK_OK;
  while (k + 1 < model.n_words) {
    next = count_alike(all, n, k + 1, model.hash[k + 1]);
    if (!NEARLY(next, alike)) break;
    alike = next;
    k++;
  }
  if (alike < ENOUGH || alike * SHARE < n) return VK_OK;
  if (!whole_lines(all, n, &model, k, alike)) {
    size_t words = lines_only ? 0 : counts_pages(all, n, &model, k, alike);
    if (words == 0) return VK_OK;
    k = words - 1;              /* what follows may be how all these pages happen to begin */
  }
  for (j = 0; rc == VK_OK && j < n; j++) {
    edge *e = &all[j];
    if (e->taken || e->n_words <= k || e->hash[k] != model.hash[k]) continue;
    rc = vk_repair_note(r, VK_REPAIR_PAGE, e->from, e->word_end[k], NULL, 0);
    e->to = e->word_end[k];
    e->taken = *found = 1;
  }
  return rc;
}


/* Take what the edges have in common, one group after the other. */
static int take_edges (vk_repairs *r, edge *all, size_t n, int last, int *found) {
  size_t i, groups = 0;
  int rc = VK_OK, one;
  *found = 0;
  for (i = 0; rc == VK_OK && i < n && groups < SHARE; i++) {
    one = 0;
    rc = take_alike(r, all, n, i, last, &one);
    groups += (size_t)one;
    *found |= one;
  }
  return rc;
}


/* First lines (or last ones), then what stands behind (before) those that went. */
static int look_at_edges (vk_repairs *r, const size_t *starts, size_t n, edge *all, int last) {
  size_t i, round;
  int rc = VK_OK, found = 1;
  for (i = 0; i < n; i++) {
    all[i] = line_of(r, starts[i], vk_repair_page_end(r, i), last);
    all[i].page = i;
  }
  for (round = 0; rc == VK_OK && found && round < ROUNDS; round++) {
    rc = take_edges(r, all, n, last, &found);
    for (i = 0; i < n; i++) {
      edge *e = &all[i];
      if (!e->taken) continue;
      *e = last ? line_of(r, starts[i], e->from, 1)
                : line_of(r, e->to, vk_repair_page_end(r, i), 0);
      e->page = i;
    }
  }
  return rc;
}


/* A digit near the beginning or the end of a line? */
static int has_number (const char *s, size_t n) {
  size_t i;
  for (i = 0; i < n && i < NEAR; i++) if (vk_is_digit(s[i]) || vk_is_digit(s[n - 1 - i])) return 1;
  return 0;
}


/* In a text without pages: short lines with a number in them. */
static int gather_lines (const vk_repairs *r, vk_buf *found) {
  size_t at = r->body, n = 0;
  int rc = VK_OK;
  for (; rc == VK_OK && at < r->n; n++) {
    const char *feed = memchr(r->s + at, '\n', r->n - at);
    size_t end = (feed != NULL) ? (size_t)(feed - r->s) : r->n;
    if (end - at <= VK_SHORT_LINE && has_number(r->s + at, end - at)) {
      edge e = line_of(r, at, end, 0);
      e.page = n;
      if (e.n_numbers > 0 && e.word_end[e.n_words - 1] == e.to)
        rc = vk_buf_append(found, &e, sizeof(e));
    }
    at = end + 1;
  }
  return rc;
}


static int by_hash (const void *a, const void *b) {
  const edge *x = a, *y = b;
  uint64_t p = x->hash[x->n_words - 1], q = y->hash[y->n_words - 1];
  if (p != q) return (p > q) - (p < q);
  return (x->page > y->page) - (x->page < y->page);
}


/* Does number j count up by one or two from line to line, at a distance? */
static int counts_up (const edge *all, size_t n, size_t j) {
  size_t i, good = 0;
  for (i = 1; i < n; i++) {
    unsigned step = all[i].numbers[j] - all[i - 1].numbers[j];
    good += (step == 1 || step == 2) && all[i].page - all[i - 1].page >= APART;
  }
  return NEARLY(good, n - 1);
}


/* Pages end with these lines, which bear their numbers. */
static int part_by_lines (vk_repairs *r, const edge *all, size_t n) {
  size_t i;
  int rc = VK_OK;
  r->pages.len = sizeof(size_t);
  for (i = 0; rc == VK_OK && i < n; i++) {
    const char *feed = memchr(r->s + all[i].to, '\n', r->n - all[i].to);
    size_t start = (feed != NULL) ? (size_t)(feed - r->s) + 1 : r->n;
    rc = vk_buf_append(&r->pages, &start, sizeof(start));
  }
  return rc;
}


static int look_at_lines (vk_repairs *r, edge *all, size_t n) {
  size_t i = 0, k, j;
  int rc = VK_OK, counted;
  qsort(all, n, sizeof(*all), by_hash);
  for (; rc == VK_OK && i < n; i = k) {
    uint64_t hash = all[i].hash[all[i].n_words - 1];
    for (k = i + 1; k < n && all[k].hash[all[k].n_words - 1] == hash; k++) { }
    if (k - i < ENOUGH) continue;
    for (j = 0, counted = 0; !counted && j < all[i].n_numbers; j++)
      counted = counts_up(all + i, k - i, j);
    for (j = i; counted && rc == VK_OK && j < k; j++)
      rc = vk_repair_note(r, VK_REPAIR_PAGE, all[j].from, all[j].to, NULL, 0);
    if (rc == VK_OK && counted && (k - i + 1) * sizeof(size_t) > r->pages.len)
      rc = part_by_lines(r, all + i, k - i);
  }
  return rc;
}


/* The edges of the pages that are known. */
static int look_at_pages (vk_repairs *r, vk_buf *edges) {
  size_t n;
  const size_t *pages = vk_repair_pages_of(r, &n);
  int rc;
  if (n < ENOUGH) return VK_OK;
  rc = vk_buf_reserve(edges, n * sizeof(edge));
  if (rc == VK_OK) rc = look_at_edges(r, pages, n, (edge *)(void *)edges->data, 0);
  if (rc == VK_OK) rc = look_at_edges(r, pages, n, (edge *)(void *)edges->data, 1);
  return rc;
}


int vk_repair_pages (vk_repairs *r) {
  vk_buf edges = { 0 };
  size_t n;
  int rc = VK_OK;
  vk_repair_pages_of(r, &n);
  if (n < ENOUGH && r->short_lines >= ENOUGH && r->lines >= APART) {
    rc = gather_lines(r, &edges);
    if (rc == VK_OK && edges.len > 0)
      rc = look_at_lines(r, (edge *)(void *)edges.data, edges.len / sizeof(edge));
    edges.len = 0;
  }
  if (rc == VK_OK) rc = look_at_pages(r, &edges);
  vk_buf_free(&edges);
  return rc;
}
