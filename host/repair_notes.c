/*
** Footnotes.  A mark is one to three digits right behind a word or a closing quote
** ("cầu2", "cụ thể...”1"), and one of a row: 1, 2, 3 from the beginning of the text or
** of a page.  Marks are taken out and kept as repairs; a single one is left, and so are
** "CO2", "G20", "Covid19", "điều1".  The footnotes themselves, at the end of a page, stay
** where they are and are reported: where one ends is not certain.
*/

#include "repair_parts.h"

#include <string.h>

#include "syllable.h"
#include "text_utf8.h"

/* Marks may be lost: the next number may skip so many. */
#define SKIPPED 2
#define DIGITS_MAX 3

typedef struct mark { size_t from, to, page; int value; } mark;


/* Words that numbers follow: "điều1" lost its space, not its footnote. */
static int counts (const char *s, size_t n) {
  static const char words[] =
    " điều khoản mục chương phần số năm tháng ngày khóa khoá lần thứ quý bảng hình câu bài tập"
    " trang loại cấp hạng bậc nhóm lớp tuổi quyển biểu tiết điểm ";
  return vk_repair_is_one_of(s, n, words);
}


/* Does a word that bears marks, or a closing quote, end at `at`? */
static int stands_behind (const vk_repairs *r, size_t at) {
  size_t from = vk_repair_letters_before(r, at), n = at - from;
  const char *end = r->s + at;
  if (n > 0) {
    int small = (uint8_t)end[-1] >= 0x80 || (end[-1] >= 'a' && end[-1] <= 'z');
    return small && n > 1 && (from == r->body || !vk_is_digit(r->s[from - 1])) &&
           vk_syllable_valid(r->s + from, n) && !counts(r->s + from, n);
  }
  if (at - r->body >= 3 && memcmp(end - 3, "”", 3) == 0) return 1;
  if (at - r->body >= 2 && memcmp(end - 2, "»", 2) == 0) return 1;
  return at - r->body >= 2 && end[-1] == '"' && !vk_is_blank(end[-2]) && !vk_is_digit(end[-2]);
}


/* May a mark end at `at`?  Not before a unit, a fraction, another number. */
static int may_end (const vk_repairs *r, size_t at) {
  char next = (at < r->n) ? r->s[at] : '\n';
  if (vk_is_blank(next) || vk_is_line_end(next) || strchr(";:)\"", next) != NULL) return 1;
  if (next == '.' || next == ',') return at + 1 >= r->n || !vk_is_digit(r->s[at + 1]);
  return r->n - at >= 3 && memcmp(r->s + at, "”", 3) == 0;
}


static int find_marks (const vk_repairs *r, const size_t *pages, size_t n_pages, vk_buf *marks) {
  size_t at = r->body, page = 0;
  int rc = VK_OK;
  while (rc == VK_OK && at < r->n) {
    mark m = { .from = at };
    if (!vk_is_digit(r->s[at])) { at++; continue; }
    for (; at < r->n && vk_is_digit(r->s[at]); at++)
      if (at - m.from < DIGITS_MAX) m.value = 10 * m.value + (r->s[at] - '0');
    m.to = at;
    while (page + 1 < n_pages && pages[page + 1] <= m.from) page++;
    m.page = page;
    if (m.to - m.from > DIGITS_MAX || r->s[m.from] == '0' || !may_end(r, m.to) ||
        m.from == r->body || !stands_behind(r, m.from)) continue;
    rc = vk_buf_append(marks, &m, sizeof(m));
  }
  return rc;
}


/* Does mark b come next after a, or first on a later page? */
static int follows (const mark *a, const mark *b) {
  if (b->value > a->value && b->value <= a->value + 1 + SKIPPED) return 1;
  return b->value == 1 && b->page > a->page;
}


/* Where a footnote's own text begins on the page that ends at `end`: its number between
   spaces, then a capital.  0 when there is none. */
static size_t body_of (const vk_repairs *r, const mark *m, size_t end) {
  size_t at, n = m->to - m->from;
  for (at = m->to; at + n + 2 < end; at++) {
    uint32_t c = 0;
    if (!vk_is_blank(r->s[at]) && r->s[at] != '\n') continue;
    if (memcmp(r->s + at + 1, r->s + m->from, n) != 0 || r->s[at + 1 + n] != ' ') continue;
    vk_utf8_read((const uint8_t *)r->s + at + n + 2, end - at - n - 2, &c);
    if (utf8proc_tolower((utf8proc_int32_t)c) != (utf8proc_int32_t)c) return at + 1;
  }
  return 0;
}


/* The footnotes of the marks a to b, of one page. */
static int report_bodies (vk_repairs *r, const mark *a, const mark *b, size_t end) {
  size_t from = body_of(r, a, end);
  while (end > r->body && (vk_is_blank(r->s[end - 1]) || vk_is_line_end(r->s[end - 1]))) end--;
  if (from < b->to) return VK_OK;           /* none, or before a mark: not the foot of the page */
  return vk_repair_report(r, VK_REPAIR_NOTE_BODY, from, end);
}


static int note_marks (vk_repairs *r, const vk_buf *found) {
  const mark *all = (const mark *)(const void *)found->data;
  size_t n = found->len / sizeof(*all), i = 0, k, first;
  int rc = VK_OK;
  while (rc == VK_OK && i < n) {
    for (k = i + 1; k < n && follows(&all[k - 1], &all[k]); k++) { }
    if (k - i < 2) { i++; continue; }
    for (first = i; rc == VK_OK && i < k; i++) {
      rc = vk_repair_note(r, VK_REPAIR_NOTE_MARK, all[i].from, all[i].to, NULL, 0);
      if (rc != VK_OK || (i + 1 < k && all[i + 1].page == all[i].page)) continue;
      rc = report_bodies(r, &all[first], &all[i],
                         vk_repair_page_end(r, all[i].page));
      first = i + 1;
    }
  }
  return rc;
}


int vk_repair_notes (vk_repairs *r) {
  vk_buf marks = { 0 };
  size_t n;
  const size_t *pages = vk_repair_pages_of(r, &n);
  int rc = find_marks(r, pages, n, &marks);
  if (rc == VK_OK) rc = note_marks(r, &marks);
  vk_buf_free(&marks);
  return rc;
}
