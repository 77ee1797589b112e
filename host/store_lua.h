/*
** Store connections in Lua, as far as other bindings need them.
** Methods of a connection live in the `__index` table of the metatable
** VK_STORE_T; a binding that adds one (corpus: scan) sets it there when opened.
*/

#ifndef vk_store_lua_h
#define vk_store_lua_h

#include <lua.h>

#include "store.h"

#define VK_STORE_T "vankien.connection"

/* The store of the connection at `index`; raises when it is closed or none. */
vk_store *vk_check_store (lua_State *L, int index);

/*
** Prepare the SQL at `sql_index` on the connection at `index`, bind the
** parameters at `params_index` (nil, list, or table of names), and push the
** cursor that owns the statement.  The statement is borrowed from that cursor.
** [-0, +1, e]
*/
vk_stmt *vk_push_query (lua_State *L, int index, int sql_index, int params_index);

/* Give the statement of the cursor at `index` back before the collector does. */
void vk_close_query (lua_State *L, int index);

/* Raise what the store says about `status` (negative). */
int vk_raise_store (lua_State *L, const vk_store *s, int status);

/* The module vankien.host.store. */
int luaopen_vankien_store (lua_State *L);

#endif
