/*
** Opening a store hardened, closing it, transactions, backup, tracing.
*/

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store_internal.h"

#define HEAP_LIMIT (INT64_C(1) << 30)   /* bytes SQLite may hold, whole process */


const char *vk_store_sqlite_version (void) {
  return sqlite3_libversion();
}


int64_t vk_store_memory (void) {
  return sqlite3_memory_used();
}


int vk_store_status (int rc) {
  if (rc == SQLITE_IOERR_NOMEM) return VK_ERR_NOMEM;
  switch (rc & 0xff) {
    case SQLITE_OK: case SQLITE_ROW: case SQLITE_DONE: return VK_OK;
    case SQLITE_NOMEM: return VK_ERR_NOMEM;
    case SQLITE_ERROR: case SQLITE_RANGE: case SQLITE_TOOBIG: case SQLITE_MISMATCH:
      return VK_ERR_BAD_INPUT;
    case SQLITE_READONLY: case SQLITE_AUTH: return VK_ERR_REFUSED;
    case SQLITE_CORRUPT: case SQLITE_NOTADB: case SQLITE_CONSTRAINT: case SQLITE_FORMAT:
      return VK_ERR_INTEGRITY;
    case SQLITE_FULL: return VK_ERR_FULL;
    case SQLITE_BUSY: case SQLITE_LOCKED: case SQLITE_PROTOCOL: return VK_ERR_BUSY;
    case SQLITE_INTERRUPT: return VK_ERR_INTERRUPTED;
    case SQLITE_IOERR: case SQLITE_CANTOPEN: case SQLITE_PERM: case SQLITE_NOLFS:
      return VK_ERR_IO;
    default: return VK_ERR_INTERNAL;
  }
}


const char *vk_store_hint (int status) {
  switch (status) {
    case VK_ERR_FULL:
      return "free some space on the disk of the store and try again; the store is as it was";
    case VK_ERR_BUSY:
      return "another program is writing to this store; wait for it and try again";
    default: return NULL;
  }
}


int vk_store_say (vk_store *s, int status, const char *what, const char *cause) {
  s->message.len = 0;
  if (vk_buf_append(&s->message, what, strlen(what)) == VK_OK && cause != NULL &&
      vk_buf_append(&s->message, ": ", 2) == VK_OK)
    vk_buf_append(&s->message, cause, strlen(cause));
  if (vk_buf_byte(&s->message, '\0') != VK_OK) s->message.len = 0;
  return status;
}


int vk_store_fail (vk_store *s, int rc, const char *what) {
  const char *cause = (s->db != NULL) ? sqlite3_errmsg(s->db) : sqlite3_errstr(rc);
  return vk_store_say(s, vk_store_status(rc), what, cause);
}


const char *vk_store_message (const vk_store *s) {
  return (s->message.len > 0) ? s->message.data : "not enough memory";
}


const char *vk_store_path (const vk_store *s) {
  return s->path;
}


int vk_store_is_open (const vk_store *s) {
  return s->db != NULL;
}


void vk_store_unref (vk_store *s) {
  if (--s->refs > 0) return;
  vk_buf_free(&s->message);
  vk_buf_free(&s->traced);
  free(s->path);
  free(s);
}


/* Called from the signal handler. */
static void stop_store (void *arg) {
  vk_store_interrupt(arg);
}


static vk_store *new_store (const char *path) {
  vk_store *s = calloc(1, sizeof(*s));
  if (s == NULL) return NULL;
  s->refs = 1;
  s->path = strdup(path);
  if (s->path == NULL) {
    free(s);
    return NULL;
  }
  s->interrupt.stop = stop_store;
  s->interrupt.arg = s;
  return s;
}


/* Wait for another writer, but not longer than asked, and not past a Ctrl-C. */
static int on_busy (void *arg, int tries) {
  static const int wait_ms[] = { 1, 2, 5, 10, 15, 20, 25, 50 };
  int n = (int)(sizeof(wait_ms) / sizeof(wait_ms[0]));
  int limit_ms = (int)(intptr_t)arg, waited = 0, i;
  for (i = 0; i < tries && waited < limit_ms; i++) {
    waited += wait_ms[i < n ? i : n - 1];
  }
  if (vk_interrupted() || waited >= limit_ms) return 0;
  sqlite3_sleep(wait_ms[tries < n ? tries : n - 1]);
  return 1;
}


