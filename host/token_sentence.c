/*
** Where a sentence ends.  One rule, of what stands before and after the mark;
** it knows the abbreviations of official Vietnamese and no more.
*/

#include <string.h>

#include "text_utf8.h"
#include "token_scan.h"


/* Is s[from, to) one of the words, given with '|' around each? */
static int is_one_of (const vk_token_scan *scan, size_t from, size_t to, const char *words) {
  size_t n = to - from;
  const char *p = words;
  while (n > 0 && (p = strchr(p, '|')) != NULL && p[1] != '\0') {
    p++;
    if (strncmp(p, (const char *)scan->s + from, n) == 0 && p[n] == '|') return 1;
  }
  return 0;
}


static int is_upper_at (const vk_token_scan *scan, size_t at, size_t *len) {
  uint32_t c;
  utf8proc_category_t k;
  *len = vk_utf8_read(scan->s + at, scan->n - at, &c);
  if (*len == 0) return 0;
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  k = utf8proc_category((utf8proc_int32_t)c);
  return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT;
}


/* "khóa X.", "Đại hội V.": a roman number after such a word is no initial. */
static int follows_ordinal_word (const vk_token_scan *scan, size_t at) {
  size_t to = at, from;
  while (to > 0 && scan->s[to - 1] == ' ') to--;
  for (from = to; from > 0 && scan->s[from - 1] > ' '; ) from--;
  return is_one_of(scan, from, to, "|khóa|khoá|Khóa|Khoá|hội|Hội|thứ|Thứ|kỳ|Kỳ|KHÓA|KHOÁ|HỘI|");
}


/* "J. Biden", "C. Mác", "T.Ư": one capital before the point. */
static int is_initial (const vk_token_scan *scan) {
  size_t len, from = scan->last_from;
  if (!is_upper_at(scan, from, &len) || from + len != scan->last_to) return 0;
  if (strchr("IVX", scan->s[from]) != NULL && scan->s[from] < 0x80)
    return !follows_ordinal_word(scan, from);
  return 1;
}


static int is_abbreviation (const vk_token_scan *scan) {
  return is_initial(scan) ||
         is_one_of(scan, scan->last_from, scan->last_to, "|TS|PGS|GS|ThS|TP|Tp|tr|Nxb|NXB|");
}


/* Digits with points, a roman number, or one letter: from `at`, where it ends. */
static size_t list_number_end (const vk_token_scan *scan, size_t at, size_t to) {
  size_t p = at, len = 0;
  uint32_t c = 0;
  while (p < to && ((scan->s[p] >= '0' && scan->s[p] <= '9') || (p > at && scan->s[p] == '.'))) p++;
  if (p > at) return p;
  while (p < to && memchr("IVXLC", scan->s[p], 5) != NULL) p++;
  if (p > at) return p;
  if (at < to) len = vk_utf8_read(scan->s + at, to - at, &c);
  return (len > 0 && vk_char_class(c) == VK_CHAR_LETTER) ? at + len : at;
}


/* "1.", "2.4.", "IV.", "a.", "Điều 5." at the start of a passage number it. */
static int is_label (const vk_token_scan *scan, size_t to) {
  size_t at = 0, word = 0;
  if (to > 32) return 0;
  while (at < to && scan->s[at] == ' ') at++;
  for (word = at; word < to && scan->s[word] != ' '; ) word++;
  if (word < to && is_one_of(scan, at, word, "|Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Bài|BÀI|"))
    at = word + 1;
  return at < to && list_number_end(scan, at, to) == to;
}


static int closes (uint32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' ||
         c == 0x201D || c == 0x2019 || c == 0xBB;
}


/* What a sentence may begin with, letters aside. */
static int opens (uint32_t c) {
  switch (c) {
    case '"': case '\'': case '(': case '[': case '-': case '+': case '*':
    case 0x201C: case 0x201D: case 0x2018: case 0xAB:
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2022:
      return 1;
    default: return vk_char_class(c) == VK_CHAR_DIGIT;
  }
}


/* Behind `at`: the end (2), a capital after white space (1), another start after
   white space (-1), anything else (0). */
static int what_follows (const vk_token_scan *scan, size_t at) {
  uint32_t c = 0;
  size_t len, spaces = 0;
  for (; at < scan->n; at += len) {
    len = vk_utf8_read(scan->s + at, scan->n - at, &c);
    if (len == 0) return 0;
    if (vk_is_space(c)) spaces++;
    else if (spaces > 0 || !closes(c)) break;
  }
  if (at >= scan->n) return 2;
  if (spaces == 0) return 0;
  if (is_upper_at(scan, at, &len)) return 1;
  return opens(c) ? -1 : 0;
}


int vk_sentence_ends (const vk_token_scan *scan, size_t at, size_t to) {
  int next = what_follows(scan, to);
  int point = to - at == 1 && scan->s[at] == '.' && scan->last_to == at && at > 0;
  if (next == 0 || (point && is_label(scan, at))) return 0;
  if (next == 2 || !point) return 1;
  if (is_abbreviation(scan)) return 0;
  /* "v.v.": the list is over, the sentence only before a capital */
  if (at >= 3 && memcmp(scan->s + at - 3, "v.v", 3) == 0) return next == 1;
  return 1;
}
