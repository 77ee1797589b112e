/*
** What the files of the store share.  Nobody else includes this.
*/

#ifndef vk_store_internal_h
#define vk_store_internal_h

#include <sqlite3.h>

#include "interrupt.h"
#include "store.h"

#define VK_CACHED_STATEMENTS 32

struct vk_stmt {
  vk_store *store;        /* holds one reference */
  sqlite3_stmt *h;        /* NULL once the store is closed */
  char *sql;
  size_t len;
  int is_read;
  sqlite3_value **values; /* of its columns, once a row was packed; see store_record.c */
  vk_stmt *next, **link;  /* in store->live or store->idle; most recent first */
};

struct vk_store {
  sqlite3 *db;            /* NULL once closed */
  char *path;
  long refs;              /* one for the owner, one for each live statement */
  vk_stmt *live, *idle;
  int n_idle;
  long most_live;         /* statements; 0: as many as one likes */
  double deadline;        /* of queries, on our clock; 0: none */
  int tracing;
  vk_buf traced;
  vk_buf message;
  vk_interrupt_node interrupt;
  sqlite3_stmt *holder;   /* of the read transaction that look-ups share; see store_hold.c */
  int held;               /* -1: it cannot be, as in a recipe's process */
  int64_t held_since;     /* ms */
};

/* The status of an SQLite result code. */
int vk_store_status (int rc);

/* Write "what: cause" as the store's message, where cause is SQLite's (or NULL), and
   give back `status`. */
int vk_store_say (vk_store *s, int status, const char *what, const char *cause);

/* The same for an SQLite result code, with SQLite's own words. */
int vk_store_fail (vk_store *s, int rc, const char *what);

/* Finalize every statement, live or cached. */
void vk_store_finalize_all (vk_store *s);

/* End the read transaction of look-ups, and give up what held it. */
void vk_store_end_hold (vk_store *s);

/* Give up one reference. */
void vk_store_unref (vk_store *s);

/* Put the limits, the authorizer and the deadline of a recipe's process on the connection. */
void vk_store_confine (vk_store *s, double seconds);

/* Can the file be read as one that nobody writes to?  Nothing of a writer is beside it, and
   nothing can be put there. */
int vk_store_is_still (const char *path, int confined);

/* Append SQLite's name and a zero for such a file.  VK_OK or VK_ERR_NOMEM. */
int vk_store_still_name (const char *path, vk_buf *name);

/* Register our SQL functions and collations on a connection. */
int vk_store_register (sqlite3 *db);
int vk_store_register_text (sqlite3 *db);
int vk_store_register_rows (sqlite3 *db);

/* The tokenizer of the search index. */
int vk_store_register_fts (sqlite3 *db);

#endif
