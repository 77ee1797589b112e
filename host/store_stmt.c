/*
** Statements: prepared once per text and kept in a small cache, bound, stepped,
** read.  A statement knows its store, and outlives its closing as a dead object.
*/

#include <stdlib.h>
#include <string.h>

#include "store_internal.h"

#define QUOTED_SQL 160   /* bytes of SQL shown in a message */


static void unlink_stmt (vk_stmt *q) {
  *q->link = q->next;
  if (q->next != NULL) q->next->link = q->link;
  q->next = NULL;
  q->link = NULL;
}


static void push_stmt (vk_stmt **list, vk_stmt *q) {
  q->next = *list;
  q->link = list;
  if (*list != NULL) (*list)->link = &q->next;
  *list = q;
}


static void destroy (vk_stmt *q) {
  unlink_stmt(q);
  sqlite3_finalize(q->h);
  free(q->values);
  free(q->sql);
  free(q);
}


void vk_store_finalize_all (vk_store *s) {
  vk_stmt *q;
  while (s->idle != NULL) destroy(s->idle);
  s->n_idle = 0;
  for (q = s->live; q != NULL; q = q->next) {
    sqlite3_finalize(q->h);
    q->h = NULL;
  }
}


/* A query and nothing else: PRAGMA and ATTACH count as read-only for SQLite. */
static int is_query (sqlite3_stmt *h) {
  static const char *const verbs[] = { "SELECT", "WITH", "VALUES", "EXPLAIN" };
  const char *p = sqlite3_sql(h);
  size_t i;
  if (!sqlite3_stmt_readonly(h) || sqlite3_column_count(h) == 0) return 0;
  for (;;) {
    p += strspn(p, " \t\r\n\f;");
    if (p[0] == '-' && p[1] == '-') p += strcspn(p, "\n");
    else if (p[0] == '/' && p[1] == '*') p = strstr(p, "*/") ? strstr(p, "*/") + 2 : "";
    else break;
  }
  for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
    if (sqlite3_strnicmp(p, verbs[i], (int)strlen(verbs[i])) == 0) return 1;
  }
  return 0;
}


/* "cannot prepare SQL: near "form": syntax error, in: select * form …" */
static int complain (vk_store *s, int status, const char *what, const char *cause,
                     const char *sql, size_t len) {
  size_t shown = (len > QUOTED_SQL) ? QUOTED_SQL : len;
  while (shown < len && shown > 0 && (sql[shown] & 0xC0) == 0x80) shown--;
  vk_store_say(s, status, what, cause);
  if (s->message.len > 0) s->message.len--;  /* the terminating zero */
  vk_buf_append(&s->message, ", in: ", 6);
  vk_buf_append(&s->message, sql, shown);
  if (shown < len) vk_buf_append(&s->message, "…", strlen("…"));
  if (vk_buf_byte(&s->message, '\0') != VK_OK) s->message.len = 0;
  return status;
}


/* Nothing but white space and comments may stand behind the statement. */
static int check_tail (vk_store *s, const char *tail, const char *sql, size_t len) {
  sqlite3_stmt *more = NULL;
  int rc;
  tail += strspn(tail, " \t\r\n\f;");
  if (*tail == '\0') return VK_OK;
  rc = sqlite3_prepare_v3(s->db, tail, (int)(sql + len - tail), 0, &more, NULL);
  sqlite3_finalize(more);
  if (rc == SQLITE_NOMEM) return vk_store_fail(s, rc, "cannot prepare SQL");
  if (rc == SQLITE_OK && more == NULL) return VK_OK;
  return complain(s, VK_ERR_BAD_INPUT, "one statement is expected here, not several", NULL,
                  sql, len);
}


