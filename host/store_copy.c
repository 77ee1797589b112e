/*
** Backup of a store, and the trace of its statements.
*/

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store_internal.h"

#define BACKUP_PAGES 64


/* Copy page after page; stops at a Ctrl-C.  An SQLite result code. */
static int copy_pages (sqlite3 *from, sqlite3 *to) {
  sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
  int rc, finished;
  if (b == NULL) return sqlite3_extended_errcode(to);
  do {
    rc = vk_interrupted() ? SQLITE_INTERRUPT : sqlite3_backup_step(b, BACKUP_PAGES);
  } while (rc == SQLITE_OK);
  finished = sqlite3_backup_finish(b);
  return (rc == SQLITE_DONE) ? finished : rc;
}


static int copy_to (vk_store *s, const char *path) {
  sqlite3 *to = NULL;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE;
  int rc = sqlite3_open_v2(path, &to, flags, NULL);
  if (rc == SQLITE_OK) rc = copy_pages(s->db, to);
  if (rc == SQLITE_OK) rc = sqlite3_exec(to, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
  if (rc != SQLITE_OK)
    vk_store_say(s, vk_store_status(rc), "cannot write the copy", sqlite3_errstr(rc));
  sqlite3_close_v2(to);
  return (rc == SQLITE_OK) ? VK_OK : vk_store_status(rc);
}


/* The copy appears under its name only when it is whole. */
static int finish_copy (vk_store *s, int rc, const char *partial, const char *path) {
  if (rc == VK_OK && link(partial, path) != 0)
    rc = vk_store_say(s, errno == EEXIST ? VK_ERR_REFUSED : VK_ERR_IO, path, strerror(errno));
  unlink(partial);
  return rc;
}


int vk_store_backup (vk_store *s, const char *path) {
  size_t size = strlen(path) + sizeof(".partial");
  char *partial;
  int rc;
  if (s->db == NULL) return vk_store_say(s, VK_ERR_USAGE, "the store is closed", NULL);
  if (access(path, F_OK) == 0)
    return vk_store_say(s, VK_ERR_REFUSED, "this file exists, and is not overwritten", path);
  vk_store_let_go(s);
  partial = malloc(size);
  if (partial == NULL) return vk_store_say(s, VK_ERR_NOMEM, "not enough memory", NULL);
  snprintf(partial, size, "%s.partial", path);
  unlink(partial);
  rc = finish_copy(s, copy_to(s, partial), partial, path);
  free(partial);
  return rc;
}


/* Inside sqlite3_step: only queues.  Without memory the line is missing, nothing else. */
static int on_trace (unsigned kind, void *arg, void *p, void *x) {
  vk_store *s = arg;
  char *sql = (p == s->holder) ? NULL : sqlite3_expanded_sql(p);
  (void)kind;
  (void)x;
  if (sql != NULL) vk_buf_append(&s->traced, sql, strlen(sql) + 1);
  sqlite3_free(sql);
  return 0;
}


int vk_store_trace (vk_store *s, int on) {
  if (s->db == NULL) return vk_store_say(s, VK_ERR_USAGE, "the store is closed", NULL);
  s->tracing = on;
  vk_store_trace_clear(s);
  sqlite3_trace_v2(s->db, on ? SQLITE_TRACE_STMT : 0, on ? on_trace : NULL, s);
  return VK_OK;
}


const char *vk_store_traced (const vk_store *s, size_t *len) {
  *len = s->traced.len;
  return s->traced.data;
}


void vk_store_trace_clear (vk_store *s) {
  s->traced.len = 0;
}
