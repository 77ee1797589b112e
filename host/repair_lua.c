/*
** Repairs in Lua: found in one call, with the repaired text and the way back.
*/

#include "repair_lua.h"

#include <lauxlib.h>
#include <string.h>

#include "error_lua.h"
#include "repair.h"

#define REPAIRS_T "vankien.repairs"

/* The user value keeps the original. */
typedef struct repaired { vk_repairs r; vk_buf text, moves; } repaired;


static int l_repairs_close (lua_State *L) {
  repaired *p = luaL_checkudata(L, 1, REPAIRS_T);
  vk_repairs_free(&p->r);
  vk_buf_free(&p->text);
  vk_buf_free(&p->moves);
  return 0;
}


/* The bit of the kind with that name; 0: none has it. */
static uint32_t bit_of (const char *name) {
  int kind;
  for (kind = 0; name != NULL && kind < VK_REPAIR_KINDS; kind++) {
    if (strcmp(name, vk_repair_name((enum vk_repair_kind)kind)) == 0) return 1u << kind;
  }
  return 0;
}


/* The kinds named in the list at `index`, as bits; nil: none.  [-0, +0, v] */
static uint32_t check_kinds (lua_State *L, int index) {
  uint32_t bits = 0;
  lua_Integer i, n;
  if (lua_isnoneornil(L, index)) return 0;
  luaL_checktype(L, index, LUA_TTABLE);
  n = luaL_len(L, index);
  for (i = 1; i <= n; i++) {
    uint32_t bit;
    lua_geti(L, index, i);
    bit = bit_of(lua_tostring(L, -1));
    luaL_argcheck(L, bit != 0, index, "no such kind of repair");
    bits |= bit;
    lua_pop(L, 1);
  }
  return bits;
}


/* repairs(bytes, body [, kinds not wanted]) -> repairs, or nil where nothing was found */
static int l_text_repairs (lua_State *L) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  lua_Integer body = luaL_optinteger(L, 2, 0);
  uint32_t skipped = check_kinds(L, 3);
  repaired *p;
  int rc;
  luaL_argcheck(L, body >= 0, 2, "must not be negative");
  p = lua_newuserdatauv(L, sizeof(*p), 1);
  memset(p, 0, sizeof(*p));
  luaL_setmetatable(L, REPAIRS_T);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  rc = vk_repairs_find(&p->r, s, n, (size_t)body, skipped);
  if (rc == VK_OK && vk_repairs_count(&p->r) == 0) {
    lua_pushnil(L);
    return 1;
  }
  if (rc == VK_OK) rc = vk_repairs_apply(&p->r, &p->text, &p->moves);
  if (rc == VK_ERR_BAD_INPUT) return vk_raise(L, rc, "the text is not UTF-8");
  return (rc < 0) ? vk_raise(L, rc, "not enough memory to repair the text") : 1;
}


/* repairs:text() -> the repaired text */
static int l_repairs_text (lua_State *L) {
  repaired *p = luaL_checkudata(L, 1, REPAIRS_T);
  lua_pushlstring(L, (p->text.len > 0) ? p->text.data : "", p->text.len);
  return 1;
}


static void set_string (lua_State *L, const char *name, const char *s, size_t n) {
  lua_pushlstring(L, s, n);
  lua_setfield(L, -2, name);
}


/* Push one repair.  [-0, +1, m] */
static void push_repair (lua_State *L, const repaired *p, const vk_repair *one) {
  lua_createtable(L, 0, 6);
  lua_pushstring(L, vk_repair_name((enum vk_repair_kind)one->kind));
  lua_setfield(L, -2, "kind");
  lua_pushinteger(L, (lua_Integer)one->from);
  lua_setfield(L, -2, "from");
  lua_pushinteger(L, (lua_Integer)one->to);
  lua_setfield(L, -2, "to");
  set_string(L, "before", p->r.s + one->from, one->to - one->from);
  if (!one->done) return;
  set_string(L, "after", (one->n_after > 0) ? p->r.after.data + one->after : "", one->n_after);
}


/* repairs:list() -> {{kind=, from=, to=, before=, after= or nil when only reported}, …} */
static int l_repairs_list (lua_State *L) {
  repaired *p = luaL_checkudata(L, 1, REPAIRS_T);
  size_t i, n = vk_repairs_count(&p->r);
  lua_createtable(L, (n < INT16_MAX) ? (int)n : INT16_MAX, 0);
  for (i = 0; i < n; i++) {
    push_repair(L, p, vk_repairs_at(&p->r, i));
    lua_seti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}


/* repairs:start(offset) -> where in the original the character there starts */
static int l_repairs_start (lua_State *L) {
  vk_moves m = vk_check_moves(L, 1);
  lua_Integer offset = luaL_checkinteger(L, 2);
  luaL_argcheck(L, offset >= 0, 2, "must not be negative");
  lua_pushinteger(L, (lua_Integer)vk_moves_start(&m, (size_t)offset));
  return 1;
}


/* repairs:stop(offset) -> where in the original the character before it ended */
static int l_repairs_stop (lua_State *L) {
  vk_moves m = vk_check_moves(L, 1);
  lua_Integer offset = luaL_checkinteger(L, 2);
  luaL_argcheck(L, offset >= 0, 2, "must not be negative");
  lua_pushinteger(L, (lua_Integer)vk_moves_stop(&m, (size_t)offset));
  return 1;
}


vk_moves vk_check_moves (lua_State *L, int index) {
  vk_moves none = { NULL, 0 };
  if (lua_isnoneornil(L, index)) return none;
  return vk_moves_in(&((repaired *)luaL_checkudata(L, index, REPAIRS_T))->moves);
}


/* repair_kinds() -> list of the names */
static int l_text_repair_kinds (lua_State *L) {
  int kind;
  lua_createtable(L, VK_REPAIR_KINDS, 0);
  for (kind = 0; kind < VK_REPAIR_KINDS; kind++) {
    lua_pushstring(L, vk_repair_name((enum vk_repair_kind)kind));
    lua_seti(L, -2, kind + 1);
  }
  return 1;
}


void vk_set_repairs (lua_State *L) {
  static const luaL_Reg methods[] = {
    { "text", l_repairs_text }, { "list", l_repairs_list }, { "start", l_repairs_start },
    { "stop", l_repairs_stop }, { "close", l_repairs_close }, { NULL, NULL }
  };
  if (luaL_newmetatable(L, REPAIRS_T)) {
    luaL_newlib(L, methods);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, l_repairs_close);
    lua_setfield(L, -2, "__gc");
    lua_pushcfunction(L, l_repairs_close);
    lua_setfield(L, -2, "__close");
  }
  lua_pop(L, 1);
  lua_pushcfunction(L, l_text_repairs);
  lua_setfield(L, -2, "repairs");
  lua_pushcfunction(L, l_text_repair_kinds);
  lua_setfield(L, -2, "repair_kinds");
}
