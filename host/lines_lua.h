/*
** Lines and passages in Lua, as far as other bindings need them.
*/

#ifndef vk_lines_lua_h
#define vk_lines_lua_h

#include <lua.h>

#include "lines.h"

/* The passages at `index`; raises when it is none.  [-0, +0, v] */
vk_passages *vk_check_passages (lua_State *L, int index);

/* Set the functions `lines` and `passages` in the table on top.  [-0, +0, m] */
void vk_set_lines (lua_State *L);

#endif
