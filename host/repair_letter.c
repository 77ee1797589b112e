/*
** Lone letters that stand where letters stand alone: units behind numbers, items of a list.
*/

#include "repair_parts.h"

#include <string.h>


int vk_repair_is_one_of (const char *s, size_t n, const char *words) {
  while (n > 0 && (words = strchr(words, ' ')) != NULL && *++words != '\0')
    if (strncmp(words, s, n) == 0 && words[n] == ' ') return 1;
  return 0;
}


int vk_repair_is_unit (const vk_repairs *r, size_t at) {
  const char *s = r->s;
  return strchr("mglhs", s[at]) != NULL && at >= r->body + 2 && s[at - 1] == ' ' &&
         vk_is_digit(s[at - 2]);
}


int vk_repair_is_item (const vk_repairs *r, size_t at) {
  static const char before[] =
    " điểm khoản mục nhóm và hoặc hay đến từ chữ loại hạng cấp lớp hình bảng câu phần khối tiết ";
  size_t end = at, from, next = at + vk_repair_letter(r, at);
  if (next < r->n && r->s[next] == ')') return 1;
  while (end > r->body && r->s[end - 1] == ' ') end--;
  from = vk_repair_letters_before(r, end);
  return from == end || vk_repair_is_one_of(r->s + from, end - from, before);
}
