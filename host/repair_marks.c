/*
** Marks of tones that text layers moved away from their vowel, to the right as a rule:
** over a consonant or the next vowel ("triên̉", "biêủ"), behind a full stop ("kê.̉"), onto
** a space ("hơp t ̣ ác", "vê ̀ đích") or to the beginning of the next line.  A mark is given
** back where that makes syllables of all that stands around it and no other way does.  Of
** several ways the one is taken that the sure ones of the document went; else it is only
** reported.
*/

#include "repair_parts.h"

#include <string.h>

#include "letter.h"
#include "syllable.h"
#include "text.h"
#include "text_utf8.h"

#define WORD_BYTES 32
#define BASE_BYTES (2 * WORD_BYTES)
#define OUT_BYTES (4 * WORD_BYTES + 8)
/* Between a word and its mark: bytes of white space, the width of a page; one full stop. */
#define GAP_BYTES 200
/* So many sure ones show the way that marks went, and that letters hide others. */
#define SURE_ENOUGH 3
#define NEARLY(part, whole) (10 * (part) >= 9 * (whole))
#define MARK_BYTES 2
/* Letters of the longest syllable, and more. */
#define LETTERS 16

enum way { TO_WORD_BEFORE, TO_ONE_WORD, TO_LEFT, TO_RIGHT, WAYS };

typedef struct word { size_t from, to; } word;

typedef struct place {
  word before, left, mark, right;         /* "hơp" "t" "̣" "ác" */
} place;

typedef struct marker {
  vk_repairs *r;
  vk_buf parts, composed;
  size_t sure[WAYS], all_sure;
  int counting;                           /* the first time through: only counts */
} marker;


static size_t length (word w) { return w.to - w.from; }


static int valid (const marker *m, word w) {
  return vk_syllable_valid(m->r->s + w.from, length(w));
}


/* Write s[0, n) without marks of tones, composed, to base[*n_base]; those go to tone[*n_tone]. */
static int take_apart (marker *m, const char *s, size_t n, char *base, size_t *n_base,
                       char *tone, size_t *n_tone) {
  size_t at = 0, len;
  int rc = VK_OK, i, parts;
  m->parts.len = m->composed.len = *n_tone = *n_base = 0;
  for (; rc == VK_OK && at < n; at += len) {
    utf8proc_int32_t all[8];
    uint32_t c = 0;
    len = vk_utf8_read((const uint8_t *)s + at, n - at, &c);
    if (len == 0) return VK_OK;
    parts = (int)utf8proc_decompose_char((utf8proc_int32_t)c, all, 8, UTF8PROC_DECOMPOSE, NULL);
    for (i = 0; rc == VK_OK && i < parts; i++) {
      if (vk_tone_of((uint32_t)all[i]) == VK_NGANG) rc = vk_buf_char(&m->parts, (uint32_t)all[i]);
      else if (*n_tone < WORD_BYTES)
        *n_tone += vk_utf8_write((uint32_t)all[i], tone + *n_tone);
    }
  }
  if (rc == VK_OK && m->parts.len > 0) rc = vk_text_nfc(m->parts.data, m->parts.len, &m->composed);
  if (rc < 0) return rc;
  if (m->composed.len > BASE_BYTES) return VK_OK;
  *n_base = m->composed.len;
  if (*n_base > 0) memcpy(base, m->composed.data, *n_base);
  return VK_OK;
}


typedef struct vowels { size_t end[LETTERS]; char letter[LETTERS]; size_t n; int coda; } vowels;


/* The vowels that may bear a tone: not the u of qu, nor the i of gi before another. */
static void find_vowels (const char *s, size_t n, vowels *v) {
  char last = 0;
  size_t at = 0;
  memset(v, 0, sizeof(*v));
  while (at < n && v->n < LETTERS) {
    uint32_t c = 0;
    enum vk_tone tone;
    size_t len = vk_utf8_read((const uint8_t *)s + at, n - at, &c);
    char letter = vk_letter_of((uint32_t)utf8proc_tolower((utf8proc_int32_t)c), &tone);
    if (len == 0) return;
    at += len;
    v->coda = letter == 0 || strchr("aABeEioOPuUy", letter) == NULL;
    if (!v->coda && v->n == 1 && last == 'g' && v->letter[0] == 'i') v->n = 0;
    if (!v->coda && !(letter == 'u' && last == 'q')) {
      v->letter[v->n] = letter;
      v->end[v->n++] = at;
    }
    else last = letter;
  }
}


/* Where the tone of a syllable stands: behind ă â ê ô ơ ư, behind the last vowel before a
   consonant and in oa, oe, uy, else behind the first of two and the second of three. */
