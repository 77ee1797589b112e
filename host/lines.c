/*
** Lines of a text, each looked at alone.
*/

#include "lines.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "text_utf8.h"

/* A line of more bytes than this is a paragraph as it stands: it is not measured. */
#define SHORT_BYTES 400
#define HANGING_BYTES 24

#define IS(b, set) ((b) != '\0' && strchr(set, (b)) != NULL)

static const char lower_letters[] =
  "àáạảãâầấậẩẫăằắặẳẵèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗơờớợởỡùúụủũưừứựửữỳýỵỷỹđð";
static const char upper_letters[] =
  "ÀÁẠẢÃÂẦẤẬẨẪĂẰẮẶẲẴÈÉẸẺẼÊỀẾỆỂỄÌÍỊỈĨÒÓỌỎÕÔỒỐỘỔỖƠỜỚỢỞỠÙÚỤỦŨƯỪỨỰỬỮỲÝỴỶỸĐÐ";

/* Words that end no paragraph: what follows belongs to them. */
static const char hanging[] =
  " với và của các những để trong là hoặc cho về tại từ theo bằng do vì nhưng mà thì số"
  " khóa khoá năm tháng ngày lần thứ đến một được bị cả mọi mỗi trên dưới ở ";


void vk_lines_start (vk_lines *l, const char *s, size_t n, size_t at) {
  memset(l, 0, sizeof(*l));
  l->s = s;
  l->n = n;
  /* U+0300 to U+037F are the bytes 0xCC, 0xCD and one more */
  l->decomposed = at < n && (memchr(s + at, 0xCC, n - at) != NULL ||
                             memchr(s + at, 0xCD, n - at) != NULL);
}


void vk_lines_free (vk_lines *l) {
  free(l->all);
  vk_buf_free(&l->shown);
  vk_buf_free(&l->pieces);
  memset(l, 0, sizeof(*l));
}


const uint8_t *vk_line_text (const vk_lines *l, const vk_line *line) {
  return (const uint8_t *)(line->is_shown ? l->shown.data : l->s) + line->at;
}


/* Room for one more line, all zero; NULL when memory ran out. */
static vk_line *new_line (vk_lines *l) {
  if (l->count == l->cap) {
    size_t cap = l->cap ? 2 * l->cap : 32;
    vk_line *all;
    if (cap > SIZE_MAX / 2 / sizeof(*all)) return NULL;
    all = realloc(l->all, cap * sizeof(*all));
    if (all == NULL) return NULL;
    l->all = all;
    l->cap = cap;
  }
  memset(&l->all[l->count], 0, sizeof(*l->all));
  l->all[l->count].ends = VK_ENDS_UNKNOWN;
  return &l->all[l->count++];
}


static int is_white (uint8_t b) {
  return b == ' ' || (b >= '\t' && b <= '\r');
}


/* Is white space or the bar of a table left out between two pieces? */
static int apart (const char *s, size_t from, size_t to) {
  for (; from < to; from++) if (is_white((uint8_t)s[from]) || s[from] == '|') return 1;
  return 0;
}


/* The pieces of a line as cleaning will join them. */
static int show_pieces (vk_lines *l, const size_t *pieces, size_t n_pieces, vk_buf *out) {
  size_t i;
  int rc = VK_OK;
  for (i = 0; rc == VK_OK && i < n_pieces; i++) {
    const size_t *p = pieces + 2 * i;
    if (i > 0 && apart(l->s, p[-1], p[0])) rc = vk_buf_byte(out, ' ');
    if (rc == VK_OK) rc = vk_buf_append(out, l->s + p[0], p[1] - p[0]);
  }
  return rc;
}


