/*
** Status codes and the byte buffer.
*/

#include "vk.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>


static const char *const codes[] = {
  "ok", "nomem", "usage", "bad_input", "not_found", "ambiguous", "unknown_name", "refused",
  "integrity", "io", "full", "busy", "interrupted", "internal",
};


const char *vk_status_code (int status) {
  size_t i = (status < 0) ? (size_t)-(long)status : 0;
  return (i < sizeof(codes) / sizeof(codes[0])) ? codes[i] : "internal";
}


int vk_buf_reserve (vk_buf *b, size_t more) {
  size_t cap = b->cap ? b->cap : 64;
  char *data;
  if (more <= b->cap - b->len) return VK_OK;
  if (more > SIZE_MAX / 4 || b->len > SIZE_MAX / 4) return VK_ERR_NOMEM;
  while (cap - b->len < more) cap *= 2;
  data = realloc(b->data, cap);
  if (data == NULL) return VK_ERR_NOMEM;
  b->data = data;
  b->cap = cap;
  return VK_OK;
}


int vk_buf_append (vk_buf *b, const void *bytes, size_t len) {
  int rc = vk_buf_reserve(b, len);
  if (rc != VK_OK) return rc;
  if (len > 0) memcpy(b->data + b->len, bytes, len);
  b->len += len;
  return VK_OK;
}


int vk_buf_byte (vk_buf *b, char c) {
  return vk_buf_append(b, &c, 1);
}


void vk_buf_free (vk_buf *b) {
  free(b->data);
  b->data = NULL;
  b->len = b->cap = 0;
}
