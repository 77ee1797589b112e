/*
** The store: SQLite opened hardened, statements, transactions, backup.
** Plain C; hides sqlite3.h.  Every function that fails leaves a message in the
** store.  Text is UTF-8, given as pointer and length.
*/

#ifndef vk_store_h
#define vk_store_h

#include <stddef.h>
#include <stdint.h>

#include "vk.h"

typedef struct vk_store vk_store;
typedef struct vk_stmt vk_stmt;

enum vk_open_mode { VK_OPEN_READ, VK_OPEN_WRITE, VK_OPEN_CREATE };

typedef struct vk_store_options {
  enum vk_open_mode mode;
  int page_size;          /* bytes; used only when the file is made */
  int busy_ms;            /* how long to wait for another writer */
  double confined;        /* more than 0: for a recipe's process, with so many seconds left */
} vk_store_options;

enum vk_type { VK_NULL, VK_INTEGER, VK_REAL, VK_TEXT, VK_BLOB };

/* The version of SQLite that runs.  Borrowed, static. */
const char *vk_store_sqlite_version (void);

/* Bytes that SQLite holds now, in the whole process. */
int64_t vk_store_memory (void);

/* SHA-256 as 64 hexadecimal digits and a zero. */
void vk_store_sha256 (const void *p, size_t len, char hex[65]);

/*
** Open `path`.  *out: returns new, also on failure (for the message) unless
** memory ran out; give it back with vk_store_free either way.
*/
int vk_store_open (const char *path, const vk_store_options *options, vk_store **out);

/* Finalize every statement and close the file.  Statements stay valid objects
   that answer "the store is closed".  Closing twice is nothing. */
void vk_store_close (vk_store *s);

/* Close, and give up the object once the last statement of it is released. */
void vk_store_free (vk_store *s);

int vk_store_is_open (const vk_store *s);
const char *vk_store_path (const vk_store *s);      /* borrowed until free */
const char *vk_store_message (const vk_store *s);   /* borrowed until the next call */
const char *vk_store_hint (int status);             /* what to do about it; NULL: nothing known */

/* Run statements that have no parameters and give no rows. */
int vk_store_exec (vk_store *s, const char *sql);

int vk_store_begin (vk_store *s);                   /* BEGIN IMMEDIATE */
int vk_store_commit (vk_store *s);
int vk_store_rollback (vk_store *s);
int vk_store_in_transaction (const vk_store *s);
int64_t vk_store_changes (const vk_store *s);       /* of the last statement that changed rows */
int64_t vk_store_last_rowid (const vk_store *s);

/* Hold one read transaction for look-ups that follow each other; it ends by itself
   before anything else runs, and when it is old. */
int vk_store_hold (vk_store *s);
void vk_store_let_go (vk_store *s);                 /* end it now */

/* Stop what runs now; safe in a signal handler. */
void vk_store_interrupt (vk_store *s);

/* Copy the whole store to a new file `path`, which must not exist. */
int vk_store_backup (vk_store *s, const char *path);

/* Queue the SQL of every statement that starts, expanded.  Off forgets the queue. */
int vk_store_trace (vk_store *s, int on);

/* The queue: zero-terminated texts one after another; *len bytes.  Borrowed until
   the next statement starts. */
const char *vk_store_traced (const vk_store *s, size_t *len);
void vk_store_trace_clear (vk_store *s);

/*
** Prepare one statement; one prepared before with the same text is taken from a
** small cache.  *out: returns new; give it back with vk_stmt_release.
** A second statement behind the first is VK_ERR_BAD_INPUT.
*/
int vk_store_prepare (vk_store *s, const char *sql, size_t len, vk_stmt **out);
void vk_stmt_release (vk_stmt *q);

vk_store *vk_stmt_store (const vk_stmt *q);         /* borrowed, lives as long as q */
int vk_stmt_is_read (const vk_stmt *q);             /* a query that can change nothing */
int vk_stmt_params (const vk_stmt *q);
const char *vk_stmt_param_name (const vk_stmt *q, int i);  /* i from 1; NULL: has no name */

/* Parameters, i from 1.  Bytes are borrowed until reset when `keep`, else copied. */
int vk_stmt_bind_null (vk_stmt *q, int i);
int vk_stmt_bind_int64 (vk_stmt *q, int i, int64_t v);
int vk_stmt_bind_double (vk_stmt *q, int i, double v);
int vk_stmt_bind_text (vk_stmt *q, int i, const char *p, size_t len, int keep);
int vk_stmt_bind_blob (vk_stmt *q, int i, const void *p, size_t len, int keep);

/* VK_ROW, VK_OK at the end (the statement is then reset), or an error (reset too). */
int vk_stmt_step (vk_stmt *q);

/* Back to the start; parameters are set to NULL, or stay. */
void vk_stmt_reset (vk_stmt *q);
void vk_stmt_rewind (vk_stmt *q);

/* Columns of the row it stands on, i from 0.  Pointers: borrowed until step or reset. */
int vk_stmt_columns (const vk_stmt *q);
const char *vk_stmt_column_name (const vk_stmt *q, int i);
enum vk_type vk_stmt_type (const vk_stmt *q, int i);
int64_t vk_stmt_int64 (const vk_stmt *q, int i);
double vk_stmt_double (const vk_stmt *q, int i);
const char *vk_stmt_text (const vk_stmt *q, int i, size_t *len);  /* NULL: no memory, or NULL */
const void *vk_stmt_blob (const vk_stmt *q, int i, size_t *len);  /* NULL: empty, or no memory */

#endif
