/*
** Owners and object types.
*/

#include "object_lua.h"

#include <string.h>

#define BUFFER_T "vankien.buffer"
#define NAMES_T "vankien.names"


void vk_new_type (lua_State *L, const char *type, const luaL_Reg *methods, lua_CFunction close) {
  luaL_newmetatable(L, type);
  lua_newtable(L);
  luaL_setfuncs(L, methods, 0);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, close);
  lua_setfield(L, -2, "__gc");
  lua_pushcfunction(L, close);
  lua_setfield(L, -2, "__close");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
}


/* Push `size` zero bytes that `gc` finishes.  [-0, +1, m] */
static void *push_owner (lua_State *L, size_t size, const char *type, lua_CFunction gc) {
  void *p = lua_newuserdatauv(L, size, 0);
  memset(p, 0, size);
  if (luaL_newmetatable(L, type)) {
    lua_pushcfunction(L, gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return p;
}


static int buffer_gc (lua_State *L) {
  vk_buf_free(lua_touserdata(L, 1));
  return 0;
}


vk_buf *vk_push_buffer (lua_State *L) {
  return push_owner(L, sizeof(vk_buf), BUFFER_T, buffer_gc);
}


static int names_gc (lua_State *L) {
  vk_sys_names_free(lua_touserdata(L, 1));
  return 0;
}


vk_sys_names *vk_push_names (lua_State *L) {
  return push_owner(L, sizeof(vk_sys_names), NAMES_T, names_gc);
}
