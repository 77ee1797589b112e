/*
** Text layers that come as one line a page: where a new unit begins in mid-line ("… kết
** thúc câu. 2. Tiếp tục …"), the line is broken, so that structure is found as in other
** texts.  Only where it is certain: a sentence, a clause or a heading in capitals ends
** before the mark, and the mark continues its row (1, 2, 3; a, b, c; Một là, Hai là).
** Not "Năm là" without "Bốn là", not "khóa XIV", not 2.5, not "Điều 5 của Hiến chương".
*/

#include "repair_parts.h"

#include <stdlib.h>
#include <string.h>

#include "text_utf8.h"

/* Pages are lines where there are at most so many a page; else only a line of so many
   bytes is no paragraph. */
#define LINES_A_PAGE 3
#define ENDLESS_LINE 3000
#define PARTS_MAX 4
#define CAPITALS_MIN 2

enum row { ROMAN, ARABIC, PAREN, SMALL_ROMAN, LETTER, CARDINAL, ORDINAL, ARTICLE, CHAPTER, BULLET,
           ROWS, DECIMAL, NO_ROW };

typedef struct unit {
  size_t space;                 /* the white space before its mark */
  size_t content;               /* what follows the mark */
  enum row row;
  int value;                    /* place in its row */
  int parts[PARTS_MAX], n_parts;        /* of 2.1.3. */
  int clean;                    /* something ends before it */
} unit;

typedef struct flow {
  vk_repairs *r;
  vk_buf headers;               /* those of pages, found before: pairs of offsets, ascending */
  size_t end;                   /* of the line */
  int last[ROWS];
  int parts[PARTS_MAX], n_parts;
  unit waiting;                 /* a (1) that only a (2) can show to be one */
} flow;


static int is_capital_at (const vk_repairs *r, size_t at, size_t end, size_t *len) {
  uint32_t c;
  *len = (at < end) ? vk_utf8_read((const uint8_t *)r->s + at, end - at, &c) : 0;
  return *len > 0 && utf8proc_tolower((utf8proc_int32_t)c) != (utf8proc_int32_t)c;
}


/* Two capitals or more and nothing small from `at` to `end`? */
static int is_capitals (const vk_repairs *r, size_t at, size_t end) {
  size_t len, capitals = 0;
  for (; at < end; at += len) {
    if (is_capital_at(r, at, end, &len)) capitals++;
    else if (len == 0 || vk_repair_letter(r, at) > 0) return 0;
  }
  return capitals >= 2;
}


static size_t word_end (const flow *f, size_t at) {
  while (at < f->end && !vk_is_blank(f->r->s[at])) at++;
  return at;
}


/* Does something end before the white space at `at`? */
static int ends_before (const flow *f, size_t at) {
  static const char *const closers[] = { "”", "\"", ")", "»", "’" };
  const char *s = f->r->s;
  size_t from, i, n = 0;
  while (at > f->r->body && vk_is_blank(s[at - 1])) at--;
  for (from = at; from > f->r->body && (uint8_t)s[from - 1] > ' '; from--) { }
  if (from == at) return 1;
  if (is_capitals(f->r, from, at)) return 1;
  for (i = 0; i < sizeof(closers) / sizeof(closers[0]); i++) {
    n = strlen(closers[i]);
    if (at >= from + n && memcmp(s + at - n, closers[i], n) == 0) { at -= n; i = 0; }
  }
  if (at == from) return 0;
  if (at >= from + 3 && memcmp(s + at - 3, "…", 3) == 0) return 1;
  return strchr(".!?:;", s[at - 1]) != NULL;
}


static size_t number_at (const flow *f, size_t at, int *value) {
  size_t n = 0;
  *value = 0;
  for (; at + n < f->end && n < 3 && vk_is_digit(f->r->s[at + n]); n++)
    *value = 10 * *value + (f->r->s[at + n] - '0');
  return (n > 0 && n < 3) ? n : 0;
}


static size_t roman_at (const flow *f, size_t at, const char *digits, int *value) {
  static const int worth[] = { 1, 5, 10 };
  size_t n = 0;
  int before = 11;
  *value = 0;
  for (; at + n < f->end; n++) {
    const char *d = memchr(digits, f->r->s[at + n], 3);
    if (d == NULL) break;
    *value += worth[d - digits];
    if (before < worth[d - digits]) *value -= 2 * before;
    before = worth[d - digits];
  }
  return n;
}


/* Which of the words, each followed by `then`, stands at `at`; its bytes in *n.  0: none. */
static int word_at (const flow *f, size_t at, const char *const *words, int n_words, size_t *n) {
  int i;
  for (i = 0; i < n_words; i++) {
    *n = strlen(words[i]);
    if (f->end - at > *n && memcmp(f->r->s + at, words[i], *n) == 0) return i + 1;
  }
  return 0;
}


static int is_at (const flow *f, size_t at, const char *set) {
  return at < f->end && f->r->s[at] != '\0' && strchr(set, f->r->s[at]) != NULL;
}


