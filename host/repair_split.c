/*
** Split syllables ("xác địn h", "tr iển", "đ ối ngo ại"), the largest damage of PDF text
** layers.  Letters parted by spaces are read anew as a chain of syllables: the most
** probable reading under what the document itself writes.
**
** A reading costs -log of the share of each of its syllables, and for each space it
** drops -log of the share of syllables that were split.  Shares are estimated from
** the document and twice again from the reading found: a fragment then stands nowhere
** alone.  Only what vk_syllable_valid accepts is ever put together.
*/

#include "repair_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "repair_piece.h"
#include "syllable.h"
#include "text.h"
#include "text_utf8.h"
#include "tokens.h"
#include "types.h"

#define BYTES_MAX 64
#define ROUNDS 3
/* Shares: what a syllable never seen counts, and a fragment always; how many are taken
   for split at first. */
#define UNSEEN 0.02
#define FRAGMENT 1e-6
#define SPLIT_AT_FIRST 0.05
/* A syllable can be split in some three places. */
#define PLACES 3.0
/* So many sure repairs show that a document's syllables are split at all. */
#define SURE_ENOUGH 3
/* Where all pieces could stand alone, joining must be so much likelier; in a document
   that is not surely damaged, as much as if the whole stood there three times and no
   piece anywhere else. */
#define LIKELIER 300.0
#define MUCH_LIKELIER 2000.0
/* A text in lines: so many at least, none longer than this. */
#define LINES_MIN 10
#define LINE_BYTES 400
/* So many capitals with spaces between are a heading set wide. */
#define SPACED 6

typedef struct form { double whole, count, next; int valid; } form;

/* What is known of a run of bytes: a piece without its place, or no run of letters alone. */
typedef struct known { piece p; int is_letters; } known;

/* Where gathering stands. */
typedef struct gatherer { piece last; int has_last, open; } gatherer;

typedef struct splitter {
  vk_repairs *r;
  vk_types types;         /* of folded forms; ids are of no use here */
  vk_buf forms;           /* form for each entry of types */
  vk_types runs;          /* of runs of bytes as they stand */
  vk_buf known;           /* known for each entry of runs */
  vk_buf pieces;          /* those that may belong together, chain after chain */
  vk_buf folded;
  double total, split;    /* syllables; the share of those that were split */
  size_t sure;
  int in_lines;           /* the text is set in lines */
} splitter;


static form *form_at (const splitter *x, uint32_t i) {
  return (form *)(void *)x->forms.data + i;
}


/* The form of s[0, n): its entry, made when it is new.  One capital alone is no small
   letter: the X of "Đại hội X" says nothing of the x of "x ứng". */
static int find_form (splitter *x, const char *s, size_t n, uint32_t *out) {
  const vk_types_entry *e;
  form f = { 0, 0, 0, 0 };
  int rc = VK_OK;
  x->folded.len = 0;
  if (n == 1 && *s >= 'A' && *s <= 'Z') rc = vk_buf_byte(&x->folded, *s);
  else rc = vk_text_fold(s, n, &x->folded);
  if (rc < 0) return rc;
  e = vk_types_find(&x->types, x->folded.data, x->folded.len);
  if (e != NULL) {
    *out = (uint32_t)(e - x->types.entries);
    return VK_OK;
  }
  *out = (uint32_t)x->types.n;
  f.valid = vk_syllable_valid(x->folded.data, x->folded.len);
  rc = vk_types_add(&x->types, x->folded.data, x->folded.len, VK_TYPE_FIRST + *out, 0);
  return (rc == VK_OK) ? vk_buf_append(&x->forms, &f, sizeof(f)) : rc;
}


/* Could the two belong to one syllable?  Letters, tones, vowels in one place; spaces between
   them, or one line end in a text that is set in lines; one space between spaced letters. */
static int may_join (const splitter *x, const piece *a, const piece *b) {
  const char *s = x->r->s;
  size_t i;
  int feeds = 0, spaced = a->letters == 1 && b->letters == 1;
  if (a->letters + b->letters > LETTERS_MAX || a->tones + b->tones > 1) return 0;
  if (a->vowels && b->vowels && !(a->vowel_last && b->vowel_first)) return 0;
  if (!vk_pieces_fit(a, b) || a->to == b->from) return 0;
  if (spaced && b->from - a->to > 2) return 0;
  for (i = a->to; i < b->from; i++) {
    if (s[i] == ' ') continue;
    if (s[i] == '\n' && x->in_lines && !spaced && ++feeds == 1) continue;
    if ((uint8_t)s[i] != 0xC2 || (uint8_t)s[i + 1] != 0xA0) return 0;
    i++;
  }
  return 1;
}


