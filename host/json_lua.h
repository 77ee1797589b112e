/*
** Long strings of JSON in Lua.
*/

#ifndef vk_json_lua_h
#define vk_json_lua_h

#include <lua.h>

/* json_cut(line), with a scratch in its first upvalue. */
int l_text_json_cut (lua_State *L);
int l_text_json_records (lua_State *L);

#endif