/* "2." "2.1." "2.1.3" */
static int read_digits (const flow *f, size_t at, unit *u) {
  size_t n, len;
  u->n_parts = 0;
  while (u->n_parts < PARTS_MAX && (n = number_at(f, at, &u->parts[u->n_parts])) > 0) {
    u->n_parts++;
    at += n;
    if (!is_at(f, at, ".")) break;
    at++;
  }
  if (u->n_parts == 0 || f->r->s[at - 1] != '.' || !is_at(f, at, " ")) return 0;
  u->content = at + 1;
  u->row = (u->n_parts == 1) ? ARABIC : DECIMAL;
  u->value = u->parts[u->n_parts - 1];
  return is_capital_at(f->r, u->content, f->end, &len) || is_at(f, u->content, "\"(") ||
         (len == 3 && memcmp(f->r->s + u->content, "“", 3) == 0);
}


static int read_paren (const flow *f, size_t at, unit *u) {
  size_t n = number_at(f, at + 1, &u->value);
  u->row = PAREN;
  if (n == 0) {
    n = roman_at(f, at + 1, "ivx", &u->value);
    u->row = SMALL_ROMAN;
  }
  u->content = at + n + 3;
  return n > 0 && is_at(f, at + n + 1, ")") && is_at(f, at + n + 2, " ");
}


static int read_roman (const flow *f, size_t at, unit *u) {
  size_t n = roman_at(f, at, "IVX", &u->value), len;
  u->row = ROMAN;
  u->content = at + n + 2;
  return n > 0 && is_at(f, at + n, "-.") && is_at(f, at + n + 1, " ") &&
         is_capital_at(f->r, u->content, f->end, &len);
}


static int read_letter (const flow *f, size_t at, unit *u) {
  static const char letters[] = "abcd\xFF" "eghiklmnopqrstuvxy";
  size_t n = ((uint8_t)f->r->s[at] == 0xC4) ? 2 : 1;
  const char *place = (n == 2) ? letters + 4 : strchr(letters, f->r->s[at]);
  if (place == NULL || (n == 2 && (uint8_t)f->r->s[at + 1] != 0x91)) return 0;
  u->row = LETTER;
  u->value = (int)(place - letters) + 1;
  u->content = at + n + 2;
  return is_at(f, at + n, ")") && is_at(f, at + n + 1, " ");
}


static int read_words (const flow *f, size_t at, unit *u) {
  static const char *const cardinals[] = {
    "Một là", "Hai là", "Ba là", "Bốn là", "Năm là", "Sáu là", "Bảy là", "Tám là", "Chín là",
    "Mười là"
  };
  static const char *const ordinals[] = {
    "Thứ nhất", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Thứ tám",
    "Thứ chín", "Thứ mười"
  };
  static const char *const article[] = { "Điều " }, *const chapter[] = { "Chương " };
  size_t n, m, len;
  u->row = CARDINAL;
  if ((u->value = word_at(f, at, cardinals, 10, &n)) == 0) {
    u->row = ORDINAL;
    u->value = word_at(f, at, ordinals, 10, &n);
  }
  if (u->value > 0) {
    u->content = at + n + 2;
    return is_at(f, at + n, ",:") && is_at(f, at + n + 1, " ");
  }
  u->row = ARTICLE;
  if (word_at(f, at, article, 1, &n) > 0) m = number_at(f, at + n, &u->value);
  else {
    u->row = CHAPTER;
    m = word_at(f, at, chapter, 1, &n) > 0 ? roman_at(f, at + n, "IVX", &u->value) : 0;
  }
  u->content = at + n + m + 1;
  if (m == 0) return 0;
  if (is_at(f, at + n + m, ".:") && is_at(f, u->content, " ")) u->content++;
  else if (u->row == ARTICLE || !is_at(f, at + n + m, " ")) return 0;
  return is_capital_at(f->r, u->content, f->end, &len);
}


/* The unit whose mark stands at `at`? */
static int read_unit (const flow *f, size_t at, unit *u) {
  uint8_t c = (uint8_t)f->r->s[at];
  *u = (unit){ .space = at - 1, .row = NO_ROW };
  if (vk_is_digit((char)c)) return read_digits(f, at, u);
  if (c == '(') return read_paren(f, at, u);
  if (c == '-') {
    u->row = BULLET;
    u->content = at + 2;
    return is_at(f, at + 1, " ");
  }
  if (c == 'I' || c == 'V' || c == 'X') return read_roman(f, at, u);
  if ((c >= 'a' && c <= 'z') || (c == 0xC4 && (uint8_t)f->r->s[at + 1] == 0x91))
    return read_letter(f, at, u);
  return (memchr("MHBNSCT", (int)c, 7) != NULL || c == 0xC4) && read_words(f, at, u);
}


/* 2.1 behind 1.4 or 2; 2.2 behind 2.1 or 2.1.5; 2.1.1 behind 2.1. */
static int continues_parts (const flow *f, const unit *u) {
  int same = 0, last = u->n_parts - 1;
  while (same < last && same < f->n_parts && u->parts[same] == f->parts[same]) same++;
  if (same == last && f->n_parts > last) return u->value == f->parts[last] + 1;
  if (u->value != 1) return 0;
  return f->n_parts == 0 || same == last ||
         (same == last - 1 && same < f->n_parts && u->parts[same] == f->parts[same] + 1);
}


