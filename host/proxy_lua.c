/*
** Userdata made from Lua: an object with a metatable of Lua functions and one
** hidden value.  A collection is such an object, so that next, rawset, #, and
** foreign encoders meet no table that would silently look empty.
*/

#include "lua.h"
#include "lauxlib.h"

/*
** new(value, metatable) -> proxy.
** The metatable is set last: before it, the object has nothing to finish.
*/
static int l_proxy_new (lua_State *L) {
  luaL_checkany(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  lua_newuserdatauv(L, 0, 1);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  lua_pushvalue(L, 2);
  lua_setmetatable(L, -2);
  return 1;
}

/*
** value(object, metatable) -> the hidden value, or nil when the object is not
** a proxy of that metatable.  The metatable is the capability: who has it made
** the objects.
*/
static int l_proxy_value (lua_State *L) {
  if (lua_type(L, 1) != LUA_TUSERDATA || !lua_getmetatable(L, 1))
    return 0;
  if (!lua_rawequal(L, 2, -1))
    return 0;
  lua_getiuservalue(L, 1, 1);
  return 1;
}

static const luaL_Reg functions[] = {
  {"new", l_proxy_new},
  {"value", l_proxy_value},
  {NULL, NULL}
};

/* require "vankien.host.proxy"  [-0, +1, m] */
int luaopen_vankien_proxy (lua_State *L);
int luaopen_vankien_proxy (lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
