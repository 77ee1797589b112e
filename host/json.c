/*
** Long strings out of a line of JSON, and strings into one.
*/

#include "json.h"

#include <stdio.h>
#include <string.h>

#include "text.h"
#include "text_utf8.h"

#define ONES UINT64_C(0x0101010101010101)


/* Where the string that begins at `at` ends, behind its quote; 0: nowhere. */
static size_t string_end (const char *s, size_t n, size_t at) {
  const char *from = s + at + 1, *p = from, *back;
  while ((p = memchr(p, '"', (size_t)(s + n - p))) != NULL) {
    for (back = p; back > from && back[-1] == '\\'; back--) { /* escaped, or an escaped \ ? */ }
    p++;
    if ((p - 1 - back) % 2 == 0) return (size_t)(p - s);
  }
  return 0;
}


/* Does a string hold the escape of a zero byte, or what looks like it? */
static int has_zero (const char *s, size_t n) {
  const char *p = s, *end = s + n;
  while ((p = memchr(p, '\\', (size_t)(end - p))) != NULL && end - p > 5) {
    if (memcmp(p, "\\u0000", 6) == 0) return 1;
    p++;
  }
  return 0;
}


/* Remember the string [at, end), when it is long and stands where it may be cut.
   0 when it stays and holds a zero byte. */
static int keep_string (const char *s, vk_json_span span, int is_value, vk_json_span *spans,
                        size_t *found) {
  size_t n = span.to - span.from;
  if (!is_value || n <= VK_JSON_LONG || *found == VK_JSON_SPANS) return !has_zero(s + span.from, n);
  spans[(*found)++] = span;
  return 1;
}


size_t vk_json_long (const char *s, size_t n, vk_json_span spans[VK_JSON_SPANS]) {
  size_t at = 0, found = 0, depth = 0;
  char before = '\0';
  while (at < n) {
    char c = s[at];
    if (c == '"') {
      size_t end = string_end(s, n, at);
      vk_json_span span = { at, end };
      if (end == 0 || !keep_string(s, span, depth == 1 && before == ':', spans, &found)) return 0;
      at = end - 1;
    }
    else if (c == '{' || c == '[') depth++;
    else if ((c == '}' || c == ']') && depth-- == 0) return 0;
    if (c != ' ' && c != '\t' && c != '\r') before = c;
    at++;
  }
  return (depth == 0) ? found : 0;
}


/* Four hexadecimal digits; 0x10000 when they are not. */
static uint32_t read_hex (const char *p, const char *end) {
  uint32_t v = 0;
  int i;
  if (end - p < 4) return 0x10000;
  for (i = 0; i < 4; i++) {
    char c = p[i];
    if (c >= '0' && c <= '9') v = v << 4 | (uint32_t)(c - '0');
    else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') v = v << 4 | (uint32_t)((c | 0x20) - 'a' + 10);
    else return 0x10000;
  }
  return v;
}


/* \uXXXX, two of them for a character beyond U+FFFF.  Where it ends, or NULL. */
static const char *read_point (const char *p, const char *end, uint32_t *c) {
  uint32_t low;
  *c = read_hex(p, end);
  if (*c > 0xFFFF || (*c >= 0xDC00 && *c < 0xE000)) return NULL;
  if (*c < 0xD800 || *c >= 0xE000) return p + 4;
  if (end - p < 10 || p[4] != '\\' || p[5] != 'u') return NULL;
  low = read_hex(p + 6, end);
  if (low < 0xDC00 || low > 0xDFFF) return NULL;
  *c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
  return p + 10;
}


/* The escape behind a backslash; where it ends, or NULL when it is none. */
static const char *read_escape (const char *p, const char *end, uint32_t *c) {
  static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
  const char *name;
  if (p == end || *p == '\0') return NULL;
  if (*p == 'u') return read_point(p + 1, end, c);
  name = strchr(names, *p);
  if (name == NULL) return NULL;
  *c = (uint32_t)values[name - names];
  return p + 1;
}


int vk_json_unescape (const char *s, vk_json_span span, vk_buf *out) {
  const char *p = s + span.from + 1, *end = s + span.to - 1;
  int rc = vk_buf_reserve(out, span.to - span.from);
  while (rc == VK_OK && p < end) {
    const char *slash = memchr(p, '\\', (size_t)(end - p));
    uint32_t c;
    rc = vk_buf_append(out, p, (size_t)((slash != NULL ? slash : end) - p));
    if (rc != VK_OK || slash == NULL) break;
    p = read_escape(slash + 1, end, &c);
    if (p == NULL) return VK_ERR_BAD_INPUT;
    rc = vk_buf_char(out, c);
  }
  return rc;
}


static int must_escape (char c) {
  return (unsigned char)c < 0x20 || c == 0x7F || c == '"' || c == '\\';
}


/* Is a byte of the word 0?  Its high bit is then set; those of bytes above it may be. */
static inline uint64_t zero_byte (uint64_t w) {
  return (w - ONES) & ~w & (ONES << 7);
}


/* Bytes at the start of s, eight at a time, of which none must be escaped. */
static size_t clear (const char *s, size_t n) {
  size_t at = 0;
  for (; at + 8 <= n; at += 8) {
    uint64_t w;
    memcpy(&w, s + at, 8);
    if (((w - ONES * 0x20) & ~w & (ONES << 7)) | zero_byte(w ^ ONES * 0x7F) |
        zero_byte(w ^ ONES * '"') | zero_byte(w ^ ONES * '\\')) break;
  }
  return at;
}


static int escape (char c, vk_buf *out) {
  static const char names[] = "\"\\bfnrt", values[] = "\"\\\b\f\n\r\t";
  const char *value = strchr(values, c);
  char code[8] = { '\\' };
  int n = 2;
  if (value != NULL) code[1] = names[value - values];
  else n = snprintf(code, sizeof(code), "\\u%04x", (unsigned)(unsigned char)c);
  return vk_buf_append(out, code, (size_t)n);
}


int vk_json_quote (const char *s, size_t n, vk_buf *out) {
  size_t from = 0, at;
  int rc = vk_text_check(s, n, NULL, NULL);
  if (rc == VK_OK) rc = vk_buf_byte(out, '"');
  for (at = clear(s, n); rc == VK_OK && at < n; at++) {
    if (!must_escape(s[at])) continue;
    rc = vk_buf_append(out, s + from, at - from);
    if (rc == VK_OK) rc = escape(s[at], out);
    from = at + 1;
  }
  if (rc == VK_OK) rc = vk_buf_append(out, s + from, n - from);
  return (rc == VK_OK) ? vk_buf_byte(out, '"') : rc;
}