static int continues (const flow *f, const unit *u) {
  if (u->row == BULLET) return 1;
  if (u->row == DECIMAL) return continues_parts(f, u);
  /* đ is often left out, and e follows d */
  if (u->row == LETTER && u->value == 6 && f->last[LETTER] == 4) return 1;
  return u->value == 1 || u->value == f->last[u->row] + 1;
}


static int break_at (flow *f, size_t space) {
  return vk_repair_note(f->r, VK_REPAIR_FLOW, space, space + 1, "\n", 1);
}


/* "1.1. BỐI CẢNH THẾ GIỚI Những năm …": a heading in capitals ends where they do. */
static int break_heading (flow *f, size_t at) {
  size_t end = word_end(f, at), words = 0, len;
  while (end < f->end && is_capitals(f->r, at, end)) {
    words++;
    at = end + 1;
    end = word_end(f, at);
  }
  if (words < CAPITALS_MIN || at >= f->end || !is_capital_at(f->r, at, f->end, &len)) return VK_OK;
  if (len >= end - at) return VK_OK;                /* one letter is no sentence */
  return break_at(f, at - 1);
}


static int accept (flow *f, const unit *u, int begins_line) {
  int rc;
  f->waiting.row = (u->row == PAREN || f->waiting.row == NO_ROW) ? NO_ROW : f->waiting.row;
  if (u->row < ROWS) f->last[u->row] = u->value;
  if (u->row == ROMAN || u->row == CHAPTER) f->last[ARABIC] = f->last[LETTER] = 0;
  if (u->row == DECIMAL) {
    memcpy(f->parts, u->parts, sizeof(f->parts));
    f->n_parts = u->n_parts;
  }
  rc = begins_line ? VK_OK : break_at(f, u->space);
  return (rc == VK_OK) ? break_heading(f, u->content) : rc;
}


static int take_unit (flow *f, unit *u) {
  int rc = VK_OK;
  u->clean = ends_before(f, u->space);
  if (u->row == PAREN && u->value == 1 && !u->clean) {
    f->waiting = *u;
    return VK_OK;
  }
  if (!u->clean) return VK_OK;
  if (u->row == PAREN && u->value == 2 && f->waiting.row == PAREN) {
    unit first = f->waiting;
    rc = accept(f, &first, 0);
  }
  return (rc == VK_OK && continues(f, u)) ? accept(f, u, 0) : rc;
}


static int compare (const void *a, const void *b) {
  const size_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}


static int gather_headers (flow *f) {
  size_t i, n = vk_repairs_count(f->r);
  int rc = VK_OK;
  for (i = 0; rc == VK_OK && i < n; i++) {
    const vk_repair *one = vk_repairs_at(f->r, i);
    const size_t ends[2] = { one->from, one->to };
    if (one->kind == VK_REPAIR_PAGE) rc = vk_buf_append(&f->headers, ends, sizeof(ends));
  }
  if (f->headers.len > 0)
    qsort(f->headers.data, f->headers.len / (2 * sizeof(size_t)), 2 * sizeof(size_t), compare);
  return rc;
}


/* Where the text of the line at `at` begins, behind the header of its page. */
static size_t text_of_line (const flow *f, size_t at) {
  const size_t *found;
  while (at < f->end && (vk_is_blank(f->r->s[at]) || f->r->s[at] == '\f')) at++;
  if (f->headers.len == 0) return at;
  found = bsearch(&at, f->headers.data, f->headers.len / (2 * sizeof(size_t)), 2 * sizeof(size_t),
                  compare);
  if (found == NULL) return at;
  for (at = found[1]; at < f->end && vk_is_blank(f->r->s[at]); at++) { }
  return at;
}


static int look_at_line (flow *f, size_t at) {
  unit u;
  int rc = VK_OK;
  at = text_of_line(f, at);
  if (at + 4 < f->end && read_unit(f, at, &u) && continues(f, &u)) rc = accept(f, &u, 1);
  for (; rc == VK_OK && at + 4 < f->end; at++)
    if (f->r->s[at] == ' ' && read_unit(f, at + 1, &u)) rc = take_unit(f, &u);
  return rc;
}


int vk_repair_flow (vk_repairs *r) {
  flow f = { .r = r, .waiting = { .row = NO_ROW } };
  size_t at = r->body, limit, pages;
  int rc = VK_OK;
  vk_repair_pages_of(r, &pages);
  limit = (pages > 1 && r->lines <= LINES_A_PAGE * pages) ? 0 : ENDLESS_LINE;
  if (r->longest_line < limit) return VK_OK;
  rc = gather_headers(&f);
  while (rc == VK_OK && at < r->n) {
    const char *feed = memchr(r->s + at, '\n', r->n - at);
    f.end = (feed != NULL) ? (size_t)(feed - r->s) : r->n;
    if (f.end - at >= limit) rc = look_at_line(&f, at);
    at = f.end + 1;
  }
  vk_buf_free(&f.headers);
  return rc;
}
