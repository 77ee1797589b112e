/*
** Late tables: rows that are real tables to everybody, and get their fields when
** somebody looks.  Until then a row is an empty table whose metatable knows the
** packed record; reading one field or two answers from the record, anything else
** fills the table first and gives it its lasting metatable.
**
** Nobody can tell a late table from a full one: what would read it raw (next,
** pairs, rawget, rawset, setmetatable, and every C module that calls lua_next, an
** encoder of JSON for one) goes through four functions of Lua's API, and this
** module stands in front of those four; see late_api_lua.c and the Makefile.
*/

#ifndef vk_late_lua_h
#define vk_late_lua_h

#include <lua.h>

#include "record.h"
#include "store.h"

typedef struct vk_batch vk_batch;   /* packed records; lives as long as a late row of it */

/* The first user values of an object that makes rows; set 1 before the first row. */
enum { VK_ROWS_SHAPE = 1, VK_ROWS_BATCH = 2, VK_ROWS_USED = 2 };

/* shape{columns=, metatable=, hidden=, spread=, year=} -> what rows of a query look like:
   their columns in order, the metatable of a full row; the number of a column of JSON that
   is not shown, and the function that turns its text to a table of further fields; the
   number of a column of dates, whose year is read as the field `year`. */
int l_rows_shape (lua_State *L);

/* Raise when the value at `index` is no shape; how many columns it has. */
int vk_check_shape (lua_State *L, int index);

/*
** Push the row that `q` stands on.  `maker` is the index of the object that makes
** rows, absolute or an upvalue; *batch belongs to it and starts as NULL.
** [-0, +1, e]
*/
void vk_push_late (lua_State *L, int maker, vk_batch **batch, vk_stmt *q);

/* The same for a row whose fields are given: as many as its shape has columns. */
void vk_push_late_fields (lua_State *L, int maker, vk_batch **batch, const vk_field *fields);

/* A late row that nobody filled yet, and what its record knows. */
typedef struct vk_peek { const struct Shape *shape; const vk_word *record; } vk_peek;

/* Is the value at the absolute `index` a late row with no field beside its columns?
   [-0, +0, -] */
int vk_late_peek (lua_State *L, int index, vk_peek *peek);

/* The field of that name, which is the address of Lua's copy; 0 when it is no column. */
int vk_late_field (const vk_peek *peek, const char *name, vk_field *f);

/* Fill the table at `index` when it is a late row; anything else is left alone.
   [-0, +0, e] */
void vk_late_settle (lua_State *L, int index);

/* Lua's own functions, without ours in front. */
int vk_lua_next (lua_State *L, int index);
int vk_lua_rawget (lua_State *L, int index);
void vk_lua_rawset (lua_State *L, int index);
int vk_lua_setmetatable (lua_State *L, int index);

/* Make the types of this module.  [-0, +0, m] */
void vk_open_late (lua_State *L);

#endif