/* The forms that this piece makes with the next ones. */
static int join_forms (splitter *x, piece *p, size_t left) {
  char bytes[BYTES_MAX];
  size_t n = 0, k;
  for (k = 0; k < PIECES_MAX && k < left; k++) {
    size_t len = p[k].to - p[k].from;
    if (n + len > sizeof(bytes)) return VK_OK;
    memcpy(bytes + n, x->r->s + p[k].from, len);
    n += len;
    if (k > 0 && vk_syllable_valid(bytes, n)) {
      int rc = find_form(x, bytes, n, &p->joined[k - 1]);
      if (rc < 0) return rc;
    }
    if (!p[k].linked) return VK_OK;
    /* "T h anh": behind one capital the rest is small, or all of it is not */
    if (k > 0 && p->shape == ONE_CAPITAL && (p[k].shape == LOWER) != (p[k + 1].shape == LOWER))
      return VK_OK;
  }
  return VK_OK;
}


/* What is known of the run s[0, n), found out when it is new.  Borrowed until the next. */
static int find_run (splitter *x, const char *s, size_t n, const known **out) {
  const vk_types_entry *e = vk_types_find(&x->runs, s, n);
  size_t at = (e != NULL) ? (size_t)(e - x->runs.entries) : x->runs.n;
  int rc = VK_OK;
  if (e == NULL) {
    known k = { { 0 }, 0 };
    k.p = vk_piece_read(s, n, &k.is_letters);
    if (k.is_letters) rc = find_form(x, s, n, &k.p.form);
    if (rc == VK_OK) rc = vk_types_add(&x->runs, s, n, VK_TYPE_FIRST + (uint32_t)at, 0);
    if (rc == VK_OK) rc = vk_buf_append(&x->known, &k, sizeof(k));
  }
  if (rc == VK_OK) *out = (const known *)(const void *)x->known.data + at;
  return rc;
}


/* Count a piece; keep it when it may belong to the last one. */
static int take_piece (splitter *x, const known *k, size_t from, size_t to, gatherer *g) {
  piece p = k->p;
  int linked, rc = VK_OK;
  p.from = from;
  p.to = to;
  form_at(x, p.form)->whole += 1;
  x->total += 1;
  linked = g->has_last && may_join(x, &g->last, &p);
  if (linked) {
    if (!g->open) rc = vk_buf_append(&x->pieces, &g->last, sizeof(g->last));
    if (rc == VK_OK) ((piece *)(void *)(x->pieces.data + x->pieces.len) - 1)->linked = 1;
    if (rc == VK_OK) rc = vk_buf_append(&x->pieces, &p, sizeof(p));
  }
  g->open = linked;
  g->has_last = 1;
  g->last = p;
  return rc;
}


/* A run that holds more than letters: the letters in it. */
static int take_mixed (splitter *x, size_t from, size_t to, gatherer *g) {
  int rc = VK_OK;
  while (rc == VK_OK && from < to) {
    const known *k;
    size_t end = vk_repair_letters_end(x->r, from);
    if (end == from) {
      g->has_last = g->has_last && (uint8_t)x->r->s[from] == 0xC2;    /* a no-break space */
      for (from++; from < to && vk_utf8_tail((uint8_t)x->r->s[from]); from++) { }
      continue;
    }
    rc = find_run(x, x->r->s + from, end - from, &k);
    if (rc == VK_OK) rc = take_piece(x, k, from, end, g);
    from = end;
  }
  return rc;
}


static int in_run (char c) {
  return (uint8_t)c >= 0x80 || (uint8_t)((c | 0x20) - 'a') < 26;
}


/* Count every run of letters; keep those that may be parts of one syllable. */
static int gather (splitter *x) {
  const vk_repairs *r = x->r;
  gatherer g = { .has_last = 0 };
  size_t at = r->body, end;
  int rc = VK_OK;
  for (; rc == VK_OK && at < r->n; at = end) {
    const known *k;
    for (end = at; end < r->n && in_run(r->s[end]); end++) { }
    if (end == at) {
      g.has_last = g.has_last && (r->s[at] == ' ' || r->s[at] == '\n');
      end++;
      continue;
    }
    rc = find_run(x, r->s + at, end - at, &k);
    if (rc != VK_OK) break;
    rc = k->is_letters ? take_piece(x, k, at, end, &g) : take_mixed(x, at, end, &g);
  }
  return rc;
}


