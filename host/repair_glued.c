/*
** Two syllables without a space between ("thànhviên", from lines of HTML put together).
** Parted only where that is certain: the whole is no syllable, exactly one cut leaves
** two, the second begins with a consonant, and the document has the two side by side
** elsewhere, or each alone, both with marks.  "Cuba" and "mácxít" stay as they are; three
** and more in one are left alone.
*/

#define _GNU_SOURCE     /* memmem, memrchr */

#include "repair_parts.h"

#include <string.h>

#include "letter.h"
#include "syllable.h"
#include "text_utf8.h"

#define SHORTEST_BYTES 4
#define LONGEST_BYTES 40
/* So many are looked for elsewhere in the document. */
#define SEARCHES 256


/* The only cut of s[0, n) that leaves two syllables, or 0. */
static size_t only_cut (const char *s, size_t n) {
  size_t at, found = 0;
  for (at = 1; at < n; at++) {
    if (vk_utf8_tail((uint8_t)s[at]) || !vk_syllable_valid(s, at) ||
        !vk_syllable_valid(s + at, n - at)) continue;
    if (found > 0) return 0;
    found = at;
  }
  return found;
}


static int has_mark (const char *s, size_t n) {
  size_t i;
  for (i = 0; i < n; i++) {
    if ((uint8_t)s[i] < 0x80) continue;
    if (i + 1 < n && (uint8_t)s[i] == 0xC4 && ((uint8_t)s[i + 1] & ~1u) == 0x90) i++;   /* đ */
    else return 1;
  }
  return 0;
}


static int is_vowel_at (const char *s, size_t n) {
  uint32_t c = 0;
  enum vk_tone tone;
  char letter;
  vk_utf8_read((const uint8_t *)s, n, &c);
  letter = vk_letter_of((uint32_t)utf8proc_tolower((utf8proc_int32_t)c), &tone);
  return letter == 0 || strchr("aABeEioOPuUy", letter) != NULL;
}


/* Does the word stand somewhere else in the document, as it is written here? */
static int stands_alone (const vk_repairs *r, const char *word, size_t n) {
  const char *p = r->s + r->body, *end = r->s + r->n;
  while ((p = memmem(p, (size_t)(end - p), word, n)) != NULL) {
    size_t at = (size_t)(p - r->s);
    if (vk_repair_letters_before(r, at) == at && vk_repair_letter(r, at + n) == 0) return 1;
    p++;
  }
  return 0;
}


static int look_at (vk_repairs *r, size_t from, size_t to, int *searches) {
  char pair[LONGEST_BYTES + 1];
  const char *s = r->s + from;
  size_t n = to - from, cut;
  if (n < SHORTEST_BYTES || n > LONGEST_BYTES || vk_syllable_valid(s, n)) return VK_OK;
  cut = only_cut(s, n);
  if (cut == 0 || is_vowel_at(s + cut, n - cut) || --*searches < 0) return VK_OK;
  memcpy(pair, s, cut);
  pair[cut] = ' ';
  memcpy(pair + cut + 1, s + cut, n - cut);
  if (!stands_alone(r, pair, n + 1) &&
      !(has_mark(s, cut) && has_mark(s + cut, n - cut) && stands_alone(r, s, cut) &&
        stands_alone(r, s + cut, n - cut))) return VK_OK;
  return vk_repair_note(r, VK_REPAIR_GLUED, from, to, pair, n + 1);
}


/* Bytes of letters, or of characters beyond ASCII that may be some. */
static int in_run (char c) {
  return (uint8_t)c >= 0x80 || (uint8_t)((c | 0x20) - 'a') < 26;
}


/* Vowels in more than one place?  đ aside, what is beyond ASCII counts as a vowel. */
static int has_two_vowels (const char *s, size_t n) {
  size_t i, places = 0;
  int inside = 0;
  for (i = 0; i < n; i++) {
    uint8_t b = (uint8_t)s[i];
    int vowel = b >= 0x80 || memchr("aeiouyAEIOUY", b, 12) != NULL;
    if (b == 0xC4 && i + 1 < n && ((uint8_t)s[i + 1] & ~1u) == 0x90) {
      vowel = 0;
      i++;
    }
    places += (size_t)(vowel && !inside);
    inside = vowel;
  }
  return places > 1;
}


int vk_repair_glued (vk_repairs *r) {
  size_t at = r->body;
  int rc = VK_OK, searches = SEARCHES;
  while (rc == VK_OK && at < r->n) {
    size_t run = at, end;
    while (run < r->n && in_run(r->s[run])) run++;
    if (run - at >= SHORTEST_BYTES && has_two_vowels(r->s + at, run - at)) {
      for (; rc == VK_OK && at < run; at = (end > at) ? end : at + 1) {
        end = vk_repair_letters_end(r, at);
        if (end > at) rc = look_at(r, at, end, &searches);
      }
    }
    at = run + 1;
  }
  return rc;
}
