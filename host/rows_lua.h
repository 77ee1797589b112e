/*
** Rows of queries for Lua; see rows_lua.c.
*/

#ifndef vk_rows_lua_h
#define vk_rows_lua_h

#include <lua.h>

/* The module vankien.host.rows. */
int luaopen_vankien_rows (lua_State *L);

#endif
