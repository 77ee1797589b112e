/*
** The module vankien.host.line.
*/

#ifndef vk_line_lua_h
#define vk_line_lua_h

#include <lua.h>

int luaopen_vankien_line (lua_State *L);

#endif
