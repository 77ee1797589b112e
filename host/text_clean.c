/*
** Passage text out of an original, and NFC: one engine.  Text that needs nothing
** is copied in long runs (text_plain.c); only a character that needs work, and
** the marks around it, is looked at alone.
*/

#include "text.h"
#include "text_map.h"
#include "text_utf8.h"

#define NOWHERE SIZE_MAX
#define CLUSTER_MAX 32                  /* characters normalised together */
#define DECOMPOSED_MAX (4 * CLUSTER_MAX)

typedef struct cleaner {
  const uint8_t *s;       /* the original, borrowed */
  size_t base;            /* where its first fragment starts: in the real original */
  const vk_moves *moves;  /* from s to the real original, or NULL: it is s */
  int tidy;               /* 0: NFC only */
  vk_buf *text;           /* what is made, from `text_from` on */
  size_t text_from;
  vk_map map;
  vk_clean_counts *counts;
  int owed;               /* a space must stand before the next character */
  size_t owed_at, owed_to;        /* the white space of the original it stands for */
  int join;               /* the space joins two fragments */
  size_t last, last_at;   /* the last character: in text (or NOWHERE), in the original */
  size_t end_at;          /* where in the original the last character ended */
  int again;              /* the last character was taken back: it is noted anew */
} cleaner;


/* Note that what is appended next comes from `at`. */
static int note (cleaner *c, size_t at) {
  size_t text = c->text->len - c->text_from, end = (text > 0) ? c->end_at : at, start = at;
  if (c->moves != NULL) {
    start = vk_moves_start(c->moves, at);
    end = (text > 0 && !c->again) ? vk_moves_stop(c->moves, end) : start;
  }
  c->again = 0;
  return vk_map_note(&c->map, text, end - c->base, start - c->base);
}


static int pay_space (cleaner *c) {
  int rc;
  if (!c->owed) return VK_OK;
  c->owed = 0;
  if (c->join) c->counts->joined++;
  c->join = 0;
  c->last = NOWHERE;
  rc = note(c, c->owed_at);
  c->end_at = c->owed_to;
  return (rc == VK_OK) ? vk_buf_byte(c->text, ' ') : rc;
}


/* A space must stand for [at, to), if anything comes after it. */
static void owe_space (cleaner *c, size_t at, size_t to) {
  if (c->text->len == c->text_from) return;
  if (!c->owed) c->owed_at = at;
  c->owed_to = to;
  c->owed = 1;
}


/* Append a run that needs no work; a space at its end is owed, not written. */
static int take_run (cleaner *c, size_t at, size_t n) {
  size_t end = at + n;
  int rc;
  if (c->tidy && c->s[end - 1] == ' ') end--;
  if (end > at) {
    size_t last = end - 1;
    if ((rc = pay_space(c)) != VK_OK || (rc = note(c, at)) != VK_OK) return rc;
    while (vk_utf8_tail(c->s[last])) last--;
    c->last = c->text->len + (last - at);
    c->last_at = last;
    c->end_at = end;
    rc = vk_buf_append(c->text, c->s + at, end - at);
    if (rc != VK_OK) return rc;
  }
  if (end < at + n) owe_space(c, end, at + n);
  return VK_OK;
}


/* A character cluster that may need normalising. */
typedef struct cluster {
  uint32_t c[CLUSTER_MAX];
  size_t n;
  size_t at, end;         /* in the original */
} cluster;


/* Take the last written character back: a mark that follows may combine with it. */
static void take_back (cleaner *c, cluster *k) {
  const uint8_t *p = (const uint8_t *)c->text->data + c->last;
  size_t left = c->text->len - c->last;
  while (left > 0 && k->n < CLUSTER_MAX) {
    size_t len = vk_utf8_read(p, left, &k->c[k->n++]);
    p += len;
    left -= len;
  }
  if (left > 0 || k->n == CLUSTER_MAX) {      /* absurdly many marks: leave them */
    k->n = 0;
    return;
  }
  c->text->len = c->last;
  c->end_at = k->at = c->last_at;
  c->again = 1;
}


/* Add the marks that follow k->end; what nobody sees between them is dropped. */
static void take_marks (cleaner *c, size_t to, cluster *k) {
  size_t at = k->end;
  while (at < to && k->n < CLUSTER_MAX) {
    uint32_t u;
    size_t len = vk_utf8_read(c->s + at, to - at, &u);
    if (len == 0 || !vk_is_extending(u)) return;
    k->c[k->n++] = u;
    k->end = at += len;
  }
}


