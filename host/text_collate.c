/*
** The order of a Vietnamese dictionary.  A key holds, for each syllable, the
** ranks of its letters, SYLLABLE_END, its tones and TONES_END; for each number
** its length and digits; last a zero and the text itself, so that only equal
** texts are equal.
*/

#include <string.h>

#include "letter.h"
#include "text.h"
#include "text_utf8.h"

enum {
  KEY_TEXT = 0x00, TONES_END = 0x01, SYLLABLE_END = 0x03, TONE_FIRST = 0x05,
  NUMBER = 0x10, LETTER_FIRST = 0x20, FOREIGN = 0xE0
};

/* a ă â b c d đ e ê …, written as in letter.h. */
static const char alphabet[] = "aABbcdDeEfghijklmnoOPpqrstuUvwxyz";


static int put_foreign (vk_buf *key, uint32_t c) {
  const char bytes[4] = { (char)FOREIGN, (char)(c >> 16), (char)(c >> 8), (char)c };
  return vk_buf_append(key, bytes, sizeof(bytes));
}


/* One lower-case letter: its rank into the key, its tone into `tones`. */
static int put_letter (vk_buf *key, uint32_t c, vk_buf *tones) {
  enum vk_tone tone;
  char letter = vk_letter_of(c, &tone);
  const char *found = (letter != 0) ? memchr(alphabet, letter, sizeof(alphabet) - 1) : NULL;
  int rc = (tone != VK_NGANG) ? vk_buf_byte(tones, (char)(TONE_FIRST + tone)) : VK_OK;
  if (rc != VK_OK) return rc;
  return (found != NULL) ? vk_buf_byte(key, (char)(LETTER_FIRST + (found - alphabet)))
                         : put_foreign(key, c);
}


/* Letters from `at` on; *at moves behind them. */
static int put_syllable (vk_buf *key, const vk_buf *text, size_t *at, vk_buf *tones) {
  int rc = VK_OK;
  tones->len = 0;
  while (rc == VK_OK && *at < text->len) {
    uint32_t c;
    size_t len = vk_utf8_read((const uint8_t *)text->data + *at, text->len - *at, &c);
    if (!vk_is_extending(c)) {
      if (vk_char_class(c) != VK_CHAR_LETTER) break;
      rc = put_letter(key, c, tones);
    }
    *at += len;
  }
  if (rc == VK_OK) rc = vk_buf_byte(key, SYLLABLE_END);
  if (rc == VK_OK) rc = vk_buf_append(key, tones->data, tones->len);
  return (rc == VK_OK) ? vk_buf_byte(key, TONES_END) : rc;
}


static int is_digit (const vk_buf *text, size_t at) {
  return at < text->len && text->data[at] >= '0' && text->data[at] <= '9';
}


/* ASCII digits from `at` on, by value: leading zeros aside, longer is more. */
static int put_number (vk_buf *key, const vk_buf *text, size_t *at) {
  size_t from, n;
  int rc;
  while (text->data[*at] == '0' && is_digit(text, *at + 1)) ++*at;
  from = *at;
  while (is_digit(text, *at)) ++*at;
  n = *at - from;
  rc = vk_buf_byte(key, NUMBER);
  if (rc == VK_OK) rc = vk_buf_byte(key, (char)(n < 255 ? n : 255));
  if (rc == VK_OK) rc = vk_buf_append(key, text->data + from, n);
  return (rc == VK_OK) ? vk_buf_byte(key, TONES_END) : rc;
}


static int put_words (vk_buf *key, const vk_buf *text) {
  vk_buf tones = { 0 };
  size_t at = 0;
  int rc = VK_OK;
  while (rc == VK_OK && at < text->len) {
    uint32_t c;
    size_t len = vk_utf8_read((const uint8_t *)text->data + at, text->len - at, &c);
    if (c - '0' < 10) rc = put_number(key, text, &at);
    else if (vk_char_class(c) == VK_CHAR_LETTER) rc = put_syllable(key, text, &at, &tones);
    else at += len;
  }
  vk_buf_free(&tones);
  return rc;
}


int vk_text_collate_key (const char *s, size_t n, vk_buf *out) {
  vk_buf folded = { 0 };
  size_t before = out->len;
  int rc = vk_text_fold(s, n, &folded);
  if (rc == VK_OK) rc = put_words(out, &folded);
  if (rc == VK_OK) rc = vk_buf_byte(out, KEY_TEXT);
  if (rc == VK_OK) rc = vk_text_nfc(s, n, out);
  if (rc < 0) out->len = before;
  vk_buf_free(&folded);
  return (rc < 0) ? rc : VK_OK;
}


static int compare (const char *a, size_t na, const char *b, size_t nb) {
  size_t n = (na < nb) ? na : nb;
  int c = (n > 0) ? memcmp(a, b, n) : 0;
  return (c != 0) ? c : (na > nb) - (na < nb);
}


/* Texts that are no UTF-8 sort by their bytes, after those that are. */
int vk_text_collate (const char *a, size_t na, const char *b, size_t nb, int *failed) {
  vk_buf ka = { 0 }, kb = { 0 };
  int ra = vk_text_collate_key(a, na, &ka), rb = vk_text_collate_key(b, nb, &kb), c;
  *failed = ra == VK_ERR_NOMEM || rb == VK_ERR_NOMEM;
  if (ra == VK_OK && rb == VK_OK) c = compare(ka.data, ka.len, kb.data, kb.len);
  else if (ra != VK_OK && rb != VK_OK) c = compare(a, na, b, nb);
  else c = (ra != VK_OK) ? 1 : -1;
  vk_buf_free(&ka);
  vk_buf_free(&kb);
  return c;
}