static size_t place_of_tone (const char *s, size_t n) {
  static const char *const second[] = { "oa", "oe", "uy" };
  vowels v;
  size_t i;
  find_vowels(s, n, &v);
  if (v.n == 0) return 0;
  for (i = v.n; i > 0; i--) if (strchr("AEOPUB", v.letter[i - 1]) != NULL) return v.end[i - 1];
  if (v.coda || v.n > 2) return v.end[v.n > 2 ? 1 : v.n - 1];
  for (i = 0; v.n == 2 && i < sizeof(second) / sizeof(second[0]); i++)
    if (memcmp(v.letter, second[i], 2) == 0) return v.end[1];
  return v.end[0];
}


/* Write the syllable s[0, n) with its own tone, or with `mark` where it has none, where the
   tone belongs, to `out`; its bytes, 0: it is none. */
static int toned_with (marker *m, const char *s, size_t n, const char *mark, char *out,
                       size_t *n_out) {
  char base[BASE_BYTES], tone[WORD_BYTES + VK_CHAR_MAX];
  size_t n_base, n_tone, at;
  int rc;
  *n_out = 0;
  if (n == 0 || n > WORD_BYTES) return VK_OK;
  rc = take_apart(m, s, n, base, &n_base, tone, &n_tone);
  if (rc != VK_OK || n_base == 0 || n_tone != ((mark == NULL) ? MARK_BYTES : 0)) return rc;
  if (mark != NULL) memcpy(tone, mark, MARK_BYTES);
  at = place_of_tone(base, n_base);
  if (at == 0) return VK_OK;
  memcpy(out, base, at);
  memcpy(out + at, tone, MARK_BYTES);
  memcpy(out + at + MARK_BYTES, base + at, n_base - at);
  *n_out = vk_syllable_valid(out, n_base + MARK_BYTES) ? n_base + MARK_BYTES : 0;
  return VK_OK;
}


/* The same with the mark of a place, or NULL. */
static int toned (marker *m, const char *s, size_t n, const word *mark, char *out, size_t *n_out) {
  *n_out = 0;
  if (mark != NULL && length(*mark) != MARK_BYTES) return VK_OK;
  return toned_with(m, s, n, (mark != NULL) ? m->r->s + mark->from : NULL, out, n_out);
}


/* A syllable, or one that waits for its own tone: "nhâp". */
static int spelled (marker *m, word w, int *yes) {
  static const char acute[MARK_BYTES] = { '\xCC', '\x81' };
  char out[OUT_BYTES];
  size_t n = 0;
  int rc = VK_OK;
  *yes = valid(m, w);
  if (!*yes) rc = toned_with(m, m->r->s + w.from, length(w), acute, out, &n);
  *yes |= n > 0;
  return rc;
}


static size_t put (const marker *m, word w, char *out) {
  memcpy(out, m->r->s + w.from, length(w));
  return length(w);
}


/* Left and right as one word. */
static size_t put_both (const marker *m, const place *p, char *out) {
  size_t n = put(m, p->left, out);
  return n + put(m, p->right, out + n);
}


/* Write what stands between the left word and the mark, white space aside. */
static size_t put_stop (const marker *m, const place *p, char *out) {
  size_t at, n = 0;
  for (at = p->left.to; at < p->mark.from; at++)
    if (!vk_is_blank(m->r->s[at]) && !vk_is_line_end(m->r->s[at])) out[n++] = m->r->s[at];
  return n;
}


/* "hợp tác": the mark belongs to the word before, the letter to the one behind. */
static int to_word_before (marker *m, const place *p, char *out, size_t *n) {
  char both[2 * WORD_BYTES];
  size_t n_both = put_both(m, p, both);
  int rc;
  *n = 0;
  if (length(p->left) == 0 || valid(m, p->left) || !vk_syllable_valid(both, n_both)) return VK_OK;
  rc = toned(m, m->r->s + p->before.from, length(p->before), &p->mark, out, n);
  if (rc != VK_OK || *n == 0) return rc;
  out[(*n)++] = ' ';
  memcpy(out + *n, both, n_both);
  *n += n_both;
  return VK_OK;
}


/* "Đa ̉ ng": mark and both halves are one syllable, of which the right one is no other. */
static int to_one_word (marker *m, const place *p, char *out, size_t *n) {
  char both[2 * WORD_BYTES];
  *n = 0;
  if (length(p->left) == 0 || length(p->right) == 0 || valid(m, p->right)) return VK_OK;
  return toned(m, both, put_both(m, p, both), &p->mark, out, n);
}