/* Write the text to look at behind `shown`, composed where marks are detached. */
static int show (vk_lines *l, const size_t *pieces, size_t n_pieces) {
  vk_buf joined = { 0 };
  int rc;
  if (!l->decomposed) return show_pieces(l, pieces, n_pieces, &l->shown);
  if (n_pieces == 1)
    rc = vk_text_nfc(l->s + pieces[0], pieces[1] - pieces[0], &l->shown);
  else {
    rc = show_pieces(l, pieces, n_pieces, &joined);
    if (rc == VK_OK) rc = vk_text_nfc(joined.len > 0 ? joined.data : "", joined.len, &l->shown);
  }
  vk_buf_free(&joined);
  return (rc < 0) ? rc : VK_OK;
}


static void count_columns (const vk_lines *l, vk_line *line) {
  const uint8_t *s = vk_line_text(l, line);
  size_t i, columns = 0;
  line->cols = -1;
  if (line->n > SHORT_BYTES) return;
  for (i = 0; i < line->n; i++) columns += !vk_utf8_tail(s[i]);
  line->cols = (int)columns;
}


/* The text to look at begins at `before` in `shown`, without white space around it. */
static void look_at_shown (const vk_lines *l, vk_line *line, size_t before) {
  const uint8_t *s = (const uint8_t *)l->shown.data;
  size_t end = l->shown.len;
  while (before < end && is_white(s[before])) before++;
  while (end > before && is_white(s[end - 1])) end--;
  line->is_shown = 1;
  line->at = before;
  line->n = end - before;
}


/* Append a line of these pieces; `kept`: they must be remembered. */
static int add_line (vk_lines *l, const size_t *pieces, size_t n_pieces, int kept, vk_line **out) {
  size_t before = l->shown.len, n_kept = l->pieces.len / (2 * sizeof(*pieces));
  vk_line *line;
  int rc = VK_OK;
  if (kept || l->decomposed) rc = show(l, pieces, n_pieces);
  if (rc == VK_OK && kept) rc = vk_buf_append(&l->pieces, pieces, 2 * n_pieces * sizeof(*pieces));
  if (rc != VK_OK) return rc;
  line = new_line(l);
  if (line == NULL) return VK_ERR_NOMEM;
  line->from = line->at = pieces[0];
  line->to = pieces[2 * n_pieces - 1];
  line->n = line->to - line->from;
  line->piece = n_kept;
  line->n_pieces = kept ? n_pieces : 0;
  if (kept || l->decomposed) look_at_shown(l, line, before);
  count_columns(l, line);
  *out = line;
  return VK_OK;
}


/* Does [from, to) stand alone, so that it can be looked at where it is? */
static int is_bare (const vk_lines *l, size_t from, size_t to) {
  return (from == 0 || is_white((uint8_t)l->s[from - 1])) &&
         (to == l->n || is_white((uint8_t)l->s[to]));
}


int vk_lines_add (vk_lines *l, const size_t *pieces, size_t n_pieces, enum vk_gap gap, int level) {
  vk_line *line;
  size_t i, before = 0;
  int rc, kept;
  for (i = 0; i < 2 * n_pieces; before = pieces[i++])
    if (pieces[i] < before || pieces[i] > l->n) return VK_ERR_USAGE;
  if (n_pieces == 0) return VK_ERR_USAGE;
  kept = n_pieces > 1 || !is_bare(l, pieces[0], pieces[1]);
  rc = add_line(l, pieces, n_pieces, kept, &line);
  if (rc != VK_OK) return rc;
  line->gap = (uint8_t)gap;
  line->level = (uint8_t)level;
  return VK_OK;
}


static int is_ornament (const char *s, size_t from, size_t to) {
  if (!IS(s[from], "*_-=~")) return 0;
  while (from < to && IS(s[from], "*_-=~ \t")) from++;
  return from == to;
}


/* "# page 12" */
static int is_page_mark (const vk_lines *l, size_t from, size_t to) {
  const char *s = l->s;
  size_t at = from + 1, word;
  if (s[from] != '#') return 0;
  while (at < l->n && is_white((uint8_t)s[at])) at++;
  if (l->n - at < 4 || memcmp(s + at, "page", 4) != 0) return 0;
  for (word = at += 4; at < l->n && is_white((uint8_t)s[at]); ) at++;
  if (at == word || at == l->n || s[at] < '0' || s[at] > '9') return 0;
  while (at < l->n && s[at] >= '0' && s[at] <= '9') at++;
  return at >= to;
}


