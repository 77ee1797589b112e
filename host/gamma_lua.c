/*
** vankien.host.gamma: numbers in, numbers out.
*/

#include <lauxlib.h>

#include "gamma.h"


/* log(x) -> log Gamma(x) */
static int l_gamma_log (lua_State *L) {
  lua_pushnumber(L, vk_gamma_log(luaL_checknumber(L, 1)));
  return 1;
}


static int l_gamma_stirling_error (lua_State *L) {
  lua_pushnumber(L, vk_gamma_stirling_error(luaL_checknumber(L, 1)));
  return 1;
}


static int l_gamma_deviance (lua_State *L) {
  lua_pushnumber(L, vk_gamma_deviance(luaL_checknumber(L, 1), luaL_checknumber(L, 2)));
  return 1;
}


static int l_gamma_log_term (lua_State *L) {
  lua_pushnumber(L, vk_gamma_log_term(luaL_checknumber(L, 1), luaL_checknumber(L, 2)));
  return 1;
}


/* log_pq(a, x) -> log P | nil, log Q */
static int l_gamma_log_pq (lua_State *L) {
  double value;
  if (!vk_gamma_log_pq(luaL_checknumber(L, 1), luaL_checknumber(L, 2), &value)) lua_pushnil(L);
  lua_pushnumber(L, value);
  return lua_gettop(L) - 2;
}


static int l_gamma_normal_quantile (lua_State *L) {
  lua_pushnumber(L, vk_gamma_normal_quantile(luaL_checknumber(L, 1)));
  return 1;
}


/* quantile(p, a, upper) -> x | nil, where to begin a search */
static int l_gamma_quantile (lua_State *L) {
  double x;
  lua_settop(L, 3);
  if (!vk_gamma_quantile(luaL_checknumber(L, 1), luaL_checknumber(L, 2), lua_toboolean(L, 3), &x))
    lua_pushnil(L);
  lua_pushnumber(L, x);
  return lua_gettop(L) - 3;
}


int luaopen_vankien_gamma (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "log", l_gamma_log }, { "stirling_error", l_gamma_stirling_error },
    { "deviance", l_gamma_deviance }, { "log_term", l_gamma_log_term },
    { "log_pq", l_gamma_log_pq }, { "normal_quantile", l_gamma_normal_quantile },
    { "quantile", l_gamma_quantile }, { NULL, NULL }
  };
  luaL_newlib(L, functions);
  return 1;
}
