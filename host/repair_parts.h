/*
** What the files host/repair*.c share: the quick pass, the finders, and how a
** finder notes what it found.  Private to them.
*/

#ifndef vk_repair_parts_h
#define vk_repair_parts_h

#include "repair.h"

/* What the quick pass saw: bits. */
enum vk_look {
  VK_LOOK_CONSONANTS = 1,         /* a run of small consonants between spaces */
  VK_LOOK_GLUE = 2,               /* vowels with marks on both sides of consonants */
  VK_LOOK_SPACE = 4,              /* a space before , ; . : */
  VK_LOOK_DIGIT = 8,              /* a digit right behind a letter or quote */
  VK_LOOK_DOTS = 16,              /* two dots */
  VK_LOOK_ALWAYS = 32             /* for finders that are as quick themselves */
};

unsigned vk_repair_look (const char *s, size_t n);

/*
** The finders.  Each notes what it finds in s[body, n), in any order.  VK_OK or
** VK_ERR_NOMEM.
*/
int vk_repair_split (vk_repairs *r);
int vk_repair_numbers (vk_repairs *r);          /* behind the split syllables */
int vk_repair_glued (vk_repairs *r);
int vk_repair_pages (vk_repairs *r);
int vk_repair_notes (vk_repairs *r);
int vk_repair_hyphens (vk_repairs *r);
int vk_repair_spaces (vk_repairs *r);
int vk_repair_marks (vk_repairs *r);
int vk_repair_ornament (vk_repairs *r);
int vk_repair_dots (vk_repairs *r);
int vk_repair_chrome (vk_repairs *r);
int vk_repair_flow (vk_repairs *r);

/* Note that `after` stands for s[from, to).  VK_OK or VK_ERR_NOMEM. */
int vk_repair_note (vk_repairs *r, enum vk_repair_kind kind, size_t from, size_t to,
                    const char *after, size_t n_after);

/* Note s[from, to) without repairing it. */
int vk_repair_report (vk_repairs *r, enum vk_repair_kind kind, size_t from, size_t to);

/* Find the pages (form feeds, page marks) and how long the lines are.  VK_OK, VK_ERR_NOMEM. */
int vk_repair_survey (vk_repairs *r);

/* Where pages begin, *n of them, one at least. */
static inline const size_t *vk_repair_pages_of (const vk_repairs *r, size_t *n) {
  *n = r->pages.len / sizeof(size_t);
  return (const size_t *)(const void *)r->pages.data;
}

/* A line that is furniture of a page or a web site is no longer than this. */
#define VK_SHORT_LINE 90

/* Where the text of a page ends: before the mark of the next one. */
size_t vk_repair_page_end (const vk_repairs *r, size_t page);

/* Bytes of the letter at `at` (marks that belong to it too), or 0. */
size_t vk_repair_letter (const vk_repairs *r, size_t at);

/* Where the run of letters that ends at `to` begins, not before `body`. */
size_t vk_repair_letters_before (const vk_repairs *r, size_t to);

/* Where the run of letters that begins at `at` ends. */
size_t vk_repair_letters_end (const vk_repairs *r, size_t at);

/* Is s[0, n) one of the words, which stand between spaces? */
int vk_repair_is_one_of (const char *s, size_t n, const char *words);

/* Is the lone letter at `at` a unit ("10 m")?  One of a list ("điểm c", "c)", behind a mark)? */
int vk_repair_is_unit (const vk_repairs *r, size_t at);
int vk_repair_is_item (const vk_repairs *r, size_t at);

static inline int vk_is_blank (char c) { return c == ' ' || c == '\t'; }
static inline int vk_is_line_end (char c) { return c == '\n' || c == '\r' || c == '\f'; }
static inline int vk_is_digit (char c) { return c >= '0' && c <= '9'; }

#endif
