/*
** The tokens around a place of a text, without their forms.
*/

#include "token_scan.h"


int vk_token_window (const char *s, size_t n, size_t at, size_t count, size_t around,
                     vk_token_around *w) {
  const size_t left = (at > around) ? at - around : 0, last = at + count - 1;
  vk_token_scan scan;
  vk_token token;
  size_t i;
  int rc;
  *w = (vk_token_around){ .before = left > 0 };
  vk_token_scan_start(&scan, s, n);
  for (i = 0; (rc = vk_token_next(&scan, &token)) > 0; i++) {
    if (i - last > around && i > last) {
      w->after = 1;
      return VK_OK;
    }
    if (i == left) w->from = token.from;
    if (i == at) w->first = token.from;
    if (i == last) w->last = token.to;
    w->to = token.to;
  }
  return (rc < 0) ? rc : (i > last) ? VK_OK : VK_ERR_NOT_FOUND;
}
