/*
** Rows that are made while a statement reads them: "SELECT c1, c2 FROM incoming(?)".
** One INSERT … SELECT from it writes many rows for the price of little more than
** their bytes, since nothing is bound, started and ended for each.  Where a blob is
** bound, its 8-byte integers are the rows, each in c1.
*/

#ifndef vk_store_rows_h
#define vk_store_rows_h

#include "store.h"

#define VK_ROWS_COLUMNS 16      /* c1 to c16; what a source does not set is NULL */

typedef struct vk_row_cell {
  enum vk_type type;      /* not VK_REAL */
  int64_t i;
  const void *p;          /* borrowed until the next row */
  size_t n;
} vk_row_cell;

typedef struct vk_rows {
  /* Set the cells of the next row.  VK_ROW, VK_OK at the end, or a negative status. */
  int (*next) (void *state, vk_row_cell *cells);
  void *state;
  int status;             /* negative once `next` failed: why the statement did */
} vk_rows;

/* Give parameter i, the argument of `incoming`, its rows: borrowed until reset. */
int vk_stmt_bind_rows (vk_stmt *q, int i, vk_rows *rows);

#endif
