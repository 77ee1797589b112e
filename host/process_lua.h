/*
** The module vankien.host.process.
*/

#ifndef vk_process_lua_h
#define vk_process_lua_h

#include <lua.h>

int luaopen_vankien_process (lua_State *L);

#endif