static int compile (vk_store *s, vk_stmt *q) {
  const char *tail = NULL;
  int rc;
  if (q->len > 1000000000)
    return vk_store_say(s, VK_ERR_BAD_INPUT, "this SQL is too long", NULL);
  if (memchr(q->sql, '\0', q->len) != NULL)
    return complain(s, VK_ERR_BAD_INPUT, "SQL must not contain a zero byte", NULL, q->sql,
                    strlen(q->sql));
  rc = sqlite3_prepare_v3(s->db, q->sql, (int)q->len, SQLITE_PREPARE_PERSISTENT, &q->h, &tail);
  if (rc != SQLITE_OK)
    return complain(s, vk_store_status(rc), "cannot prepare SQL", sqlite3_errmsg(s->db), q->sql,
                    q->len);
  if (q->h == NULL)
    return vk_store_say(s, VK_ERR_BAD_INPUT, "there is no statement in this SQL", NULL);
  q->is_read = is_query(q->h);
  return check_tail(s, tail, q->sql, q->len);
}


static vk_stmt *take_idle (vk_store *s, const char *sql, size_t len) {
  vk_stmt *q;
  for (q = s->idle; q != NULL; q = q->next) {
    if (q->len == len && memcmp(q->sql, sql, len) == 0) {
      unlink_stmt(q);
      s->n_idle--;
      return q;
    }
  }
  return NULL;
}


static int new_stmt (vk_store *s, const char *sql, size_t len, vk_stmt **out) {
  vk_stmt *q = calloc(1, sizeof(*q));
  if (q != NULL) q->sql = malloc(len + 1);
  if (q == NULL || q->sql == NULL) {
    free(q);
    return vk_store_say(s, VK_ERR_NOMEM, "not enough memory", NULL);
  }
  memcpy(q->sql, sql, len);
  q->sql[len] = '\0';
  q->len = len;
  q->store = s;
  *out = q;
  return VK_OK;
}


int vk_store_prepare (vk_store *s, const char *sql, size_t len, vk_stmt **out) {
  vk_stmt *q;
  int rc;
  *out = NULL;
  if (s->db == NULL) return vk_store_say(s, VK_ERR_USAGE, "the store is closed", NULL);
  if (s->most_live > 0 && s->refs > s->most_live)
    return vk_store_say(s, VK_ERR_REFUSED, "too many queries are open at the same time", NULL);
  vk_store_let_go(s);
  q = take_idle(s, sql, len);
  if (q == NULL) {
    rc = new_stmt(s, sql, len, &q);
    if (rc == VK_OK) rc = compile(s, q);
    if (rc != VK_OK) {
      if (q != NULL) {
        sqlite3_finalize(q->h);
        free(q->sql);
        free(q);
      }
      return rc;
    }
  }
  push_stmt(&s->live, q);
  s->refs++;
  *out = q;
  return VK_OK;
}


static void drop_oldest (vk_store *s) {
  vk_stmt *q = s->idle;
  while (q->next != NULL) q = q->next;
  destroy(q);
  s->n_idle--;
}


void vk_stmt_release (vk_stmt *q) {
  vk_store *s = q->store;
  if (q->h == NULL) {
    destroy(q);
  }
  else {
    vk_stmt_reset(q);
    unlink_stmt(q);
    push_stmt(&s->idle, q);
    if (++s->n_idle > VK_CACHED_STATEMENTS) drop_oldest(s);
  }
  vk_store_unref(s);
}


vk_store *vk_stmt_store (const vk_stmt *q) {
  return q->store;
}


int vk_stmt_is_read (const vk_stmt *q) {
  return q->is_read;
}


int vk_stmt_params (const vk_stmt *q) {
  return (q->h != NULL) ? sqlite3_bind_parameter_count(q->h) : 0;
}


const char *vk_stmt_param_name (const vk_stmt *q, int i) {
  const char *name = (q->h != NULL) ? sqlite3_bind_parameter_name(q->h, i) : NULL;
  return (name != NULL && name[0] == '?') ? NULL : name;
}


static int closed (vk_stmt *q) {
  return vk_store_say(q->store, VK_ERR_USAGE, "the store of this statement is closed", NULL);
}