/* "hôi ̣ nghị": the mark belongs to the word to its left, which is whole. */
static int to_left (marker *m, const place *p, char *out, size_t *n) {
  int rc = VK_OK, fits = 1;
  *n = 0;
  if (length(p->right) > 0) rc = spelled(m, p->right, &fits);
  if (rc != VK_OK || !fits) return rc;
  rc = toned(m, m->r->s + p->left.from, length(p->left), &p->mark, out, n);
  if (rc != VK_OK || *n == 0) return rc;
  *n += put_stop(m, p, out + *n);
  if (length(p->right) > 0 && p->right.from == p->mark.to) out[(*n)++] = ' ';
  return VK_OK;
}


/* "t ̣ ac": the mark belongs to the next vowel. */
static int to_right (marker *m, const place *p, char *out, size_t *n) {
  size_t before = put(m, p->left, out);
  int rc = VK_OK, fits = 1;
  *n = 0;
  if (length(p->left) > 0) rc = spelled(m, p->left, &fits);
  if (rc != VK_OK || !fits) return rc;
  if (before > 0) out[before++] = ' ';
  rc = toned(m, m->r->s + p->right.from, length(p->right), &p->mark, out + before, n);
  if (*n > 0) *n += before;
  return rc;
}


/* The one way, or of several the one that sure marks went; WAYS: not known. */
static enum way choose (const marker *m, const size_t *n) {
  enum way way, only = WAYS, usual = WAYS;
  int ways = 0;
  for (way = TO_WORD_BEFORE; way < WAYS; way++) {
    if (n[way] == 0) continue;
    ways++;
    only = way;
    if (m->sure[way] >= SURE_ENOUGH && NEARLY(m->sure[way], m->all_sure)) usual = way;
  }
  return (ways == 1) ? only : usual;
}


static int look_at (marker *m, const place *p) {
  char out[WAYS][OUT_BYTES];
  size_t n[WAYS], from, to;
  enum way way;
  int rc;
  if (length(p->before) > WORD_BYTES || length(p->left) > WORD_BYTES ||
      length(p->right) > WORD_BYTES) return VK_OK;
  rc = to_word_before(m, p, out[TO_WORD_BEFORE], &n[TO_WORD_BEFORE]);
  if (rc == VK_OK) rc = to_one_word(m, p, out[TO_ONE_WORD], &n[TO_ONE_WORD]);
  if (rc == VK_OK) rc = to_left(m, p, out[TO_LEFT], &n[TO_LEFT]);
  if (rc == VK_OK) rc = to_right(m, p, out[TO_RIGHT], &n[TO_RIGHT]);
  if (rc != VK_OK) return rc;
  if (n[TO_ONE_WORD] > 0) n[TO_WORD_BEFORE] = 0;        /* the nearer one */
  way = choose(m, n);
  if (m->counting) {
    m->all_sure += way == TO_LEFT || way == TO_RIGHT;
    if (way != WAYS) m->sure[way]++;
    return VK_OK;
  }
  if (way == WAYS) return vk_repair_report(m->r, VK_REPAIR_MARK, p->mark.from, p->mark.to);
  from = (way == TO_WORD_BEFORE) ? p->before.from
       : (length(p->left) > 0) ? p->left.from : p->mark.from;
  to = (way == TO_LEFT || length(p->right) == 0) ? p->mark.to : p->right.to;
  return vk_repair_note(m->r, VK_REPAIR_MARK, from, to, out[way], n[way]);
}


static int is_white (char c) { return vk_is_blank(c) || vk_is_line_end(c); }


static word word_before (const vk_repairs *r, size_t to) {
  word w;
  size_t least = (to > r->body + GAP_BYTES) ? to - GAP_BYTES : r->body;
  while (to > least && is_white(r->s[to - 1])) to--;
  if (to > least && strchr(",.;:", r->s[to - 1]) != NULL) to--;
  w.to = to;
  w.from = vk_repair_letters_before(r, to);
  return w;
}


/* Behind a line end only what is no syllable: the rest of one. */
static word word_behind (const marker *m, size_t at) {
  const vk_repairs *r = m->r;
  word w;
  while (at < r->n && r->s[at] == ' ') at++;
  w.from = at;
  if (at < r->n && r->s[at] == '\n') w.from = at + 1;
  w.to = vk_repair_letters_end(r, w.from);
  return (w.from > at && (length(w) == 0 || valid(m, w))) ? (word){ at, at } : w;
}


/* The mark at `at` with the words around it. */
static int look_around (marker *m, size_t at) {
  const vk_repairs *r = m->r;
  place p;
  uint32_t c = 0;
  p.mark = (word){ at, at };
  while (p.mark.to < r->n) {
    size_t len = vk_utf8_read((const uint8_t *)r->s + p.mark.to, r->n - p.mark.to, &c);
    if (len == 0 || c < 0x300 || c >= 0x370) break;
    p.mark.to += len;
  }
  p.left = word_before(r, at);
  p.before = word_before(r, p.left.from);
  p.right = word_behind(m, p.mark.to);
  return look_at(m, &p);
}


