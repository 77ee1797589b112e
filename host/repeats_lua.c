/*
** vankien.host.corpus.repeats: an object that texts are added to and looked for in.
*/

#include "repeats_lua.h"

#include <lauxlib.h>

#include "error_lua.h"
#include "repeats.h"

#define REPEATS_T "vankien.repeats"

typedef struct Repeats {
  vk_repeats *r;          /* NULL before it is made */
  vk_buf found;
  lua_Integer targets;
} Repeats;


static int l_repeats_gc (lua_State *L) {
  Repeats *x = luaL_checkudata(L, 1, REPEATS_T);
  vk_repeats_free(x->r);
  x->r = NULL;
  vk_buf_free(&x->found);
  return 0;
}


static Repeats *check_repeats (lua_State *L) {
  return luaL_checkudata(L, 1, REPEATS_T);
}


/* [-0, +0, v] */
static void check_status (lua_State *L, int rc) {
  if (rc == VK_ERR_INTERRUPTED) vk_raise(L, rc, "interrupted");
  else if (rc == VK_ERR_FULL) vk_raise(L, rc, "too much text is looked for at once");
  else if (rc != VK_OK) vk_raise(L, VK_ERR_NOMEM, "not enough memory for repeated wording");
}


/* Token units at `index`.  [-0, +0, v] */
static const uint8_t *check_units (lua_State *L, int index, size_t *n) {
  const char *s = luaL_checklstring(L, index, n);
  if (*n % 2 != 0) vk_raise(L, VK_ERR_INTEGRITY, "a token stream is damaged");
  *n /= 2;
  return (const uint8_t *)s;
}


/* repeats:add(units [, from, to]) -> number of the target, from 1 */
static int l_repeats_add (lua_State *L) {
  Repeats *x = check_repeats(L);
  size_t n;
  const uint8_t *units = check_units(L, 2, &n);
  lua_Integer from = luaL_optinteger(L, 3, 0), to = luaL_optinteger(L, 4, (lua_Integer)n);
  if (from < 0) from = 0;
  if (to > (lua_Integer)n) to = (lua_Integer)n;
  if (to < from) to = from;
  check_status(L, vk_repeats_add(x->r, units, (size_t)from, (size_t)to));
  lua_pushinteger(L, ++x->targets);
  return 1;
}


/* repeats:find(units) -> list of target, first, syllables, from, to, at, stop, … */
static int l_repeats_find (lua_State *L) {
  Repeats *x = check_repeats(L);
  size_t n, i, k, found;
  const uint8_t *units = check_units(L, 2, &n);
  const vk_repeat *p;
  x->found.len = 0;
  check_status(L, vk_repeats_find(x->r, units, n, &x->found));
  p = (const vk_repeat *)(const void *)x->found.data;
  found = x->found.len / sizeof(*p);
  lua_createtable(L, (found < INT32_MAX / 7) ? (int)(7 * found) : 0, 0);
  for (i = 0; i < found; i++, p++) {
    const lua_Integer values[7] = {
      (lua_Integer)p->target + 1, p->first, p->syllables, (lua_Integer)p->from,
      (lua_Integer)p->to, (lua_Integer)p->at, (lua_Integer)p->stop
    };
    for (k = 0; k < 7; k++) {
      lua_pushinteger(L, values[k]);
      lua_seti(L, -2, (lua_Integer)(7 * i + k) + 1);
    }
  }
  return 1;
}


/* Leave out the ids of the list on top, popped.  [-1, +0, v] */
static void pop_skipped (lua_State *L, vk_repeats *r) {
  lua_Integer i, n = luaL_len(L, -1);
  for (i = 1; i <= n; i++) {
    lua_geti(L, -1, i);
    check_status(L, vk_repeats_skip(r, (uint32_t)luaL_checkinteger(L, -1)));
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}


/* repeats(least, skip) -> object that looks for runs of `least` syllables or more */
static int l_corpus_repeats (lua_State *L) {
  lua_Integer least = luaL_checkinteger(L, 1);
  Repeats *x;
  luaL_checktype(L, 2, LUA_TTABLE);
  if (least < VK_REPEAT_LEAST || least > VK_REPEAT_MOST)
    return vk_raise(L, VK_ERR_USAGE, "a run is of %d to %d syllables", (int)VK_REPEAT_LEAST,
                    (int)VK_REPEAT_MOST);
  x = lua_newuserdatauv(L, sizeof(*x), 0);
  *x = (Repeats){ .r = NULL };
  luaL_setmetatable(L, REPEATS_T);
  x->r = vk_repeats_new((unsigned)least);
  if (x->r == NULL) check_status(L, VK_ERR_NOMEM);
  lua_pushvalue(L, 2);
  pop_skipped(L, x->r);
  return 1;
}


void vk_open_repeats (lua_State *L) {
  static const luaL_Reg methods[] = {
    { "add", l_repeats_add }, { "find", l_repeats_find }, { NULL, NULL }
  };
  luaL_newmetatable(L, REPEATS_T);
  lua_pushcfunction(L, l_repeats_gc);
  lua_setfield(L, -2, "__gc");
  luaL_newlib(L, methods);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
  lua_pushcfunction(L, l_corpus_repeats);
  lua_setfield(L, -2, "repeats");
}
