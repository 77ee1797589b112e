/*
** Small damage, each told from its surroundings alone: words broken at a line end,
** spaces before punctuation, stray dots, the printer's ornament at the end, the
** furniture of a web page.
*/

#include "repair_parts.h"

#include <string.h>

#include "syllable.h"
#include "text_utf8.h"

/* Bytes of the longest line that can be a web page's own. */
#define CHROME_BYTES 60


static size_t skip_blanks (const vk_repairs *r, size_t at) {
  while (at < r->n && vk_is_blank(r->s[at])) at++;
  return at;
}


static size_t skip_white (const vk_repairs *r, size_t at) {
  while (at < r->n && (vk_is_blank(r->s[at]) || vk_is_line_end(r->s[at]))) at++;
  return at;
}


/* Is the letter at `at` a small one? */
static int is_small (const vk_repairs *r, size_t at) {
  uint32_t c;
  if (vk_repair_letter(r, at) == 0) return 0;
  vk_utf8_read((const uint8_t *)r->s + at, r->n - at, &c);
  return utf8proc_toupper((utf8proc_int32_t)c) != (utf8proc_int32_t)c;
}


/* "quố-\nc": neither half is a syllable and both together are; then the hyphen goes too. */
static int breaks_syllable (const vk_repairs *r, size_t hyphen, size_t next) {
  char both[64];
  size_t from = vk_repair_letters_before(r, hyphen), to = vk_repair_letters_end(r, next);
  size_t left = hyphen - from, right = to - next;
  if (left + right > sizeof(both) || left == 0 || right == 0) return 0;
  if (vk_syllable_valid(r->s + from, left) && vk_syllable_valid(r->s + next, right)) return 0;
  memcpy(both, r->s + from, left);
  memcpy(both + left, r->s + next, right);
  return vk_syllable_valid(both, left + right);
}


/* The hyphen at `at` ends its line and stands behind a letter or digit. */
static int look_at_hyphen (vk_repairs *r, size_t at) {
  size_t feed = skip_blanks(r, at + 1), next;
  int behind_digit = vk_is_digit(r->s[at - 1]);
  if (feed < r->n && r->s[feed] == '\r') feed++;
  if (feed >= r->n || r->s[feed] != '\n') return VK_OK;
  if (!behind_digit && vk_repair_letters_before(r, at) == at) return VK_OK;
  next = skip_blanks(r, feed + 1);
  if (next >= r->n) return VK_OK;
  if (breaks_syllable(r, at, next))
    return vk_repair_note(r, VK_REPAIR_HYPHEN, at, next, NULL, 0);
  if (!vk_is_digit(r->s[next]) && vk_repair_letter(r, next) == 0) return VK_OK;
  if (!behind_digit && !vk_is_digit(r->s[next]) && !is_small(r, next)) return VK_OK;
  return vk_repair_note(r, VK_REPAIR_HYPHEN, at, next, "-", 1);
}


int vk_repair_hyphens (vk_repairs *r) {
  const char *p = r->s + r->body, *end = r->s + r->n;
  int rc = VK_OK;
  while (rc == VK_OK && (p = memchr(p, '-', (size_t)(end - p))) != NULL) {
    if (p > r->s + r->body) rc = look_at_hyphen(r, (size_t)(p - r->s));
    p++;
  }
  return rc;
}


/* What stands before the spaces at `at` is text that a comma may follow. */
static int is_after_text (const vk_repairs *r, size_t at) {
  uint8_t b;
  if (at == r->body) return 0;
  b = (uint8_t)r->s[at - 1];
  return b >= 0x80 || b == ')' || b == '"' || vk_is_digit((char)b) ||
         ((b | 0x20) >= 'a' && (b | 0x20) <= 'z');
}


/* The mark at `at` with spaces before it. */
static int look_at_mark (vk_repairs *r, size_t at) {
  size_t from = at;
  char next = (at + 1 < r->n) ? r->s[at + 1] : '\n';
  while (from > r->body && r->s[from - 1] == ' ') from--;
  if (from == at || !is_after_text(r, from)) return VK_OK;
  if (!vk_is_blank(next) && !vk_is_line_end(next) && (uint8_t)next < 0x80) return VK_OK;
  return vk_repair_note(r, VK_REPAIR_SPACE, from, at + 1, r->s + at, 1);
}


