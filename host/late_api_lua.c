/*
** Four functions of Lua's API with a look at late tables in front.  In the copy of
** the Lua library that is linked, Lua's own have the names vk_lua_next and so on;
** so base library, LPeg and modules loaded later all come here.
*/

#include "late_lua.h"


int lua_next (lua_State *L, int index) {
  vk_late_settle(L, index);
  return vk_lua_next(L, index);
}


int lua_rawget (lua_State *L, int index) {
  vk_late_settle(L, index);
  return vk_lua_rawget(L, index);
}


void lua_rawset (lua_State *L, int index) {
  vk_late_settle(L, index);
  vk_lua_rawset(L, index);
}


int lua_setmetatable (lua_State *L, int index) {
  vk_late_settle(L, index);
  return vk_lua_setmetatable(L, index);
}
