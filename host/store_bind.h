/*
** Values between Lua and statements.  Shared by the store's bindings.
*/

#ifndef vk_store_bind_h
#define vk_store_bind_h

#include <lua.h>

#include "store.h"

#define VK_BLOB_T "vankien.blob"

/*
** Bind the value at `index` to parameter `i`.  With `keep` its bytes are
** borrowed: the value must stay on the stack until the statement is reset.
** [-0, +0, e]
*/
void vk_bind_value (lua_State *L, vk_stmt *q, int i, int index, int keep);

/* Bind all parameters from nil, a list, or a table of names.  Bytes are copied
   unless `keep` (then the table must stay on the stack).  [-0, +0, e] */
void vk_bind_params (lua_State *L, vk_stmt *q, int index, int keep);

/* Push column `i` of the row.  [-0, +1, e] */
void vk_push_column (lua_State *L, vk_stmt *q, int i);

/* Push all columns; how many.  [-0, +n, e] */
int vk_push_row (lua_State *L, vk_stmt *q);

/* Step; raises on an error, and hands what the trace queued to its function.
   Nonzero: on a row.  `conn` is the index of the connection.  [-0, +0, e] */
int vk_step (lua_State *L, vk_stmt *q, int conn);

/* Call the trace function of the connection at `conn` for what is queued. */
void vk_drain_trace (lua_State *L, int conn);

/* As vk_push_query, for a query that vk_close_query ends before the call returns.
   `conn` is an absolute index.  [-0, +1, e] */
vk_stmt *vk_push_brief (lua_State *L, int conn, int sql_index, int params_index);

/* The statement of the bulk statement at `index`; raises when it is closed or none.
   User value 1 of that object is its connection.  [-0, +0, v] */
vk_stmt *vk_check_bulk (lua_State *L, int index);

/* Make the metatables of cursors and bulk statements.  [-0, +0, m] */
void vk_open_cursors (lua_State *L);

/* Methods of a connection that make cursors. */
int l_store_cursor (lua_State *L);
int l_store_rows (lua_State *L);
int l_store_bulk (lua_State *L);

#endif
