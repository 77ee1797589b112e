/*
** The module vankien.host.sys.
*/

#ifndef vk_sys_lua_h
#define vk_sys_lua_h

#include <lua.h>

int luaopen_vankien_sys (lua_State *L);

#endif