/* One raw line [at, feed): a line of text, or what it leaves as gap. */
static int read_line (vk_lines *l, size_t at, size_t feed, enum vk_gap *gap,
                      vk_lines_dropped *dropped) {
  size_t ends[2] = { at, feed };
  vk_line *line;
  int rc;
  while (ends[0] < feed && is_white((uint8_t)l->s[ends[0]])) ends[0]++;
  while (ends[1] > ends[0] && is_white((uint8_t)l->s[ends[1] - 1])) ends[1]--;
  if (ends[0] > at && *gap != VK_GAP_BREAK && memchr(l->s + at, '\f', ends[0] - at) != NULL)
    *gap = VK_GAP_PAGE;
  if (ends[0] == ends[1]) {
    if (*gap == VK_GAP_NONE) *gap = VK_GAP_BLANK;
    return VK_OK;
  }
  if (is_ornament(l->s, ends[0], ends[1])) {
    *gap = VK_GAP_BREAK;
    dropped->ornaments++;
    return VK_OK;
  }
  if (is_page_mark(l, ends[0], ends[1])) {
    if (*gap != VK_GAP_BREAK) *gap = VK_GAP_PAGE;
    dropped->page_marks++;
    return VK_OK;
  }
  rc = add_line(l, ends, 1, 0, &line);
  if (rc != VK_OK) return rc;
  line->gap = (uint8_t)*gap;
  line->indent = ends[0] - at;
  *gap = VK_GAP_NONE;
  return VK_OK;
}


int vk_lines_read (vk_lines *l, size_t at, vk_lines_dropped *dropped) {
  enum vk_gap gap = VK_GAP_NONE;
  int rc = VK_OK;
  while (rc == VK_OK && at < l->n) {
    const char *feed = memchr(l->s + at, '\n', l->n - at);
    size_t end = (feed != NULL) ? (size_t)(feed - l->s) : l->n;
    rc = read_line(l, at, end, &gap, dropped);
    at = end + 1;
  }
  return rc;
}


/* Is the character at s one of the letters? */
static int is_letter_of (const char *letters, const uint8_t *s, size_t n) {
  char letter[VK_CHAR_MAX + 1] = { 0 };
  uint32_t c;
  size_t len = (n > 0 && s[0] >= 0x80) ? vk_utf8_read(s, n, &c) : 0;
  memcpy(letter, s, len);
  return len > 0 && strstr(letters, letter) != NULL;
}


enum vk_begins vk_line_begins (const vk_lines *l, const vk_line *line, size_t at) {
  const uint8_t *s = vk_line_text(l, line) + at;
  if (at >= line->n) return VK_BEGINS_OTHER;
  if (s[0] >= 'a' && s[0] <= 'z') return VK_BEGINS_LOWER;
  if (s[0] >= 'A' && s[0] <= 'Z') return VK_BEGINS_UPPER;
  if (s[0] >= '0' && s[0] <= '9') return VK_BEGINS_DIGIT;
  if (is_letter_of(lower_letters, s, line->n - at)) return VK_BEGINS_LOWER;
  return is_letter_of(upper_letters, s, line->n - at) ? VK_BEGINS_UPPER : VK_BEGINS_OTHER;
}


static int ends_with (const uint8_t *s, size_t n, const char *mark) {
  size_t len = strlen(mark);
  return n >= len && memcmp(s + n - len, mark, len) == 0;
}


/* How much of s stays without the marks that may stand behind its last character. */
static size_t before_closers (const uint8_t *s, size_t n) {
  static const char *const closers[] = {
    "\"", "'", ")", "]", "”", "’", "»", "*", "\u00A0", " ", "\t"
  };
  size_t i;
  do {
    for (i = 0; i < sizeof(closers) / sizeof(closers[0]); i++)
      if (ends_with(s, n, closers[i])) break;
    if (i < sizeof(closers) / sizeof(closers[0])) n -= strlen(closers[i]);
  } while (n > 0 && i < sizeof(closers) / sizeof(closers[0]));
  return n;
}


