/*
** Can a text be Vietnamese as it stands?
*/

#include "plausible.h"

#include <string.h>

#include "syllable.h"
#include "text.h"
#include "text_utf8.h"

/*
** Few words make most of a text: verdicts are kept by a word's fingerprint, whose last
** bit gives way to the verdict.  Two words that share one of 63 bits are not expected.
*/
#define SEEN 4096

typedef struct measuring {
  uint64_t seen[SEEN];
  vk_plausible *out;
} measuring;


static int is_syllable (measuring *m, const uint8_t *s, size_t n) {
  uint64_t h = UINT64_C(14695981039346656037), *slot;
  size_t i;
  for (i = 0; i < n; i++) h = (h ^ s[i]) * UINT64_C(1099511628211);
  slot = &m->seen[(h >> 40) % SEEN];
  if ((*slot | 1) != (h | 1))
    *slot = (h & ~UINT64_C(1)) | (uint64_t)vk_syllable_valid((const char *)s, n);
  return (int)(*slot & 1);
}


/* Signs that old fonts show as letters.  «» and raised digits stand beside words rightly. */
static int is_sign (uint32_t c) {
  return (c >= 0xA1 && c < 0xC0 && c != 0xAB && c != 0xBB && !vk_is_raised_digit(c)) ||
         c == 0xD7 || c == 0xF7;
}


/* Does a letter begin at `at`? */
static int letter_at (const uint8_t *s, size_t n, size_t at) {
  uint32_t c;
  return at < n && vk_utf8_read(s + at, n - at, &c) > 0 && vk_char_class(c) == VK_CHAR_LETTER;
}


/* Measure the word at s: letters, and signs between two of them.  Its bytes. */
static size_t measure_word (measuring *m, const uint8_t *s, size_t n) {
  size_t at = 0;
  int marked = 0, signs = 0;
  while (at < n) {
    uint32_t c;
    size_t len = vk_utf8_read(s + at, n - at, &c);
    int sign = is_sign(c) && letter_at(s, n, at + len);
    if (!sign && vk_char_class(c) != VK_CHAR_LETTER) break;
    signs |= sign;
    marked |= c >= 0x80;
    at += len;
  }
  m->out->words++;
  m->out->marked += (size_t)marked;
  m->out->signs += (size_t)signs;
  if (marked && (signs || !is_syllable(m, s, at))) m->out->impossible++;
  return at;
}


int vk_plausible_measure (const char *s, size_t n, vk_plausible *out) {
  vk_buf nfc = { 0 };
  measuring m = { .out = out };
  size_t at = 0;
  int rc = vk_text_nfc(s, n, &nfc);
  memset(out, 0, sizeof(*out));
  while (rc >= 0 && at < nfc.len) {
    const uint8_t *p = (const uint8_t *)nfc.data + at;
    uint32_t c;
    size_t len = vk_utf8_read(p, nfc.len - at, &c);
    if (vk_char_class(c) == VK_CHAR_LETTER) len = measure_word(&m, p, nfc.len - at);
    at += len;
  }
  vk_buf_free(&nfc);
  return (rc < 0) ? rc : VK_OK;
}
