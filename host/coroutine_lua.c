/*
** coroutine.resume and coroutine.wrap as in Lua 5.4, and besides they note
** which thread runs: a hook is set per thread, so Ctrl-C must know.
*/

#include <lauxlib.h>

#include "interrupt.h"
#include "state.h"


/* Move the arguments over and run.  How many results, or -1 and a message.  [-?, +?, -] */
static int resume (lua_State *L, lua_State *co, int args) {
  vk_running *running = vk_state_running(L);
  int status, results;
  if (!lua_checkstack(co, args)) {
    lua_pushliteral(L, "too many arguments to resume");
    return -1;
  }
  lua_xmove(L, co, args);
  running->now = co;
  status = lua_resume(co, L, args, &results);
  running->now = L;
  if (vk_interrupted()) vk_state_stop(L);
  if (status != LUA_OK && status != LUA_YIELD) {
    lua_xmove(co, L, 1);
    return -1;
  }
  if (!lua_checkstack(L, results + 1)) {
    lua_pop(co, results);
    lua_pushliteral(L, "too many results to resume");
    return -1;
  }
  lua_xmove(co, L, results);
  return results;
}


static int l_coroutine_resume (lua_State *L) {
  lua_State *co = lua_tothread(L, 1);
  int n;
  luaL_argexpected(L, co, 1, "coroutine");
  n = resume(L, co, lua_gettop(L) - 1);
  lua_pushboolean(L, n >= 0);
  if (n < 0) n = 1;
  lua_insert(L, -(n + 1));
  return n + 1;
}


/* What wrap returns; closes the coroutine when it failed, as Lua's own does. */
static int wrapped (lua_State *L) {
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  int n = resume(L, co, lua_gettop(L)), status;
  if (n >= 0) return n;
  status = lua_status(co);
  if (status != LUA_OK && status != LUA_YIELD) {
    status = lua_resetthread(co);
    lua_xmove(co, L, 1);
  }
  if (status != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}


static int l_coroutine_wrap (lua_State *L) {
  lua_State *co;
  luaL_checktype(L, 1, LUA_TFUNCTION);
  co = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  lua_pushcclosure(L, wrapped, 1);
  return 1;
}


/* Puts both into the table `coroutine` and returns it. */
int luaopen_vankien_coroutine (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "resume", l_coroutine_resume }, { "wrap", l_coroutine_wrap }, { NULL, NULL }
  };
  lua_getglobal(L, "coroutine");
  luaL_setfuncs(L, functions, 0);
  return 1;
}
