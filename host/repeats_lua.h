/*
** Runs of the same syllables in Lua.
*/

#ifndef vk_repeats_lua_h
#define vk_repeats_lua_h

#include <lua.h>

/* Add the function `repeats` to the table on top.  [-0, +0, m] */
void vk_open_repeats (lua_State *L);

#endif