/* Is the last word one that ends no paragraph? */
static int hangs (const uint8_t *s, size_t n) {
  char word[HANGING_BYTES + 3];
  size_t at = n;
  while (at > 0 && !is_white(s[at - 1]) && n - at < HANGING_BYTES) at--;
  if (at == n) return 0;
  word[0] = ' ';
  memcpy(word + 1, s + at, n - at);
  word[n - at + 1] = ' ';
  word[n - at + 2] = '\0';
  return strstr(hanging, word) != NULL;
}


static enum vk_ends find_end (const uint8_t *s, size_t whole) {
  size_t n = before_closers(s, whole);
  uint8_t last = (n > 0) ? s[n - 1] : 0;
  if (IS(last, ".!?") || ends_with(s, n, "…")) return VK_ENDS_SENTENCE;
  if (IS(last, ";:")) return VK_ENDS_CLAUSE;
  if (last == ',') return VK_ENDS_COMMA;
  if (IS(last, "-(") || ends_with(s, n, "–")) return VK_ENDS_HANGING;
  return (n == whole && hangs(s, n)) ? VK_ENDS_HANGING : VK_ENDS_OPEN;
}


enum vk_ends vk_line_ends (const vk_lines *l, vk_line *line) {
  if (line->ends == VK_ENDS_UNKNOWN)
    line->ends = (uint8_t)find_end(vk_line_text(l, line), line->n);
  return (enum vk_ends)line->ends;
}


int vk_line_capitals (const vk_lines *l, const vk_line *line, size_t at) {
  const uint8_t *s = vk_line_text(l, line);
  size_t i, capitals = 0;
  if (line->n > at + SHORT_BYTES) return 0;
  for (i = at; i < line->n; i++) if (s[i] >= 'a' && s[i] <= 'z') return 0;
  for (i = at; i < line->n; i++) {
    if (vk_utf8_tail(s[i])) continue;
    if (s[i] >= 0x80 && is_letter_of(lower_letters, s + i, line->n - i)) return 0;
    capitals += (s[i] >= 'A' && s[i] <= 'Z') ||
                (s[i] >= 0x80 && is_letter_of(upper_letters, s + i, line->n - i));
  }
  return capitals >= 2;
}


static int begins_with_word (const uint8_t *s, size_t n) {
  static const char *const words[] = {
    "Phần", "PHẦN", "Chương", "CHƯƠNG", "Mục", "MỤC", "Điều", "ĐIỀU", "Thứ", "Một", "Hai", "Ba",
    "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười"
  };
  size_t i;
  for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
    size_t len = strlen(words[i]);
    if (s[0] == (uint8_t)words[i][0] && n >= len && memcmp(s, words[i], len) == 0) return 1;
  }
  return 0;
}


/* Every beginning that marks.lua's grammar accepts, and more. */
static int may_bear_mark (const uint8_t *s, size_t n) {
  size_t i = 0;
  if (n < 2) return n > 0;
  if (s[0] >= '0' && s[0] <= '9') return 1;
  if (IS(s[0], "(-+*") || s[0] == 0xC2 || s[0] == 0xE2) return 1;
  if (s[0] >= 'a' && s[0] <= 'z') return s[1] == ')';
  if (s[0] == 0xC4 && s[1] == 0x91) return n > 2 && s[2] == ')';
  while (i < n && IS(s[i], "IVX")) i++;
  if (i > 0) return i == n || IS(s[i], "-.) \t") || s[i] == 0xE2 || s[i] == 0xC2;
  if (s[0] >= 'A' && s[0] <= 'H' && (IS(s[1], "-.") || s[1] == 0xE2)) return 1;
  return begins_with_word(s, n);
}


int vk_line_is_plain (const vk_lines *l, const vk_line *line) {
  return line->level == 0 && line->gap != VK_GAP_BREAK &&
         !may_bear_mark(vk_line_text(l, line), line->n);
}
