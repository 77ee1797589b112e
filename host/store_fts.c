/*
** The tokenizer of the search index (FTS5).  The index is fed with the token units
** that documents have already (host/tokens.h), so that what is searched is cut and
** folded by the one rule that counts; a term is the id of a type, written below.
** Which ids a word of a query stands for is the caller's to say.
*/

#include <string.h>

#include "store_internal.h"
#include "tokens.h"

#define TERM_BYTES 3
#define TERM_BASE 127u          /* bytes 1 to 127: no zero, and plain UTF-8 */

typedef int (*Emit) (void *arg, int flags, const char *term, int n, int from, int to);


static void make_term (uint32_t id, char term[TERM_BYTES]) {
  int i;
  for (i = TERM_BYTES - 1; i >= 0; i--, id /= TERM_BASE) term[i] = (char)(1 + id % TERM_BASE);
}


/* The units of one passage. */
static int read_units (const uint8_t *units, size_t n, void *arg, Emit emit) {
  size_t i, width;
  char term[TERM_BYTES];
  int rc = SQLITE_OK;
  for (i = 0; rc == SQLITE_OK && i < n; i += width) {
    uint32_t id = vk_unit_id(units, n, i, &width);
    if (id == VK_UNIT_PASSAGE) continue;
    make_term(id, term);
    rc = emit(arg, 0, term, TERM_BYTES, (int)(2 * i), (int)(2 * (i + width)));
  }
  return rc;
}


/* A number in decimal digits; 0 when there is none, or one that is no id. */
static uint32_t read_id (const char *s, int n, int *at) {
  uint32_t id = 0;
  for (; *at < n && s[*at] >= '0' && s[*at] <= '9' && id < VK_TYPE_LIMIT; (*at)++)
    id = 10 * id + (uint32_t)(s[*at] - '0');
  return (id < VK_TYPE_LIMIT) ? id : 0;
}


/* "17|230 9": one of two ids, then another id. */
static int read_query (const char *s, int n, void *arg, Emit emit) {
  int at = 0, flags = 0, rc = SQLITE_OK;
  char term[TERM_BYTES];
  while (rc == SQLITE_OK && at < n) {
    int from = at;
    uint32_t id = read_id(s, n, &at);
    if (id == 0) return SQLITE_ERROR;
    make_term(id, term);
    rc = emit(arg, flags, term, TERM_BYTES, from, at);
    if (at == n) break;
    if (s[at] != '|' && s[at] != ' ') return SQLITE_ERROR;
    flags = (s[at++] == '|') ? FTS5_TOKEN_COLOCATED : 0;
  }
  return rc;
}


static int tokenize (Fts5Tokenizer *t, void *arg, int flags, const char *s, int n, Emit emit) {
  (void)t;
  if (n <= 0) return SQLITE_OK;
  if (flags & FTS5_TOKENIZE_QUERY) return read_query(s, n, arg, emit);
  return read_units((const uint8_t *)s, (size_t)n / 2, arg, emit);
}


/* It has no state of its own. */
static int create (void *arg, const char **words, int n, Fts5Tokenizer **out) {
  (void)words;
  if (n != 0) return SQLITE_ERROR;
  *out = arg;
  return SQLITE_OK;
}


static void destroy (Fts5Tokenizer *t) {
  (void)t;
}


static fts5_api *api_of (sqlite3 *db, int *rc) {
  fts5_api *api = NULL;
  sqlite3_stmt *q = NULL;
  *rc = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &q, NULL);
  if (*rc != SQLITE_OK) return NULL;
  sqlite3_bind_pointer(q, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step(q);
  *rc = sqlite3_finalize(q);
  if (*rc == SQLITE_OK && api == NULL) *rc = SQLITE_ERROR;
  return api;
}


int vk_store_register_fts (sqlite3 *db) {
  fts5_tokenizer methods = { create, destroy, tokenize };
  int rc;
  fts5_api *api = api_of(db, &rc);
  return (rc == SQLITE_OK) ? api->xCreateTokenizer(api, "vankien", api, &methods, NULL) : rc;
}
