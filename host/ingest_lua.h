/*
** Bulk statements take the passages of a document at once.
*/

#ifndef vk_ingest_lua_h
#define vk_ingest_lua_h

#include <lua.h>

/* Methods of bulk statements. */
int l_bulk_passages (lua_State *L);
int l_bulk_types (lua_State *L);

#endif
