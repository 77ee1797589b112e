/*
** UTF-8 checked, and width on a terminal.
*/

#include "text.h"

#include "text_utf8.h"


static const char *wrong_because (const uint8_t *p, size_t n) {
  uint8_t b = p[0];
  size_t want = (b < 0xE0) ? 1 : (b < 0xF0) ? 2 : 3;
  if (vk_utf8_tail(b)) return "a byte that only continues a character, with none before it";
  if (b < 0xC2 || b > 0xF4) return "a byte that UTF-8 never has";
  if (n <= want) want = n - 1;
  if (n - 1 < want || vk_utf8_tails(p + 1, want) < want) return "a character cut short";
  return "a character that UTF-8 does not allow";
}


int vk_text_check (const char *s, size_t n, size_t *at_byte, const char **reason) {
  const uint8_t *p = (const uint8_t *)s;
  size_t at = vk_text_good(p, n);
  while (at < n) {
    int space = 0;
    uint32_t c = 1;
    size_t len;
    at += vk_text_plain_run(p + at, n - at, &space);
    if (at == n) break;
    len = vk_utf8_read(p + at, n - at, &c);
    if (len == 0 || c == 0) {
      if (at_byte != NULL) *at_byte = at;
      if (reason != NULL) *reason = (len > 0) ? "NUL byte" : wrong_because(p + at, n - at);
      return VK_ERR_BAD_INPUT;
    }
    at += len;
  }
  return VK_OK;
}


/* The character at p and its columns; bytes that are no UTF-8 take one column each. */
static size_t read_wide (const uint8_t *p, size_t n, uint32_t *c, size_t *columns) {
  size_t len = vk_utf8_read(p, n, c);
  int width;
  if (len == 0) {
    *c = 0xFFFD;
    *columns = 1;
    return 1;
  }
  width = vk_is_invisible(*c) || vk_is_control(*c) ? 0
        : utf8proc_charwidth((utf8proc_int32_t)*c);
  *columns = (width > 0) ? (size_t)width : 0;
  return len;
}


size_t vk_text_width (const char *s, size_t n) {
  const uint8_t *p = (const uint8_t *)s;
  size_t at = 0, total = 0;
  while (at < n) {
    uint32_t c;
    size_t columns;
    if (p[at] >= 0x20 && p[at] < 0x7F) { at++; total++; continue; }
    at += read_wide(p + at, n - at, &c, &columns);
    total += columns;
  }
  return total;
}


size_t vk_text_fit (const char *s, size_t n, size_t columns, size_t *used) {
  const uint8_t *p = (const uint8_t *)s;
  size_t at = 0, good = 0, total = 0, good_columns = 0;
  utf8proc_int32_t state = 0, before = -1;
  while (at < n && total <= columns) {
    uint32_t c;
    size_t wide, len = read_wide(p + at, n - at, &c, &wide);
    if (before >= 0 && utf8proc_grapheme_break_stateful(before, (utf8proc_int32_t)c, &state)) {
      good = at;
      good_columns = total;
    }
    before = (utf8proc_int32_t)c;
    at += len;
    total += wide;
  }
  if (total <= columns) { good = at; good_columns = total; }
  if (used != NULL) *used = good_columns;
  return good;
}
