/*
** Cutting a text into tokens: maximal runs of letters, numbers, single marks.
*/

#include "token_scan.h"

#include "text.h"
#include "text_utf8.h"


void vk_token_scan_start (vk_token_scan *scan, const char *s, size_t n) {
  scan->s = (const uint8_t *)s;
  scan->n = n;
  scan->at = scan->last_from = scan->last_to = 0;
}


/* Nothing that anybody sees: it makes no token. */
static int is_skipped (uint32_t c) {
  return vk_is_space(c) || vk_is_control(c) || vk_is_invisible(c) ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0000 && c <= 0xE0FFF);
}


/* Bytes of the letter at s where its first two bytes tell that it is one: ASCII, and the
   blocks of Latin letters that Vietnamese uses, which hold nothing else but × and ÷. */
static inline size_t plain_letter (const uint8_t *s, size_t n) {
  if (s[0] < 0x80) return (uint8_t)((s[0] | 0x20) - 'a') < 26;
  if (n < 3 || !vk_utf8_tail(s[1])) return 0;
  switch (s[0]) {
    case 0xC3: return (s[1] != 0x97 && s[1] != 0xB7) ? 2 : 0;
    case 0xC4: case 0xC5: case 0xC6: return 2;
    case 0xE1: return (s[1] >= 0xB8 && s[1] <= 0xBB && vk_utf8_tail(s[2])) ? 3 : 0;
    default: return 0;
  }
}


static size_t plain_letters_end (const vk_token_scan *scan, size_t at) {
  size_t len;
  while (at < scan->n && (len = plain_letter(scan->s + at, scan->n - at)) > 0) at += len;
  return at;
}


static size_t letters_end (const vk_token_scan *scan, size_t at) {
  while ((at = plain_letters_end(scan, at)) < scan->n && scan->s[at] >= 0x80) {
    uint32_t c;
    size_t len = vk_utf8_read(scan->s + at, scan->n - at, &c);
    if (len == 0) break;
    if (vk_char_class(c) != VK_CHAR_LETTER && !vk_is_extending(c) && !vk_is_invisible(c)) break;
    at += len;
  }
  return at;
}


/* Bytes of the digit at `at`, or 0. */
static size_t digit_at (const vk_token_scan *scan, size_t at) {
  uint32_t c;
  size_t len;
  if (at >= scan->n) return 0;
  len = vk_utf8_read(scan->s + at, scan->n - at, &c);
  return (len > 0 && vk_char_class(c) == VK_CHAR_DIGIT) ? len : 0;
}


/* "3.119", "6,5": a point or comma between digits belongs to the number. */
static size_t number_end (const vk_token_scan *scan, size_t at) {
  for (;;) {
    size_t len = digit_at(scan, at);
    if (len == 0) {
      if (at >= scan->n || (scan->s[at] != '.' && scan->s[at] != ',')) return at;
      len = digit_at(scan, at + 1);
      if (len == 0) return at;
      len++;
    }
    at += len;
  }
}


static size_t mark_end (const vk_token_scan *scan, size_t at, size_t len) {
  const uint8_t *p = scan->s + at;
  if (scan->n - at >= 3 && p[0] == '.' && p[1] == '.' && p[2] == '.') return at + 3;
  return at + len;
}


static int is_final (uint32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026;
}


/* Go to the next character that somebody sees, of *len bytes: 1, 0 at the end. */
static int skip (vk_token_scan *scan, uint32_t *c, size_t *len) {
  for (;; scan->at += *len) {
    while (scan->at < scan->n && scan->s[scan->at] == ' ') scan->at++;
    if (scan->at >= scan->n) return 0;
    *len = plain_letter(scan->s + scan->at, scan->n - scan->at);
    if (*len > 0) return *c = 'a', 1;   /* any letter: what it is, is asked of marks alone */
    *len = vk_utf8_read(scan->s + scan->at, scan->n - scan->at, c);
    if (*len == 0) return VK_ERR_BAD_INPUT;
    if (!is_skipped(*c)) return 1;
  }
}


int vk_token_next (vk_token_scan *scan, vk_token *token) {
  uint32_t c;
  size_t len;
  int rc = skip(scan, &c, &len);
  if (rc <= 0) return rc;
  token->from = scan->at;
  token->ends_sentence = 0;
  switch (vk_char_class(c)) {
    case VK_CHAR_LETTER:
      token->kind = VK_SYLLABLE;
      token->to = letters_end(scan, scan->at + len);
      break;
    case VK_CHAR_DIGIT:
      token->kind = VK_NUMBER;
      token->to = number_end(scan, scan->at);
      break;
    default:
      token->kind = VK_MARK;
      token->to = mark_end(scan, scan->at, len);
      if (is_final(c)) token->ends_sentence = vk_sentence_ends(scan, token->from, token->to);
  }
  scan->last_from = token->from;
  scan->at = scan->last_to = token->to;
  return 1;
}


/* Quotes, apostrophes, dashes and dots each have many shapes; one is kept. */
static uint32_t mark_form (uint32_t c) {
  switch (c) {
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: return '"';
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: return '\'';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
      return '-';
    default: return c;
  }
}


int vk_token_form (const char *s, const vk_token *token, vk_buf *out) {
  size_t n = token->to - token->from;
  uint32_t c = 0;
  if (token->kind == VK_SYLLABLE) return vk_text_fold(s + token->from, n, out);
  if (token->kind == VK_NUMBER) return vk_buf_append(out, s + token->from, n);
  vk_utf8_read((const uint8_t *)s + token->from, n, &c);
  return vk_buf_char(out, (c == '.' && n == 3) ? 0x2026 : mark_form(c));
}


int vk_text_measure (const char *s, size_t n, vk_text_size *size) {
  vk_token_scan scan;
  vk_token token;
  size_t before = 0;              /* syllables up to the last sentence end */
  int rc;
  size->syllables = size->sentences = 0;
  vk_token_scan_start(&scan, s, n);
  while ((rc = vk_token_next(&scan, &token)) > 0) {
    size->syllables += token.kind == VK_SYLLABLE;
    if (token.ends_sentence) {
      size->sentences += size->syllables > before;
      before = size->syllables;
    }
  }
  size->sentences += size->syllables > before;
  return rc;
}
