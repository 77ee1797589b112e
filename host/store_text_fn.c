/*
** Vietnamese text in SQL: folding, matching, and the collation VIET.  SQLite's own
** lower, LIKE and NOCASE know ASCII only.
*/

#include <string.h>

#include "store_internal.h"
#include "text.h"

typedef int (*Fold) (const char *s, size_t n, vk_buf *out);


static void give_error (sqlite3_context *x, int status) {
  if (status == VK_ERR_NOMEM) sqlite3_result_error_nomem(x);
  else sqlite3_result_error(x, "this text is not UTF-8", -1);
}


static const char *text_of (sqlite3_value *v, size_t *len) {
  const char *p = (const char *)sqlite3_value_text(v);
  *len = (p != NULL) ? (size_t)sqlite3_value_bytes(v) : 0;
  return (p != NULL) ? p : "";
}


static void apply (sqlite3_context *x, sqlite3_value *v, Fold fold) {
  vk_buf out = { 0 };
  size_t len;
  const char *p = text_of(v, &len);
  int rc;
  if (sqlite3_value_type(v) == SQLITE_NULL) return;
  rc = fold(p, len, &out);
  if (rc < 0) give_error(x, rc);
  else sqlite3_result_text64(x, out.len > 0 ? out.data : "", out.len, SQLITE_TRANSIENT,
                             SQLITE_UTF8);
  vk_buf_free(&out);
}


/* vk_fold(text): as compared; NULL gives NULL */
static void f_fold (sqlite3_context *x, int n, sqlite3_value **v) {
  (void)n;
  apply(x, v[0], vk_text_fold);
}


/* vk_bare(text): folded, marks dropped */
static void f_bare (sqlite3_context *x, int n, sqlite3_value **v) {
  (void)n;
  apply(x, v[0], vk_text_bare);
}


static void match (sqlite3_context *x, sqlite3_value **v, int bare) {
  size_t hay_len, needle_len;
  const char *hay = text_of(v[0], &hay_len);
  const char *needle = text_of(v[1], &needle_len);
  int rc;
  if (sqlite3_value_type(v[0]) == SQLITE_NULL || sqlite3_value_type(v[1]) == SQLITE_NULL) return;
  rc = vk_text_matches(hay, hay_len, needle, needle_len, bare);
  if (rc < 0) give_error(x, rc);
  else sqlite3_result_int(x, rc);
}


/* vk_matches(haystack, needle) -> 0 or 1: whole syllables, folded */
static void f_matches (sqlite3_context *x, int n, sqlite3_value **v) {
  (void)n;
  match(x, v, 0);
}


/* vk_matches_bare(haystack, needle): the same, marks ignored */
static void f_matches_bare (sqlite3_context *x, int n, sqlite3_value **v) {
  (void)n;
  match(x, v, 1);
}


/* Without memory the order of bytes: a collation cannot fail. */
static int viet (void *arg, int na, const void *a, int nb, const void *b) {
  int failed = 0, least = (na < nb) ? na : nb, order;
  (void)arg;
  order = vk_text_collate(a, (size_t)na, b, (size_t)nb, &failed);
  if (!failed) return order;
  order = memcmp(a, b, (size_t)least);
  return (order != 0) ? order : na - nb;
}


int vk_store_register_text (sqlite3 *db) {
  static const struct {
    const char *name;
    int args;
    void (*f) (sqlite3_context *, int, sqlite3_value **);
  } functions[] = {
    { "vk_fold", 1, f_fold }, { "vk_bare", 1, f_bare },
    { "vk_matches", 2, f_matches }, { "vk_matches_bare", 2, f_matches_bare },
  };
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  size_t i;
  int rc = sqlite3_create_collation_v2(db, "VIET", SQLITE_UTF8, NULL, viet, NULL);
  for (i = 0; rc == SQLITE_OK && i < sizeof(functions) / sizeof(functions[0]); i++) {
    rc = sqlite3_create_function_v2(db, functions[i].name, functions[i].args, flags, NULL,
                                    functions[i].f, NULL, NULL, NULL);
  }
  return rc;
}
