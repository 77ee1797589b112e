/*
** Encodings other than UTF-8, by iconv.
*/

#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "text.h"
#include "text_utf8.h"

#define CHUNK 65536

/* Windows 1252 from 0x80 on; 0: not used there, a control character of Latin-1. */
static const uint16_t windows[32] = {
  0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152,
  0, 0x17D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161,
  0x203A, 0x153, 0, 0x17E, 0x178
};

/* Convert all of it, then what the converter holds back (NULL).  VK_OK or a status. */
static int convert (iconv_t cd, char **in, size_t *left, vk_buf *out) {
  int rc, last = 0;
  while ((rc = vk_buf_reserve(out, CHUNK)) == VK_OK) {
    char *to = out->data + out->len;
    size_t room = out->cap - out->len, got;
    got = iconv(cd, last ? NULL : in, last ? NULL : left, &to, &room);
    out->len = (size_t)(to - out->data);
    if (got == (size_t)-1 && errno != E2BIG) return VK_ERR_BAD_INPUT;
    if (got == (size_t)-1) continue;
    if (last) return VK_OK;
    last = 1;
  }
  return rc;
}


static size_t mark_length (const vk_buf *b) {
  return (b->len >= 3 && memcmp(b->data, "\xEF\xBB\xBF", 3) == 0) ? 3 : 0;
}


int vk_charset_decode (const char *name, const char *s, size_t n, vk_buf *out, size_t *at_byte) {
  vk_buf raw = { 0 };
  char *in = (char *)s;                 /* iconv's type; it does not write there */
  size_t left = n, skip;
  iconv_t cd = iconv_open("UTF-8", name);
  int rc;
  if (cd == (iconv_t)-1) return (errno == ENOMEM) ? VK_ERR_NOMEM : VK_ERR_NOT_FOUND;
  rc = convert(cd, &in, &left, &raw);
  iconv_close(cd);
  skip = mark_length(&raw);
  if (rc == VK_OK && memchr(raw.data, 0, raw.len) != NULL) {
    rc = VK_ERR_BAD_INPUT;
    left = 0;
  }
  if (rc == VK_ERR_BAD_INPUT && at_byte != NULL) *at_byte = n - left;
  if (rc == VK_OK) rc = vk_text_nfc(raw.data + skip, raw.len - skip, out);
  vk_buf_free(&raw);
  return (rc > 0) ? VK_OK : rc;
}


/* The byte that a character was, or -1. */
static int byte_of (uint32_t c) {
  int i;
  if (c < 0x100) return (int)c;
  for (i = 0; i < 32; i++)
    if (windows[i] == c) return 0x80 + i;
  return -1;
}


int vk_charset_back_to_bytes (const char *s, size_t n, vk_buf *out, size_t *at_byte) {
  size_t at = 0, before = out->len;
  if (vk_buf_reserve(out, n) != VK_OK) return VK_ERR_NOMEM;
  while (at < n) {
    uint32_t c;
    size_t len = vk_utf8_read((const uint8_t *)s + at, n - at, &c);
    int byte = (len > 0) ? byte_of(c) : -1;
    if (byte < 0) {
      out->len = before;
      if (at_byte != NULL) *at_byte = at;
      return VK_ERR_BAD_INPUT;
    }
    out->data[out->len++] = (char)byte;
    at += len;
  }
  return VK_OK;
}
