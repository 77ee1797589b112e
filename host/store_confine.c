/*
** A connection for a recipe's process: small limits, an authorizer that lets queries through and
** little else, a deadline.  And a store that nobody is writing to, in a place where nothing can
** be written.
*/

#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "store_internal.h"
#include "sys.h"

#define OPS_BETWEEN_LOOKS 50000     /* steps of SQLite's machine between two looks at the clock */
#define MOST_LIVE 200               /* statements open at the same time */


static int is_one_of (const char *name, const char *const *names) {
  for (; *names != NULL; names++) {
    if (sqlite3_stricmp(name, *names) == 0) return 1;
  }
  return 0;
}


/* Those that only tell something; a value given to the first ones would set them. */
static int is_telling (const char *pragma, const char *value) {
  static const char *const plain[] = {
    "application_id", "user_version", "schema_version", "data_version", "encoding", "page_count",
    "page_size", "freelist_count", NULL
  };
  static const char *const of_table[] = {
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo",
    "foreign_key_list", "quick_check", "integrity_check", NULL
  };
  return (value == NULL && is_one_of(pragma, plain)) || is_one_of(pragma, of_table);
}


static int authorize (void *arg, int action, const char *a, const char *b, const char *schema,
                      const char *trigger) {
  static const char *const schema_tables[] = { "sqlite_master", "sqlite_schema", NULL };
  static const char *const refused[] = { "load_extension", "fts3_tokenizer", NULL };
  (void)arg; (void)schema; (void)trigger;
  switch (action) {
    case SQLITE_SELECT: case SQLITE_READ: case SQLITE_RECURSIVE: case SQLITE_TRANSACTION:
      return SQLITE_OK;
    case SQLITE_UPDATE:  /* what SQLite asks while it declares a virtual table of its own */
      return is_one_of(a, schema_tables) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION: return is_one_of(b, refused) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA: return is_telling(a, b) ? SQLITE_OK : SQLITE_DENY;
    default: return SQLITE_DENY;
  }
}


static int is_late (void *arg) {
  const vk_store *s = arg;
  return vk_sys_clock() > s->deadline;
}


/* The C library asks for an open file by the call that can also ask for any path; the jail lets
   only the call through that cannot. */
static int fstat_only (int fd, struct stat *st) {
  return (int)syscall(SYS_fstat, fd, st);
}


static void replace_fstat (void) {
  sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
  if (vfs->iVersion >= 3) vfs->xSetSystemCall(vfs, "fstat", (sqlite3_syscall_ptr)fstat_only);
}


void vk_store_confine (vk_store *s, double seconds) {
  static const int limits[][2] = {
    { SQLITE_LIMIT_LENGTH, 128 << 20 }, { SQLITE_LIMIT_SQL_LENGTH, 1 << 20 },
    { SQLITE_LIMIT_COLUMN, 200 }, { SQLITE_LIMIT_EXPR_DEPTH, 500 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 50 }, { SQLITE_LIMIT_VDBE_OP, 200000 },
    { SQLITE_LIMIT_FUNCTION_ARG, 100 }, { SQLITE_LIMIT_ATTACHED, 0 },
    { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 10000 }, { SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
    { SQLITE_LIMIT_WORKER_THREADS, 0 },
  };
  size_t i;
  for (i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
    sqlite3_limit(s->db, limits[i][0], limits[i][1]);
  replace_fstat();
  s->most_live = MOST_LIVE;
  s->deadline = vk_sys_clock() + seconds;
  sqlite3_progress_handler(s->db, OPS_BETWEEN_LOOKS, is_late, s);
  sqlite3_set_authorizer(s->db, authorize, s);
}


/* Is there a file of that name with something in it? */
static int has_bytes (const char *path, const char *suffix) {
  char *name = sqlite3_mprintf("%s%s", path, suffix);
  struct stat st;
  int has = name == NULL || (stat(name, &st) == 0 && st.st_size > 0);
  sqlite3_free(name);
  return has;
}


static int can_write_beside (const char *path) {
  const char *slash = strrchr(path, '/');
  char *folder = (slash == NULL) ? sqlite3_mprintf(".")
                                 : sqlite3_mprintf("%.*s/", (int)(slash - path), path);
  int can = folder == NULL || access(folder, W_OK) == 0;
  sqlite3_free(folder);
  return can;
}


int vk_store_is_still (const char *path, int confined) {
  if (has_bytes(path, "-shm") || has_bytes(path, "-wal") || has_bytes(path, "-journal")) return 0;
  return confined || !can_write_beside(path);
}


int vk_store_still_name (const char *path, vk_buf *name) {
  static const char digits[] = "0123456789ABCDEF";
  int rc = vk_buf_append(name, "file:", 5);
  for (; rc == VK_OK && *path != '\0'; path++) {
    unsigned char c = (unsigned char)*path;
    char escaped[3] = { '%', digits[c >> 4], digits[c & 15] };
    if (strchr("%?#", c) != NULL) rc = vk_buf_append(name, escaped, 3);
    else rc = vk_buf_byte(name, (char)c);
  }
  return (rc == VK_OK) ? vk_buf_append(name, "?immutable=1", 13) : rc;
}