static size_t decompose (const cluster *k, utf8proc_int32_t *d) {
  size_t n = 0, i, j;
  for (i = 0; i < k->n; i++) {
    int bound = 0;
    utf8proc_ssize_t m = utf8proc_decompose_char((utf8proc_int32_t)k->c[i], d + n,
        (utf8proc_ssize_t)(DECOMPOSED_MAX - n), UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, &bound);
    if (m < 0 || (size_t)m > DECOMPOSED_MAX - n) return 0;
    n += (size_t)m;
  }
  for (i = 1; i < n; i++) {             /* canonical order: stable, few */
    utf8proc_int32_t u = d[i];
    int class = utf8proc_get_property(u)->combining_class;
    if (class == 0) continue;
    for (j = i; j > 0 && utf8proc_get_property(d[j - 1])->combining_class > class; j--)
      d[j] = d[j - 1];
    d[j] = u;
  }
  return n;
}


/* NFC of a cluster, in place; 1 when it changed. */
static int compose (cluster *k) {
  utf8proc_int32_t d[DECOMPOSED_MAX];
  size_t n, i;
  int changed;
  if (k->n == 1 && utf8proc_get_property((utf8proc_int32_t)k->c[0])->decomp_seqindex == UINT16_MAX)
    return 0;
  n = decompose(k, d);
  if (n == 0) return 0;
  n = (size_t)utf8proc_normalize_utf32(d, (utf8proc_ssize_t)n,
                                       UTF8PROC_COMPOSE | UTF8PROC_STABLE);
  if (n > CLUSTER_MAX) return 0;
  changed = n != k->n;
  for (i = 0; i < n; i++) {
    changed |= k->c[i] != (uint32_t)d[i];
    k->c[i] = (uint32_t)d[i];
  }
  k->n = n;
  return changed;
}


/* Append the character u at `at` with the marks after it; *end: where they end. */
static int take_cluster (cleaner *c, size_t at, size_t len, uint32_t u, size_t to, size_t *end) {
  cluster k = { .n = 0, .at = at, .end = at + len };
  size_t i;
  int rc = VK_OK;
  if (c->last != NOWHERE && !c->owed && vk_is_extending(u)) take_back(c, &k);
  k.c[k.n++] = u;
  take_marks(c, to, &k);
  if (compose(&k)) c->counts->nfc++;
  if ((rc = pay_space(c)) != VK_OK || (rc = note(c, k.at)) != VK_OK) return rc;
  c->last = c->text->len;
  c->last_at = k.at;
  c->end_at = *end = k.end;
  for (i = 0; rc == VK_OK && i < k.n; i++) rc = vk_buf_char(c->text, k.c[i]);
  return rc;
}


/* One run of white space; where it ends. */
static size_t take_space (cleaner *c, size_t at, size_t to) {
  size_t begin = at, n = c->owed && at > 0 && c->owed_at + 1 == at;
  int odd = 0;
  while (at < to) {
    uint32_t u;
    size_t len = vk_utf8_read(c->s + at, to - at, &u);
    if (len == 0) break;
    if (vk_is_space(u)) {
      n++;
      if (vk_is_nbsp(u)) c->counts->nbsp++;
      else odd |= u != ' ';
    }
    else if (vk_is_invisible(u)) c->counts->zero_width++;
    else if (vk_is_control(u)) c->counts->control++;
    else break;
    at += len;
  }
  if (n > 1 || odd) c->counts->white_space++;
  owe_space(c, begin, at);
  return at;
}


/*
** Ð is Đ where Vietnamese could have one: at the beginning of a syllable, or among
** capitals ("BÐBP").  The ð of "Guðmundsson" stays.
*/
static uint32_t letter_at (const cleaner *c, size_t at, uint32_t u) {
  uint32_t letter = vk_vietnamese_letter(u), before;
  size_t from = at;
  if ((letter != 0x110 && letter != 0x111) || letter == u || at == 0) return letter;
  do from--; while (from > 0 && vk_utf8_tail(c->s[from]));
  if (vk_utf8_read(c->s + from, at - from, &before) == 0) return letter;
  if (vk_char_class(before) != VK_CHAR_LETTER && !vk_is_extending(before)) return letter;
  return (letter == 0x110 && utf8proc_tolower((utf8proc_int32_t)before) !=
          (utf8proc_int32_t)before) ? letter : u;
}