int vk_repair_spaces (vk_repairs *r) {
  size_t at;
  int rc = VK_OK;
  for (at = r->body; rc == VK_OK && at < r->n; at++)
    if (r->s[at] == ',' || r->s[at] == '.' || r->s[at] == ';' || r->s[at] == ':')
      rc = look_at_mark(r, at);
  return rc;
}


/* "(UNDP), .. Việt Nam": two dots that stand alone behind a comma or inside a sentence. */
static int look_at_dots (vk_repairs *r, size_t at) {
  size_t before = at, next;
  if (at + 2 < r->n && r->s[at + 2] == '.') return VK_OK;
  while (before > r->body && vk_is_blank(r->s[before - 1])) before--;
  if (before == at || before == r->body || strchr(".:;!?", r->s[before - 1]) != NULL) return VK_OK;
  next = skip_blanks(r, at + 2);
  if (next == at + 2 || next >= r->n || vk_repair_letter(r, next) == 0) return VK_OK;
  if (r->s[before - 1] != ',' && !is_small(r, next)) return VK_OK;
  return vk_repair_note(r, VK_REPAIR_DOTS, before, next, " ", 1);
}


int vk_repair_dots (vk_repairs *r) {
  size_t at;
  int rc = VK_OK;
  for (at = r->body; rc == VK_OK && at + 1 < r->n; at++) {
    if (r->s[at] != '.' || r->s[at + 1] != '.') continue;
    if (at == r->body || r->s[at - 1] != '.') rc = look_at_dots(r, at);
    while (at + 1 < r->n && r->s[at + 1] == '.') at++;
  }
  return rc;
}


/* A lone "n" after the last full stop: the square of the symbol font Wingdings. */
int vk_repair_ornament (vk_repairs *r) {
  size_t end = r->n, from;
  while (end > r->body && (vk_is_blank(r->s[end - 1]) || vk_is_line_end(r->s[end - 1]))) end--;
  if (end < r->body + 3 || r->s[end - 1] != 'n') return VK_OK;
  for (from = end - 1; from > r->body && r->s[from - 1] == ' '; from--) { }
  if (from == end - 1 || from == r->body || strchr(".!?\"", r->s[from - 1]) == NULL) return VK_OK;
  return vk_repair_note(r, VK_REPAIR_ORNAMENT, from, end, NULL, 0);
}


/* Lines that a web page has and no document. */
static int is_chrome (const char *s, size_t n) {
  static const char *const lines[] = {
    "Loading Now", "You May Have Missed", "Read more", "Share this:", "Skip to content", "Tweet",
    "Leave a Reply", "Xem thêm", "Đọc thêm", "Bài viết liên quan", "Chia sẻ bài viết", "In trang"
  };
  size_t i;
  if (n > 4 && s[0] == '[' && s[1] == '[') return s[n - 1] == ']' && s[n - 2] == ']';
  for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
    if (strlen(lines[i]) == n && memcmp(s, lines[i], n) == 0) return 1;
  return 0;
}


int vk_repair_chrome (vk_repairs *r) {
  size_t at = r->body;
  int rc = VK_OK;
  if (r->short_lines == 0) return VK_OK;
  while (rc == VK_OK && (at = skip_white(r, at)) < r->n) {
    const char *feed = memchr(r->s + at, '\n', r->n - at);
    size_t next = (feed != NULL) ? (size_t)(feed - r->s) : r->n, end = next;
    while (end > at && (vk_is_blank(r->s[end - 1]) || r->s[end - 1] == '\r')) end--;
    if (end - at <= CHROME_BYTES && is_chrome(r->s + at, end - at))
      rc = vk_repair_report(r, VK_REPAIR_CHROME, at, end);
    at = next;
  }
  return rc;
}