/* Switches that a hostile file must not find on.  `defensive` last: it needs nothing. */
static int harden (sqlite3 *db) {
  static const struct { int option, value; } config[] = {
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    { SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0 },
    { SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 },
    { SQLITE_DBCONFIG_DQS_DML, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
  };
  size_t i;
  for (i = 0; i < sizeof(config) / sizeof(config[0]); i++) {
    int got = -1;
    int rc = sqlite3_db_config(db, config[i].option, config[i].value, &got);
    if (rc != SQLITE_OK) return rc;
    if (got != config[i].value) return SQLITE_INTERNAL;
  }
  return SQLITE_OK;
}


static int configure (vk_store *s, const vk_store_options *o) {
  char sql[160];
  int rc = harden(s->db);
  if (rc != SQLITE_OK) return rc;
  sqlite3_busy_handler(s->db, on_busy, (void *)(intptr_t)o->busy_ms);
  rc = sqlite3_exec(s->db,
    "PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;"
    "PRAGMA cache_size = -2000; PRAGMA recursive_triggers = ON;", NULL, NULL, NULL);
  if (rc != SQLITE_OK) return rc;
  if (o->mode == VK_OPEN_READ)  /* touch the file now: what is no store is told at once */
    return sqlite3_exec(s->db, "PRAGMA query_only = ON; SELECT count(*) FROM sqlite_schema;",
                        NULL, NULL, NULL);
  snprintf(sql, sizeof(sql),
    "PRAGMA page_size = %d; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
    "PRAGMA journal_size_limit = 67108864;", o->page_size);
  return sqlite3_exec(s->db, sql, NULL, NULL, NULL);
}


/* Say clearly what SQLite only calls "unable to open database file". */
static int check_path (vk_store *s, const vk_store_options *o) {
  struct stat st;
  if (s->path[0] == '\0')
    return vk_store_say(s, VK_ERR_BAD_INPUT, "the path of a store is empty", NULL);
  if (strcmp(s->path, ":memory:") == 0) return VK_OK;
  if (stat(s->path, &st) != 0) {
    if (errno == ENOENT && o->mode == VK_OPEN_CREATE) return VK_OK;
    if (errno == ENOENT || errno == ENOTDIR)
      return vk_store_say(s, VK_ERR_NOT_FOUND, "there is no store", s->path);
    return vk_store_say(s, VK_ERR_IO, s->path, strerror(errno));
  }
  if (!S_ISREG(st.st_mode))
    return vk_store_say(s, VK_ERR_BAD_INPUT, "not a file, so not a store", s->path);
  return VK_OK;
}


/* SQLite would make files beside even a store that it only reads. */
static int open_still (vk_store *s, int flags) {
  vk_buf name = { 0 };
  int rc = (vk_store_still_name(s->path, &name) == VK_OK) ? SQLITE_OK : SQLITE_NOMEM;
  if (rc == SQLITE_OK) rc = sqlite3_open_v2(name.data, &s->db, flags | SQLITE_OPEN_URI, NULL);
  vk_buf_free(&name);
  return rc;
}


static int open_file (vk_store *s, const vk_store_options *o) {
  static const int modes[] = {
    SQLITE_OPEN_READONLY, SQLITE_OPEN_READWRITE, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
  };
  int flags = modes[o->mode] | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, rc;
  if (o->mode == VK_OPEN_READ && vk_store_is_still(s->path, o->confined > 0))
    rc = open_still(s, flags);
  else rc = sqlite3_open_v2(s->path, &s->db, flags, NULL);
  if (rc == SQLITE_OK) rc = configure(s, o);
  if (rc == SQLITE_OK) rc = vk_store_register(s->db);
  if (rc == SQLITE_OK) rc = vk_store_register_text(s->db);
  if (rc == SQLITE_OK) rc = vk_store_register_fts(s->db);
  return rc;
}


int vk_store_open (const char *path, const vk_store_options *o, vk_store **out) {
  vk_store *s = *out = new_store(path);
  char what[512];
  int rc;
  if (s == NULL) return VK_ERR_NOMEM;
  rc = check_path(s, o);
  if (rc != VK_OK) return rc;
  sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);   /* no threads, no locks; refused once it runs */
  sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);   /* pages one by one, not twenty ahead */
  if (sqlite3_hard_heap_limit64(-1) == 0) sqlite3_hard_heap_limit64(HEAP_LIMIT);
  rc = open_file(s, o);
  if (rc != SQLITE_OK) {
    snprintf(what, sizeof(what), "cannot open the store %s", path);
    rc = vk_store_fail(s, rc, what);
    sqlite3_close_v2(s->db);
    s->db = NULL;
    return rc;
  }
  if (o->confined > 0) vk_store_confine(s, o->confined);
  vk_interrupt_add(&s->interrupt);
  return VK_OK;
}


void vk_store_close (vk_store *s) {
  sqlite3 *db = s->db;
  if (db == NULL) return;
  vk_interrupt_remove(&s->interrupt);
  vk_store_end_hold(s);
  vk_store_finalize_all(s);
  s->db = NULL;
  sqlite3_close_v2(db);
}


void vk_store_free (vk_store *s) {
  vk_store_close(s);
  vk_store_unref(s);
}


static int closed (vk_store *s) {
  return vk_store_say(s, VK_ERR_USAGE, "the store is closed", NULL);
}


int vk_store_exec (vk_store *s, const char *sql) {
  int rc;
  if (s->db == NULL) return closed(s);
  vk_store_let_go(s);
  rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
  return (rc == SQLITE_OK) ? VK_OK : vk_store_fail(s, rc, "cannot run SQL");
}


int vk_store_begin (vk_store *s) {
  int rc;
  if (s->db == NULL) return closed(s);
  if (!sqlite3_get_autocommit(s->db))
    return vk_store_say(s, VK_ERR_USAGE, "a transaction is open already", NULL);
  vk_store_let_go(s);
  rc = sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  return (rc == SQLITE_OK) ? VK_OK : vk_store_fail(s, rc, "cannot begin a transaction");
}


int vk_store_commit (vk_store *s) {
  int rc;
  if (s->db == NULL) return closed(s);
  rc = sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
  return (rc == SQLITE_OK) ? VK_OK : vk_store_fail(s, rc, "cannot commit");
}


int vk_store_rollback (vk_store *s) {
  int rc;
  if (s->db == NULL) return closed(s);
  if (sqlite3_get_autocommit(s->db)) return VK_OK;  /* SQLite has done so itself */
  rc = sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  return (rc == SQLITE_OK) ? VK_OK : vk_store_fail(s, rc, "cannot roll back");
}


int vk_store_in_transaction (const vk_store *s) {
  return s->db != NULL && !sqlite3_get_autocommit(s->db);
}


int64_t vk_store_changes (const vk_store *s) {
  return (s->db != NULL) ? sqlite3_changes64(s->db) : 0;
}


int64_t vk_store_last_rowid (const vk_store *s) {
  return (s->db != NULL) ? sqlite3_last_insert_rowid(s->db) : 0;
}


void vk_store_interrupt (vk_store *s) {
  if (s->db != NULL) sqlite3_interrupt(s->db);
}