static int join_all (splitter *x) {
  piece *all = (piece *)(void *)x->pieces.data;
  size_t n = x->pieces.len / sizeof(*all), i;
  int rc = VK_OK;
  for (i = 0; rc == VK_OK && i < n; i++) rc = join_forms(x, &all[i], n - i);
  return rc;
}


/* Could this piece stand alone: a syllable, or one letter of a list, a unit, a name? */
static int could_stand (const splitter *x, const piece *p) {
  return form_at(x, p->form)->valid || (p->letters == 1 && !p->vowels);
}


static double cost_of (const splitter *x, double count) {
  return -log((count + UNSEEN) / (x->total + 1));
}


static double cost_of_form (const splitter *x, uint32_t i) {
  return cost_of(x, form_at(x, i)->count);
}


/* A vowel without a mark, which is no word of running text. */
static int is_lone_vowel (const splitter *x, const piece *p) {
  return p->letters == 1 && p->shape == LOWER && strchr("aeiou", x->r->s[p->from]) != NULL;
}


/* A fragment stands alone hardly ever; at first no lone letter does. */
static double cost_of_piece (const splitter *x, const piece *p, int first_round) {
  if (!could_stand(x, p)) return cost_of(x, FRAGMENT - UNSEEN);
  if (first_round && (!form_at(x, p->form)->valid || is_lone_vowel(x, p))) return cost_of(x, 0);
  return cost_of_form(x, p->form);
}


/* Read a chain of n pieces, n > 0, in the cheapest way.  Chains are cut at BYTES_MAX. */
static void read_chain (splitter *x, piece *p, size_t n, int first_round) {
  double best[BYTES_MAX + 1], drop = -log(x->split / PLACES);
  uint8_t back[BYTES_MAX + 1];
  size_t j, k;
  best[0] = 0;
  for (j = 1; j <= n; j++) {
    best[j] = best[j - 1] + cost_of_piece(x, &p[j - 1], first_round);
    back[j] = 1;
    for (k = 2; k <= PIECES_MAX && k <= j; k++) {
      uint32_t joined = p[j - k].joined[k - 2];
      double cost;
      if (joined == NO_FORM) continue;
      cost = best[j - k] + cost_of_form(x, joined) + (double)(k - 1) * drop;
      if (cost >= best[j]) continue;
      best[j] = cost;
      back[j] = (uint8_t)k;
    }
  }
  for (j = 0; j < n; j++) p[j].unit = 0;
  for (j = n; j > 0; j -= back[j]) p[j - back[j]].unit = back[j];
}


static size_t chain_length (const piece *p, size_t left) {
  size_t n = 1;
  while (n < left && n < BYTES_MAX && p[n - 1].linked) n++;
  return n;
}


/* One round: read every chain, then take the shares from that reading. */
static void run_round (splitter *x, int first_round) {
  piece *all = (piece *)(void *)x->pieces.data;
  size_t n = x->pieces.len / sizeof(*all), n_forms = x->forms.len / sizeof(form), i, k;
  double dropped = 0;
  for (i = 0; i < n_forms; i++) form_at(x, (uint32_t)i)->next = form_at(x, (uint32_t)i)->whole;
  for (i = 0; i < n; i += k) {
    k = chain_length(all + i, n - i);
    read_chain(x, all + i, k, first_round);
  }
  for (i = 0; i < n; i++) {
    if (all[i].unit < 2) continue;
    for (k = 0; k < all[i].unit; k++) form_at(x, all[i + k].form)->next -= 1;
    form_at(x, all[i].joined[all[i].unit - 2])->next += 1;
    dropped += all[i].unit - 1;
  }
  for (i = 0; i < n_forms; i++) form_at(x, (uint32_t)i)->count = form_at(x, (uint32_t)i)->next;
  x->split = (dropped > 1 ? dropped : 1) / (x->total + 1);
}


/* Some piece of the unit is surely a fragment. */
static int is_sure (const splitter *x, const piece *p) {
  size_t k;
  for (k = 0; k < p->unit; k++) if (!could_stand(x, &p[k])) return 1;
  return 0;
}