/* Look at the character at `at` alone; *end: where what was taken ends. */
static int take_one (cleaner *c, size_t at, size_t to, size_t *end) {
  uint32_t u, letter;
  size_t len = vk_utf8_read(c->s + at, to - at, &u);
  if (len == 0) { *end = at; return VK_ERR_BAD_INPUT; }
  *end = at + len;
  if (!c->tidy) return take_cluster(c, at, len, u, to, end);
  if (vk_is_space(u)) { *end = take_space(c, at, to); return VK_OK; }
  if (vk_is_invisible(u)) { c->counts->zero_width++; return VK_OK; }
  if (vk_is_control(u)) { c->counts->control++; return VK_OK; }
  letter = letter_at(c, at, u);
  if (letter != u) c->counts->eth++;
  return take_cluster(c, at, len, letter, to, end);
}


/* Clean [at, to), where both texts run at one pace; *bad: where it is not UTF-8. */
static int take_stretch (cleaner *c, size_t at, size_t to, size_t *bad) {
  while (at < to) {
    int space = c->tidy && (c->owed || c->text->len == c->text_from);
    size_t end, run = vk_text_plain_run(c->s + at, to - at, &space);
    int rc = (run > 0) ? take_run(c, at, run) : VK_OK;
    if (rc != VK_OK) return rc;
    at += run;
    if (at == to) break;
    rc = take_one(c, at, to, &end);
    if (rc != VK_OK) {
      if (bad != NULL) *bad = end;
      return rc;
    }
    at = end;
  }
  return VK_OK;
}


/* Clean [at, to), stretch by stretch between the moves. */
static int take_fragment (cleaner *c, size_t at, size_t to, size_t *bad) {
  int rc = VK_OK;
  if (c->moves == NULL || c->moves->n == 0) return take_stretch(c, at, to, bad);
  while (rc == VK_OK && at < to) {
    size_t next = vk_moves_next(c->moves, at);
    if (next > to) next = to;
    rc = take_stretch(c, at, next, bad);
    at = next;
  }
  return rc;
}


static int fragments_ascend (size_t n, const size_t *fragments, size_t n_fragments) {
  size_t i, before = 0;
  for (i = 0; i < 2 * n_fragments; i++) {
    if (fragments[i] < before) return 0;
    before = fragments[i];
  }
  return before <= n;
}


/*
** Does a space belong between two fragments?  Not where only markup was left out
** ("**25**." in Markdown): bytes without white space or the bar of a table.
*/
static int apart (const cleaner *c, size_t from, size_t to) {
  size_t i;
  for (i = from; i < to; i++)
    if (c->s[i] <= ' ' || c->s[i] == '|') return 1;
  return from == to;
}


static int clean_all (cleaner *c, const size_t *fragments, size_t n_fragments, size_t *bad) {
  size_t i;
  int rc = VK_OK;
  for (i = 0; rc == VK_OK && i < n_fragments; i++) {
    if (i > 0 && c->text->len > c->text_from && apart(c, fragments[2 * i - 1], fragments[2 * i])) {
      owe_space(c, fragments[2 * i - 1], fragments[2 * i]);
      c->join = 1;
    }
    rc = take_fragment(c, fragments[2 * i], fragments[2 * i + 1], bad);
  }
  return (rc == VK_OK) ? note(c, c->end_at) : rc;
}


int vk_text_clean (const char *original, size_t n, const size_t *fragments, size_t n_fragments,
                   const vk_moves *moves, vk_buf *text, vk_buf *map, vk_clean_counts *counts, size_t *at_byte) {
  size_t first = (n_fragments > 0) ? fragments[0] : 0;
  size_t base = (moves != NULL) ? vk_moves_start(moves, first) : first;
  size_t map_from = (map != NULL) ? map->len : 0;
  cleaner c = {
    .s = (const uint8_t *)original, .base = base, .moves = moves, .tidy = 1, .text = text,
    .text_from = text->len, .map = { map, map_from, 0, 0 }, .counts = counts,
    .last = NOWHERE, .end_at = first
  };
  int rc;
  if (!fragments_ascend(n, fragments, n_fragments)) return VK_ERR_USAGE;
  rc = clean_all(&c, fragments, n_fragments, at_byte);
  if (rc != VK_OK) {
    text->len = c.text_from;
    if (map != NULL) map->len = map_from;
  }
  return rc;
}


int vk_text_nfc (const char *s, size_t n, vk_buf *out) {
  vk_clean_counts counts = { 0 };
  cleaner c = {
    .s = (const uint8_t *)s, .text = out, .text_from = out->len, .counts = &counts,
    .last = NOWHERE
  };
  int rc = take_fragment(&c, 0, n, NULL);
  if (rc != VK_OK) out->len = c.text_from;
  return (rc == VK_OK) ? counts.nfc > 0 : rc;
}
