/*
** A document's passages from Lua to the store: made ahead, then written at once by
** bulk statements.
*/

#ifndef vk_ingest_lua_h
#define vk_ingest_lua_h

#include <lua.h>

/* The function that begins, in the module of the store. */
int l_store_ingest (lua_State *L);

/* Make the metatable of what it gives.  [-0, +0, m] */
void vk_open_ingest (lua_State *L);

/* Methods of bulk statements. */
int l_bulk_passages (lua_State *L);
int l_bulk_types (lua_State *L);

#endif
