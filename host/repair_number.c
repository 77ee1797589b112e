/*
** Numbers that a text layer split as it split syllables: years ("năm 20 20", "2 024") and
** Roman numerals of congresses ("khoá XI V").  Repaired where the whole is a year behind
** "năm" or the dash of a range, or a numeral behind a word that numerals follow; two numbers
** side by side may also be two numbers, and are only reported.  Looked for in documents whose
** syllables are split.
*/

#include "repair_parts.h"

#include <string.h>

#include "text_utf8.h"

#define YEAR_DIGITS 4
#define ROMAN_MAX 39
#define PIECES_MAX 5

typedef struct number { size_t from, to, pieces; char whole[16]; size_t n; } number;


static int is_roman_digit (char c) { return c == 'I' || c == 'V' || c == 'X'; }


/* Read pieces of digits (of I, V, X) with one space between them.  0: a piece is no number of
   its own, or there are too many. */
static int read_pieces (const vk_repairs *r, size_t at, int (*is_part) (char), number *out) {
  out->from = at;
  out->pieces = out->n = 0;
  for (;;) {
    size_t from = at;
    while (at < r->n && is_part(r->s[at]) && out->n < sizeof(out->whole))
      out->whole[out->n++] = r->s[at++];
    if (at == from) return 0;
    out->pieces++;
    out->to = at;
    if (at + 1 >= r->n || r->s[at] != ' ' || !is_part(r->s[at + 1])) break;
    at++;
  }
  return out->pieces > 1 && out->pieces <= PIECES_MAX;
}


static int is_digit (char c) { return vk_is_digit(c); }


/* Does this word, which may be split itself, end at `at`? */
static int ends_with_word (const vk_repairs *r, size_t at, const char *word) {
  size_t n = strlen(word);
  while (n > 0 && at > r->body) {
    if (r->s[at - 1] == word[n - 1]) n--;
    else if (r->s[at - 1] != ' ') return 0;
    at--;
  }
  return n == 0 && vk_repair_letters_before(r, at) == at;
}


/* Does one of the words, up to NULL, stand before the space before `at`? */
static int stands_behind (const vk_repairs *r, size_t at, const char *const *words) {
  if (at <= r->body || r->s[at - 1] != ' ') return 0;
  for (; *words != NULL; words++) if (ends_with_word(r, at - 1, *words)) return 1;
  return 0;
}


/* "2021 - 20 25": the dash of a range of years. */
static int ends_range (const vk_repairs *r, size_t at) {
  size_t end = at;
  while (end > r->body && r->s[end - 1] == ' ') end--;
  if (end > r->body && r->s[end - 1] == '-') end--;
  else if (end >= r->body + 3 && memcmp(r->s + end - 3, "–", 3) == 0) end -= 3;
  else return 0;
  while (end > r->body && r->s[end - 1] == ' ') end--;
  return end >= r->body + YEAR_DIGITS && vk_is_digit(r->s[end - 1]) &&
         (memcmp(r->s + end - YEAR_DIGITS, "19", 2) == 0 ||
          memcmp(r->s + end - YEAR_DIGITS, "20", 2) == 0);
}


/* A year may end here: not the beginning of a longer number, "2 024,5" and "20 25 tỷ" aside. */
static int ends_number (const vk_repairs *r, size_t at) {
  if (at >= r->n) return 1;
  if (r->s[at] == '%') return 0;
  return (r->s[at] != '.' && r->s[at] != ',') || at + 1 >= r->n || !vk_is_digit(r->s[at + 1]);
}


static int is_year (const number *x) {
  return x->n == YEAR_DIGITS && (memcmp(x->whole, "19", 2) == 0 || memcmp(x->whole, "20", 2) == 0);
}


/* The digits at `at`; *end: where they end. */
static int look_at_digits (vk_repairs *r, size_t at, size_t *end) {
  static const char *const years[] = { "năm", "Năm", "NĂM", NULL };
  number x;
  int apart = at == r->body || !(r->s[at - 1] == '.' || r->s[at - 1] == ',' || r->s[at - 1] == '/');
  int is_split = read_pieces(r, at, is_digit, &x);
  *end = x.to;
  if (!is_split || !apart || !ends_number(r, x.to)) return VK_OK;
  if (is_year(&x) && (stands_behind(r, at, years) || ends_range(r, at)))
    return vk_repair_note(r, VK_REPAIR_NUMBER, x.from, x.to, x.whole, x.n);
  return (x.n <= YEAR_DIGITS) ? vk_repair_report(r, VK_REPAIR_NUMBER, x.from, x.to) : VK_OK;
}


/* The value of a numeral that is written as one is; else 0. */
static int roman_value (const char *s, size_t n) {
  static const char *const ones[] = { "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX" };
  size_t tens = 0, i;
  while (tens < n && s[tens] == 'X') tens++;
  for (i = 0; i < sizeof(ones) / sizeof(ones[0]); i++)
    if (strlen(ones[i]) == n - tens && memcmp(ones[i], s + tens, n - tens) == 0)
      return (int)(10 * tens + i);
  return 0;
}


/* "V I I I - TĂNG CƯỜNG": spaced letters that begin a line with the mark of a unit. */
static int is_spaced_mark (const vk_repairs *r, const number *x) {
  size_t at = x->to + (x->to < r->n && r->s[x->to] == ' ');
  return x->n == x->pieces && (x->from == r->body || vk_is_line_end(r->s[x->from - 1])) &&
         at < r->n && (r->s[at] == '-' || r->s[at] == '.');
}


/* The numeral at `at`.  Behind it no mark of a unit: "Đại hội X I- TÌNH HÌNH". */
static int look_at_roman (vk_repairs *r, size_t at, size_t *end) {
  static const char *const counted[] = {
    "hội", "HỘI", "khoá", "Khoá", "KHOÁ", "khóa", "Khóa", "KHÓA", "thứ", "THỨ", "kỷ", NULL
  };
  number x;
  int is_split = read_pieces(r, at, is_roman_digit, &x), value;
  char next = (x.to < r->n) ? r->s[x.to] : '\n';
  *end = x.to;
  if (!is_split || vk_repair_letter(r, x.to) > 0) return VK_OK;
  value = roman_value(x.whole, x.n);
  if (value == 0 || value > ROMAN_MAX) return VK_OK;
  if (is_spaced_mark(r, &x))
    return vk_repair_note(r, VK_REPAIR_NUMBER, x.from, x.to, x.whole, x.n);
  if (!stands_behind(r, at, counted)) return VK_OK;
  if (next == '-' || next == ')') return vk_repair_report(r, VK_REPAIR_NUMBER, x.from, x.to);
  return vk_repair_note(r, VK_REPAIR_NUMBER, x.from, x.to, x.whole, x.n);
}


int vk_repair_numbers (vk_repairs *r) {
  size_t at = r->body, end;
  int rc = VK_OK;
  if (!r->damaged) return VK_OK;
  for (; rc == VK_OK && at < r->n; at = end) {
    char before = (at > r->body) ? r->s[at - 1] : ' ';
    end = at + 1;
    if (vk_is_digit(r->s[at])) rc = look_at_digits(r, at, &end);
    else if ((before == ' ' || vk_is_line_end(before)) && is_roman_digit(r->s[at]))
      rc = look_at_roman(r, at, &end);
  }
  return rc;
}
