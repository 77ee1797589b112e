/*
** Repairs in Lua, as far as other bindings need them.
*/

#ifndef vk_repair_lua_h
#define vk_repair_lua_h

#include <lua.h>

#include "moves.h"

/* Set the functions `repairs` and `repair_kinds` in the table on top.  [-0, +0, m] */
void vk_set_repairs (lua_State *L);

/* The moves of the repairs at `index`, none for nil.  [-0, +0, v] */
vk_moves vk_check_moves (lua_State *L, int index);

#endif