/* Do the two read alike, but for where a tone stands in oa, oe, uy? */
static int is_alike (marker *m, const char *a, size_t n_a, const char *b, size_t n_b, int *alike) {
  int rc;
  m->parts.len = m->composed.len = 0;
  rc = vk_text_fold(a, n_a, &m->parts);
  if (rc >= 0) rc = vk_text_fold(b, n_b, &m->composed);
  *alike = rc >= 0 && m->parts.len == m->composed.len &&
           (m->parts.len == 0 || memcmp(m->parts.data, m->composed.data, m->parts.len) == 0);
  return (rc < 0) ? rc : VK_OK;
}


/* "đôǹ g": the word goes on in the next letters, when these are no syllable.  Its bytes. */
static int with_next (marker *m, word *w, char *out, size_t *n) {
  const vk_repairs *r = m->r;
  char both[2 * WORD_BYTES];
  word next = { w->to + 1, w->to + 1 };
  size_t n_both;
  int rc;
  *n = 0;
  if (w->to < r->n && r->s[w->to] == ' ') next.to = vk_repair_letters_end(r, next.from);
  if (length(next) == 0 || length(next) > WORD_BYTES || valid(m, next)) return VK_OK;
  n_both = put(m, *w, both);
  n_both += put(m, next, both + n_both);
  rc = toned(m, both, n_both, NULL, out, n);
  if (*n > 0) w->to = next.to;
  return rc;
}


/* A word whose tone stands where it can not, with it where it belongs. */
static int look_at_word (marker *m, word w) {
  char alone[OUT_BYTES], out[OUT_BYTES];
  size_t n_alone = 0, n = 0;
  int alike = 0, rc;
  if (length(w) > WORD_BYTES) return VK_OK;
  rc = toned(m, m->r->s + w.from, length(w), NULL, alone, &n_alone);
  if (rc == VK_OK && n_alone > 0)
    rc = is_alike(m, alone, n_alone, m->r->s + w.from, length(w), &alike);
  if (rc != VK_OK || alike || (n_alone == 0 && valid(m, w))) return rc;
  rc = with_next(m, &w, out, &n);
  if (rc != VK_OK || n + n_alone == 0) return rc;
  m->sure[TO_LEFT] += (size_t)m->counting;
  m->all_sure += (size_t)m->counting;
  if (m->counting) return VK_OK;
  if (n > 0) return vk_repair_note(m->r, VK_REPAIR_MARK, w.from, w.to, out, n);
  return vk_repair_note(m->r, VK_REPAIR_MARK, w.from, w.to, alone, n_alone);
}


/* Is this the end of a letter that bears no tone, or of no letter at all? */
static int is_toneless_end (char c) {
  return (uint8_t)c < 0x80 && memchr("aeiouyAEIOUY", c, 12) == NULL;
}


/* All marks that stand behind a consonant or no letter. */
static int look_at_marks (marker *m) {
  const vk_repairs *r = m->r;
  size_t at = r->body;
  int rc = VK_OK;
  while (rc == VK_OK && at < r->n) {
    const char *p = memchr(r->s + at, 0xCC, r->n - at);
    if (p == NULL) break;
    at = (size_t)(p - r->s);
    if (at > r->body && is_toneless_end(r->s[at - 1])) {
      word w = { vk_repair_letters_before(r, at), vk_repair_letters_end(r, at) };
      if (w.from < at && vk_repair_letter(r, at - 1) > 0) rc = look_at_word(m, w);
      else rc = look_around(m, at);
    }
    at += MARK_BYTES;
  }
  return rc;
}


/* Where marks went astray, some went over other vowels: "biêủ". */
static int look_at_words (marker *m) {
  const vk_repairs *r = m->r;
  size_t at = r->body, end;
  int rc = VK_OK;
  for (; rc == VK_OK && at < r->n; at = end) {
    size_t beyond = at;
    end = vk_repair_letters_end(r, at);
    while (beyond < end && (uint8_t)r->s[beyond] < 0x80) beyond++;
    if (beyond < end) rc = look_at_word(m, (word){ at, end });
    if (end == at) for (end++; end < r->n && vk_utf8_tail((uint8_t)r->s[end]); end++) { }
  }
  return rc;
}


int vk_repair_marks (vk_repairs *r) {
  marker m = { .r = r, .counting = 1 };
  int rc = (memchr(r->s + r->body, 0xCC, r->n - r->body) != NULL) ? look_at_marks(&m) : VK_OK;
  m.counting = 0;
  if (rc == VK_OK) rc = look_at_marks(&m);
  if (rc == VK_OK && m.all_sure >= SURE_ENOUGH) rc = look_at_words(&m);
  vk_buf_free(&m.parts);
  vk_buf_free(&m.composed);
  return rc;
}