/* "N G H Ị Q U Y Ế T": a heading with spaces between its letters, tones among them. */
static int is_spaced (const splitter *x, const piece *p) {
  const piece *all = (const piece *)(const void *)x->pieces.data, *q = p;
  size_t n = 0, tones = 0, behind = 0;
  while (q > all && q[-1].linked && q[-1].letters == 1 && p - q < SPACED) q--;
  for (; q->letters == 1 && q->shape != LOWER && behind < SPACED; q++) {
    n++;
    tones += q->tones;
    behind += q >= p;
    if (!q->linked) break;
  }
  return behind >= p->unit && n >= SPACED && tones > 0;
}


/* In a document whose syllables are split, a small letter alone is a fragment: a consonant,
   or a vowel without a mark behind another piece ("giá o"), where it names nothing. */
static int has_lone_letter (const splitter *x, const piece *p) {
  size_t k;
  if (x->sure < SURE_ENOUGH) return 0;
  for (k = 0; k < p->unit; k++) {
    if (p[k].letters != 1 || p[k].shape != LOWER) continue;
    if (p[k].vowels && (k == 0 || !is_lone_vowel(x, &p[k]))) continue;
    if (!vk_repair_is_unit(x->r, p[k].from) && !vk_repair_is_item(x->r, p[k].from)) return 1;
  }
  return 0;
}


/* All could stand alone: joined when the document has the whole elsewhere and that is by
   far the likelier reading. */
static int is_likely (const splitter *x, const piece *p) {
  double ratio = exp(-cost_of_form(x, p->joined[p->unit - 2]));
  double wanted = (x->sure < SURE_ENOUGH) ? MUCH_LIKELIER : LIKELIER;
  size_t k;
  if (form_at(x, p->joined[p->unit - 2])->whole < 0.5 ||
      (p->letters == 1 && vk_repair_is_unit(x->r, p->from))) return 0;
  for (k = 0; k < p->unit; k++) ratio /= exp(-cost_of_form(x, p[k].form));
  for (k = 1; k < p->unit; k++) ratio *= x->split / PLACES;
  return ratio >= wanted;
}


static int note_unit (splitter *x, const piece *p) {
  char bytes[BYTES_MAX + 1];
  const char *s = x->r->s;
  size_t n = 0, k, from = p->from, to = p[p->unit - 1].to;
  if (!is_sure(x, p) && !has_lone_letter(x, p) && !is_spaced(x, p) && !is_likely(x, p))
    return (x->sure < SURE_ENOUGH) ? VK_OK : vk_repair_report(x->r, VK_REPAIR_SPLIT, from, to);
  for (k = 0; k < p->unit; k++) {
    memcpy(bytes + n, s + p[k].from, p[k].to - p[k].from);
    n += p[k].to - p[k].from;
  }
  if (memchr(s + from, '\n', to - from) != NULL && to < x->r->n && s[to] == ' ') {
    bytes[n++] = '\n';          /* the line ends behind its last syllable */
    to++;
  }
  x->r->damaged |= is_spaced(x, p);
  return vk_repair_note(x->r, VK_REPAIR_SPLIT, from, to, bytes, n);
}


static int note_all (splitter *x) {
  const piece *all = (const piece *)(const void *)x->pieces.data;
  size_t n = x->pieces.len / sizeof(*all), i;
  int rc = VK_OK;
  for (i = 0; i < n; i++) x->sure += all[i].unit > 1 && is_sure(x, &all[i]);
  x->r->damaged = x->sure >= SURE_ENOUGH;
  for (i = 0; rc == VK_OK && i < n; i++) if (all[i].unit > 1) rc = note_unit(x, &all[i]);
  return rc;
}


int vk_repair_split (vk_repairs *r) {
  splitter x = {
    .r = r, .split = SPLIT_AT_FIRST,
    .in_lines = r->lines >= LINES_MIN && r->longest_line <= LINE_BYTES
  };
  size_t i;
  int rc, round;
  vk_types_init(&x.types);
  vk_types_init(&x.runs);
  rc = gather(&x);
  if (rc == VK_OK) rc = join_all(&x);
  for (i = 0; rc == VK_OK && i < x.forms.len / sizeof(form); i++)
    form_at(&x, (uint32_t)i)->count = form_at(&x, (uint32_t)i)->whole;
  for (round = 0; rc == VK_OK && round < ROUNDS; round++) run_round(&x, round == 0);
  if (rc == VK_OK) rc = note_all(&x);
  vk_types_free(&x.types);
  vk_types_free(&x.runs);
  vk_buf_free(&x.known);
  vk_buf_free(&x.forms);
  vk_buf_free(&x.pieces);
  vk_buf_free(&x.folded);
  return rc;
}
