/*
** `incoming`, a table-valued function: its argument is a blob of integers, or a
** pointer that only C can bind.  Anything else gives no row.
*/

#include "store_rows.h"

#include <stdlib.h>
#include <string.h>

#include "store_internal.h"

#define POINTER "vankien.rows"
#define ARGUMENT VK_ROWS_COLUMNS        /* the hidden column, behind the others */

typedef struct cursor {
  sqlite3_vtab_cursor base;
  vk_rows *rows;          /* NULL: none were bound */
  sqlite3_value *blob;    /* owned, or NULL */
  size_t at;              /* bytes of it that are read */
  sqlite3_int64 n;
  int more;
  vk_row_cell cells[VK_ROWS_COLUMNS];
} cursor;


static int rows_connect (sqlite3 *db, void *aux, int argc, const char *const *argv,
                         sqlite3_vtab **out, char **message) {
  int rc = sqlite3_declare_vtab(db,
    "CREATE TABLE x(c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16,"
    " source HIDDEN)");
  (void)aux; (void)argc; (void)argv; (void)message;
  if (rc != SQLITE_OK) return rc;
  *out = sqlite3_malloc(sizeof(**out));
  if (*out == NULL) return SQLITE_NOMEM;
  memset(*out, 0, sizeof(**out));
  return sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
}


static int rows_disconnect (sqlite3_vtab *table) {
  sqlite3_free(table);
  return SQLITE_OK;
}


static int rows_plan (sqlite3_vtab *table, sqlite3_index_info *plan) {
  int i;
  (void)table;
  for (i = 0; i < plan->nConstraint; i++) {
    const struct sqlite3_index_constraint *c = &plan->aConstraint[i];
    if (!c->usable || c->iColumn != ARGUMENT || c->op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
    plan->aConstraintUsage[i].argvIndex = 1;
    plan->aConstraintUsage[i].omit = 1;
    plan->idxNum = 1;
    plan->estimatedCost = 1;
  }
  return SQLITE_OK;
}


static int rows_open (sqlite3_vtab *table, sqlite3_vtab_cursor **out) {
  cursor *c = calloc(1, sizeof(*c));
  (void)table;
  if (c == NULL) return SQLITE_NOMEM;
  *out = &c->base;
  return SQLITE_OK;
}


static int rows_close (sqlite3_vtab_cursor *base) {
  sqlite3_value_free(((cursor *)base)->blob);
  free(base);
  return SQLITE_OK;
}


/* The next integer of the blob, in the processor's order of bytes. */
static int next_integer (cursor *c) {
  const char *p = sqlite3_value_blob(c->blob);
  if ((size_t)sqlite3_value_bytes(c->blob) - c->at < sizeof(c->cells[0].i)) return VK_OK;
  c->cells[0].type = VK_INTEGER;
  memcpy(&c->cells[0].i, p + c->at, sizeof(c->cells[0].i));
  c->at += sizeof(c->cells[0].i);
  return VK_ROW;
}


static int rows_next (sqlite3_vtab_cursor *base) {
  cursor *c = (cursor *)base;
  int rc = (c->rows != NULL) ? c->rows->next(c->rows->state, c->cells) : next_integer(c);
  c->n++;
  c->more = rc == VK_ROW;
  if (rc >= 0) return SQLITE_OK;
  c->rows->status = rc;
  return (rc == VK_ERR_NOMEM) ? SQLITE_NOMEM : SQLITE_ABORT;
}


static int rows_filter (sqlite3_vtab_cursor *base, int plan, const char *name, int argc,
                        sqlite3_value **argv) {
  cursor *c = (cursor *)base;
  (void)name;
  sqlite3_value_free(c->blob);
  memset((char *)c + sizeof(c->base), 0, sizeof(*c) - sizeof(c->base));
  if (plan != 1 || argc != 1) return SQLITE_OK;
  c->rows = sqlite3_value_pointer(argv[0], POINTER);
  if (c->rows != NULL) return rows_next(base);
  if (sqlite3_value_type(argv[0]) != SQLITE_BLOB) return SQLITE_OK;
  c->blob = sqlite3_value_dup(argv[0]);
  return (c->blob != NULL) ? rows_next(base) : SQLITE_NOMEM;
}


static int rows_eof (sqlite3_vtab_cursor *base) {
  return !((cursor *)base)->more;
}


static int rows_column (sqlite3_vtab_cursor *base, sqlite3_context *x, int i) {
  const vk_row_cell *cell = &((cursor *)base)->cells[i];
  if (i >= VK_ROWS_COLUMNS) return SQLITE_OK;
  switch (cell->type) {
    case VK_INTEGER: sqlite3_result_int64(x, cell->i); break;
    case VK_TEXT: sqlite3_result_text64(x, cell->p, cell->n, SQLITE_STATIC, SQLITE_UTF8); break;
    case VK_BLOB: sqlite3_result_blob64(x, cell->p, cell->n, SQLITE_STATIC); break;
    default: break;
  }
  return SQLITE_OK;
}


static int rows_rowid (sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  *rowid = ((cursor *)base)->n;
  return SQLITE_OK;
}


static const sqlite3_module module = {
  .xConnect = rows_connect, .xBestIndex = rows_plan, .xDisconnect = rows_disconnect,
  .xOpen = rows_open, .xClose = rows_close, .xFilter = rows_filter, .xNext = rows_next,
  .xEof = rows_eof, .xColumn = rows_column, .xRowid = rows_rowid
};


int vk_store_register_rows (sqlite3 *db) {
  return sqlite3_create_module(db, "incoming", &module, NULL);
}


int vk_stmt_bind_rows (vk_stmt *q, int i, vk_rows *rows) {
  int rc;
  rows->status = VK_OK;
  if (q->h == NULL)
    return vk_store_say(q->store, VK_ERR_USAGE, "the store of this statement is closed", NULL);
  rc = sqlite3_bind_pointer(q->h, i, rows, POINTER, NULL);
  return (rc == SQLITE_OK) ? VK_OK : vk_store_fail(q->store, rc, "cannot bind a parameter");
}