static int bound (vk_stmt *q, int rc) {
  if (q->h == NULL) return closed(q);
  return (rc == SQLITE_OK) ? VK_OK : vk_store_fail(q->store, rc, "cannot bind a parameter");
}


int vk_stmt_bind_null (vk_stmt *q, int i) {
  return bound(q, q->h ? sqlite3_bind_null(q->h, i) : 0);
}


int vk_stmt_bind_int64 (vk_stmt *q, int i, int64_t v) {
  return bound(q, q->h ? sqlite3_bind_int64(q->h, i, v) : 0);
}


int vk_stmt_bind_double (vk_stmt *q, int i, double v) {
  return bound(q, q->h ? sqlite3_bind_double(q->h, i, v) : 0);
}


int vk_stmt_bind_text (vk_stmt *q, int i, const char *p, size_t len, int keep) {
  return bound(q, q->h == NULL ? 0 :
    sqlite3_bind_text64(q->h, i, p, len, keep ? SQLITE_STATIC : SQLITE_TRANSIENT, SQLITE_UTF8));
}


int vk_stmt_bind_blob (vk_stmt *q, int i, const void *p, size_t len, int keep) {
  return bound(q, q->h == NULL ? 0 :
    sqlite3_bind_blob64(q->h, i, p, len, keep ? SQLITE_STATIC : SQLITE_TRANSIENT));
}


int vk_stmt_step (vk_stmt *q) {
  int rc, status;
  if (q->h == NULL) return closed(q);
  if (!q->is_read) vk_store_let_go(q->store);
  rc = sqlite3_step(q->h);
  if (rc == SQLITE_ROW) return VK_ROW;
  if (rc == SQLITE_DONE) {
    sqlite3_reset(q->h);
    return VK_OK;
  }
  status = complain(q->store, vk_store_status(rc), "cannot run SQL",
                    sqlite3_errmsg(q->store->db), q->sql, q->len);
  sqlite3_reset(q->h);
  return status;
}


void vk_stmt_reset (vk_stmt *q) {
  if (q->h == NULL) return;
  sqlite3_reset(q->h);
  sqlite3_clear_bindings(q->h);
}


void vk_stmt_rewind (vk_stmt *q) {
  if (q->h != NULL) sqlite3_reset(q->h);
}


int vk_stmt_columns (const vk_stmt *q) {
  return (q->h != NULL) ? sqlite3_column_count(q->h) : 0;
}


const char *vk_stmt_column_name (const vk_stmt *q, int i) {
  return (q->h != NULL) ? sqlite3_column_name(q->h, i) : NULL;
}


enum vk_type vk_stmt_type (const vk_stmt *q, int i) {
  switch (q->h != NULL ? sqlite3_column_type(q->h, i) : SQLITE_NULL) {
    case SQLITE_INTEGER: return VK_INTEGER;
    case SQLITE_FLOAT: return VK_REAL;
    case SQLITE_TEXT: return VK_TEXT;
    case SQLITE_BLOB: return VK_BLOB;
    default: return VK_NULL;
  }
}


int64_t vk_stmt_int64 (const vk_stmt *q, int i) {
  return (q->h != NULL) ? sqlite3_column_int64(q->h, i) : 0;
}


double vk_stmt_double (const vk_stmt *q, int i) {
  return (q->h != NULL) ? sqlite3_column_double(q->h, i) : 0.0;
}


const char *vk_stmt_text (const vk_stmt *q, int i, size_t *len) {
  const char *p = (q->h != NULL) ? (const char *)sqlite3_column_text(q->h, i) : NULL;
  *len = (p != NULL) ? (size_t)sqlite3_column_bytes(q->h, i) : 0;
  return p;
}


const void *vk_stmt_blob (const vk_stmt *q, int i, size_t *len) {
  const void *p = (q->h != NULL) ? sqlite3_column_blob(q->h, i) : NULL;
  *len = (p != NULL) ? (size_t)sqlite3_column_bytes(q->h, i) : 0;
  return p;
}
