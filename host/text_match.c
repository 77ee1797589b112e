/*
** Does one text stand in another, between the borders of syllables and numbers?
*/

#define _GNU_SOURCE             /* memmem */

#include <string.h>

#include "text.h"
#include "text_utf8.h"


static enum vk_char_class class_at (const vk_buf *b, size_t at) {
  uint32_t c;
  if (at >= b->len || vk_utf8_read((const uint8_t *)b->data + at, b->len - at, &c) == 0)
    return VK_CHAR_OTHER;
  return vk_is_extending(c) ? VK_CHAR_LETTER : vk_char_class(c);
}


/* Where the character before `at` > 0 starts. */
static size_t before (const vk_buf *b, size_t at) {
  do at--; while (at > 0 && vk_utf8_tail((uint8_t)b->data[at]));
  return at;
}


static int is_point (const vk_buf *b, size_t at) {
  return at < b->len && (b->data[at] == '.' || b->data[at] == ',');
}


/* May a token begin or end at `at`?  "3.119" is one number, "G20" is two tokens. */
static int is_border (const vk_buf *b, size_t at) {
  enum vk_char_class left, right;
  size_t left_at;
  if (at == 0 || at >= b->len) return 1;
  left_at = before(b, at);
  left = class_at(b, left_at);
  right = class_at(b, at);
  if (left == right && left != VK_CHAR_OTHER) return 0;
  if (right == VK_CHAR_DIGIT && is_point(b, left_at) && left_at > 0)
    return class_at(b, before(b, left_at)) != VK_CHAR_DIGIT;
  if (left == VK_CHAR_DIGIT && is_point(b, at)) return class_at(b, at + 1) != VK_CHAR_DIGIT;
  return 1;
}


static int stands_in (const vk_buf *hay, const vk_buf *needle) {
  size_t at = 0;
  if (needle->len == 0) return 1;
  while (at < hay->len) {
    const char *found = memmem(hay->data + at, hay->len - at, needle->data, needle->len);
    if (found == NULL) return 0;
    at = (size_t)(found - hay->data);
    if (is_border(hay, at) && is_border(hay, at + needle->len)) return 1;
    at++;
  }
  return 0;
}


int vk_text_matches (const char *hay, size_t nhay, const char *needle, size_t nneedle, int bare) {
  int (*form) (const char *, size_t, vk_buf *) = bare ? vk_text_bare : vk_text_fold;
  vk_buf h = { 0 }, k = { 0 };
  int rc = form(hay, nhay, &h);
  if (rc == VK_OK) rc = form(needle, nneedle, &k);
  if (rc == VK_OK) rc = stands_in(&h, &k);
  vk_buf_free(&h);
  vk_buf_free(&k);
  return rc;
}
