/*
** Combining marks that stand on a space ("diên đ ̃ àn hơp t ̣ ác"): the text layer
** moved them some letters on.  The mark is given back where that makes syllables of all
** that stands around it and no other way does; else it is only reported.
*/

#include "repair_parts.h"

#include <string.h>

#include "letter.h"
#include "syllable.h"
#include "text_utf8.h"

#define WORD_BYTES 32
#define OUT_BYTES (3 * WORD_BYTES + 8)

typedef struct word { size_t from, to; } word;

typedef struct place {
  word before, left, mark, right;         /* "hơp" "t" "̣" "ác" */
} place;


static word word_before (const vk_repairs *r, size_t to) {
  word w;
  while (to > r->body && r->s[to - 1] == ' ') to--;
  w.to = to;
  w.from = vk_repair_letters_before(r, to);
  return w;
}


static size_t length (word w) { return w.to - w.from; }


static int valid (const vk_repairs *r, word w) {
  return vk_syllable_valid(r->s + w.from, length(w));
}


/* Write a word with the mark behind the vowel that bears it; its length, 0: no syllable. */
static size_t marked (const vk_repairs *r, word w, word mark, char *out) {
  static const char strong[] = "AEOPUB";
  const char *s = r->s + w.from;
  size_t at = 0, best = 0, n = length(w), n_mark = length(mark);
  int coda = 0, found = 0;
  if (n == 0 || n + n_mark > WORD_BYTES) return 0;
  while (at < n) {
    uint32_t c = 0;
    enum vk_tone tone;
    size_t len = vk_utf8_read((const uint8_t *)s + at, n - at, &c);
    char letter = vk_letter_of((uint32_t)utf8proc_tolower((utf8proc_int32_t)c), &tone);
    if (len == 0) return 0;
    at += len;
    if (letter != 0 && strchr("aABeEioOPuUy", letter) != NULL) {
      if (found < 3 || strchr(strong, letter) != NULL) best = at;
      found = (strchr(strong, letter) != NULL) ? 3 : 1;
      coda = 0;
    }
    else coda = 1;
  }
  (void)coda;
  memcpy(out, s, best);
  memcpy(out + best, r->s + mark.from, n_mark);
  memcpy(out + best + n_mark, s + best, n - best);
  return (best > 0 && vk_syllable_valid(out, n + n_mark)) ? n + n_mark : 0;
}


static size_t put (const vk_repairs *r, word w, char *out) {
  memcpy(out, r->s + w.from, length(w));
  return length(w);
}


/* "hợp tác": the mark belongs to the word before, the letter to the one behind. */
static size_t to_word_before (const vk_repairs *r, const place *p, char *out) {
  char both[2 * WORD_BYTES];
  size_t n = put(r, p->left, both), m;
  n += put(r, p->right, both + n);
  if (length(p->left) == 0 || valid(r, p->left) || !vk_syllable_valid(both, n)) return 0;
  m = marked(r, p->before, p->mark, out);
  if (m == 0) return 0;
  out[m++] = ' ';
  memcpy(out + m, both, n);
  return m + n;
}


/* "Đa ̉ ng": mark and both halves are one syllable. */
static size_t to_one_word (const vk_repairs *r, const place *p, char *out) {
  size_t n = put(r, p->left, out);
  if (length(p->left) == 0 || length(p->right) == 0) return 0;
  n += put(r, p->mark, out + n);
  n += put(r, p->right, out + n);
  return vk_syllable_valid(out, n) && vk_letter_of(0, &(enum vk_tone){ 0 }) == 0 ? n : 0;
}


/* "hôi ̣ nghị": the mark belongs to the word to its left, which is whole. */
static size_t to_left (const vk_repairs *r, const place *p, char *out) {
  size_t n = marked(r, p->left, p->mark, out);
  if (n == 0 || (length(p->right) > 0 && !valid(r, p->right))) return 0;
  if (length(p->right) == 0) return n;
  out[n++] = ' ';
  return n + put(r, p->right, out + n);
}


/* "t ̣ ac": the mark belongs to the next vowel. */
static size_t to_right (const vk_repairs *r, const place *p, char *out) {
  size_t n = put(r, p->left, out), m;
  if (length(p->left) > 0 && !valid(r, p->left)) return 0;
  if (n > 0) out[n++] = ' ';
  m = marked(r, p->right, p->mark, out + n);
  return (m > 0) ? n + m : 0;
}


static int look_at (vk_repairs *r, const place *p) {
  char out[4][OUT_BYTES];
  size_t n[4], i, from, ways = 0, way = 0;
  if (length(p->before) > WORD_BYTES || length(p->left) > WORD_BYTES ||
      length(p->right) > WORD_BYTES || length(p->mark) > WORD_BYTES) return VK_OK;
  n[0] = to_word_before(r, p, out[0]);
  n[1] = to_one_word(r, p, out[1]);
  n[2] = to_left(r, p, out[2]);
  n[3] = to_right(r, p, out[3]);
  for (i = 0; i < 4; i++) {
    if (n[i] == 0) continue;
    ways++;
    way = i;
  }
  if (ways != 1) return vk_repair_report(r, VK_REPAIR_MARK, p->mark.from, p->mark.to);
  from = (way == 0) ? p->before.from : (length(p->left) > 0) ? p->left.from : p->mark.from;
  return vk_repair_note(r, VK_REPAIR_MARK, from, length(p->right) > 0 ? p->right.to : p->mark.to,
                        out[way], n[way]);
}


int vk_repair_marks (vk_repairs *r) {
  size_t at = r->body;
  int rc = VK_OK;
  while (rc == VK_OK && at < r->n) {
    const char *found = memchr(r->s + at, 0xCC, r->n - at);
    place p;
    uint32_t c = 0;
    if (found == NULL) break;
    at = (size_t)(found - r->s);
    if (at == r->body || r->s[at - 1] != ' ') { at += 2; continue; }
    p.mark.from = p.mark.to = at;
    while (p.mark.to < r->n) {
      size_t len = vk_utf8_read((const uint8_t *)r->s + p.mark.to, r->n - p.mark.to, &c);
      if (len == 0 || c < 0x300 || c >= 0x370) break;
      p.mark.to += len;
    }
    p.left = word_before(r, at);
    p.before = word_before(r, p.left.from);
    p.right.from = p.mark.to;
    while (p.right.from < r->n && r->s[p.right.from] == ' ') p.right.from++;
    p.right.to = vk_repair_letters_end(r, p.right.from);
    rc = look_at(r, &p);
    at = p.mark.to;
  }
  return rc;
}
