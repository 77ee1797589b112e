/*
** LPeg's match, safe where memory runs out.
**
** LPeg compiles a pattern when it is first matched.  When memory is refused meanwhile
** (seen in 1.0.2), the pattern keeps its unfinished program, and the next match runs it:
** an assertion fails, or the process.  So the first match of each pattern is watched: when
** it fails, the program is taken away, as at the pattern's end, and the next match
** compiles it anew.
*/

#include <lauxlib.h>
#include <lualib.h>

int luaopen_lpeg (lua_State *L);
int vk_open_lpeg (lua_State *L);

#define PATTERN_T "lpeg-pattern"        /* LPeg's own name */

/* Upvalues of match: LPeg's match, and the patterns that were matched before. */
#define ORIGINAL lua_upvalueindex(1)
#define KNOWN lua_upvalueindex(2)


/* known[pattern] = value.  [-1, +0, m] */
static void set_known (lua_State *L, int known, int pattern) {
  lua_pushvalue(L, pattern);
  lua_insert(L, -2);
  lua_rawset(L, known);
}


/* close(watched, error): take an unfinished program away; LPeg's finalizer does just that. */
static int l_close (lua_State *L) {
  if (lua_isnil(L, 2)) return 0;
  lua_settop(L, 1);
  lua_getiuservalue(L, 1, 1);
  lua_getiuservalue(L, 1, 2);
  lua_pushnil(L);
  set_known(L, 3, 2);
  luaL_getmetafield(L, 2, "__gc");
  lua_pushvalue(L, 2);
  lua_call(L, 1, 0);
  return 0;
}


/* Push a value that watches over the pattern at 1 until the function returns.  A match of
   the same pattern inside this one finds it known.  [-0, +1, m] */
static void push_watch (lua_State *L) {
  lua_newuserdatauv(L, 0, 2);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  lua_pushvalue(L, KNOWN);
  lua_setiuservalue(L, -2, 2);
  lua_newtable(L);
  lua_pushcfunction(L, l_close);
  lua_setfield(L, -2, "__close");
  lua_setmetatable(L, -2);
  lua_pushboolean(L, 1);
  set_known(L, KNOWN, 1);
  lua_toclose(L, -1);
}


static int is_new_pattern (lua_State *L) {
  int is_new;
  if (luaL_testudata(L, 1, PATTERN_T) == NULL) return 0;
  lua_pushvalue(L, 1);
  is_new = lua_rawget(L, KNOWN) == LUA_TNIL;
  lua_pop(L, 1);
  return is_new;
}


/* match(pattern, subject [, init, …]), as LPeg has it. */
static int l_match (lua_State *L) {
  int n = lua_gettop(L), first = n, i;
  if (is_new_pattern(L)) {
    push_watch(L);
    first++;
  }
  luaL_checkstack(L, n + 1, "too many arguments");
  lua_pushvalue(L, ORIGINAL);
  for (i = 1; i <= n; i++) lua_pushvalue(L, i);
  lua_call(L, n, LUA_MULTRET);
  return lua_gettop(L) - first;
}


/* require "lpeg"  [-0, +1, m] */
int vk_open_lpeg (lua_State *L) {
  luaopen_lpeg(L);
  lua_getfield(L, -1, "match");
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_pushcclosure(L, l_match, 2);
  lua_setfield(L, -2, "match");
  return 1;
}
