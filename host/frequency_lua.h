/*
** The n-gram counter in Lua.
*/

#ifndef vk_frequency_lua_h
#define vk_frequency_lua_h

#include <lua.h>

/* Give connections the methods frequency, around and places.  [-0, +0, m] */
void vk_open_frequency (lua_State *L);

#endif
