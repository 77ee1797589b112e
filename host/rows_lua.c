/*
** vankien.host.rows: what gives rows.  A walk reads one open statement, a list reads
** it to the end, a finder looks one row up by its key.  All make late rows
** (late_lua.c).  When a walk is closed, and what a row means, is the library's business.
*/

#include "rows_lua.h"

#include <lauxlib.h>

#include "error_lua.h"
#include "late_lua.h"
#include "object_lua.h"
#include "store_bind.h"
#include "store_lua.h"

#define WALK_T "vankien.walk"
#define FINDER_T "vankien.finder"

typedef struct Walk {
  vk_stmt *q;            /* belongs to the cursor in user value 4; NULL when it is closed */
  vk_batch *batch;
  lua_Integer at;        /* rows given out of the rest in user value 5 */
} Walk;

typedef struct Finder {
  vk_stmt *q;            /* owned; NULL once closed */
  vk_batch *batch;
  int from, to;          /* the parameters that the key is bound to */
} Finder;

enum { CONN = VK_ROWS_USED + 1, CURSOR, REST };


/* As vk_step; the connection is fetched only when somebody listens to its SQL. */
static int step (lua_State *L, int index, vk_stmt *q) {
  int rc = vk_stmt_step(q);
  size_t len;
  if (rc < 0) return vk_raise_store(L, vk_stmt_store(q), rc);
  vk_store_traced(vk_stmt_store(q), &len);
  if (len > 0) {
    lua_getiuservalue(L, index, CONN);
    vk_drain_trace(L, lua_gettop(L));
    lua_pop(L, 1);
  }
  return rc == VK_ROW;
}


/* ---- walks ---- */

/* Push a walk over (connection, SQL, parameters, shape) from 1 on.  [-0, +1, e] */
static Walk *push_walk (lua_State *L) {
  Walk *w;
  vk_check_shape(L, 4);
  w = lua_newuserdatauv(L, sizeof(*w), REST);
  w->q = NULL;
  w->batch = NULL;
  w->at = 0;
  luaL_setmetatable(L, WALK_T);
  lua_pushvalue(L, 4);
  lua_setiuservalue(L, -2, VK_ROWS_SHAPE);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, CONN);
  w->q = vk_push_query(L, 1, 2, 3);
  lua_setiuservalue(L, -2, CURSOR);
  return w;
}


static void close_walk (lua_State *L, int index, Walk *w) {
  if (w->q == NULL) return;
  w->q = NULL;
  lua_getiuservalue(L, index, CURSOR);
  vk_close_query(L, -1);
  lua_pop(L, 1);
}


/* Push the next row of the statement; 0 and nothing pushed at its end, which closes it. */
static int push_next (lua_State *L, int index, Walk *w) {
  int has_row = step(L, index, w->q);
  if (w->q == NULL) return 0;           /* closed by who listens to its SQL */
  if (has_row) vk_push_late(L, index, &w->batch, w->q);
  else close_walk(L, index, w);
  return has_row;
}


/* Push a list of the rows that are still to come.  [-0, +1, e] */
static void push_rest (lua_State *L, int index, Walk *w) {
  lua_Integer n = 0;
  lua_newtable(L);
  while (w->q != NULL && push_next(L, index, w)) lua_rawseti(L, -2, ++n);
}


/* The function of a `for`: the next row, or nil.  Upvalue 1 is the walk. */
static int walk_next (lua_State *L) {
  Walk *w = lua_touserdata(L, lua_upvalueindex(1));
  lua_settop(L, 0);
  if (w->q != NULL && push_next(L, lua_upvalueindex(1), w)) return 1;
  if (lua_getiuservalue(L, lua_upvalueindex(1), REST) == LUA_TTABLE)
    return lua_rawgeti(L, -1, ++w->at), 1;
  lua_pushnil(L);
  return 1;
}


/* walk(conn, sql, params, shape) -> function that gives the next row or nil, walk */
static int l_rows_walk (lua_State *L) {
  lua_settop(L, 4);
  push_walk(L);
  lua_pushvalue(L, -1);
  lua_pushcclosure(L, walk_next, 1);
  lua_insert(L, -2);
  return 2;
}


/* walk:settle(): read what is still to come into memory, and close the statement */
static int l_walk_settle (lua_State *L) {
  Walk *w = luaL_checkudata(L, 1, WALK_T);
  if (w->q == NULL) return 0;
  lua_settop(L, 1);
  push_rest(L, 1, w);
  lua_setiuservalue(L, 1, REST);
  return 0;
}


/* walk:close(): no further row; twice is nothing */
static int l_walk_close (lua_State *L) {
  Walk *w = luaL_checkudata(L, 1, WALK_T);
  close_walk(L, 1, w);
  lua_pushnil(L);
  lua_setiuservalue(L, 1, REST);
  return 0;
}


/* list(conn, sql, params, shape) -> list of rows */
static int l_rows_list (lua_State *L) {
  lua_settop(L, 4);
  push_rest(L, 5, push_walk(L));
  return 1;
}


/* ---- finders ---- */

static int close_finder (lua_State *L) {
  Finder *f = luaL_checkudata(L, 1, FINDER_T);
  vk_stmt *q = f->q;
  f->q = NULL;
  if (q != NULL) vk_stmt_release(q);
  return 0;
}


/* finder(conn, sql, params, shape, from): the key is bound to parameter `from` and those
   behind it, params to those before it */
static int l_rows_finder (lua_State *L) {
  vk_store *s = vk_check_store(L, 1);
  size_t len;
  const char *sql = luaL_checklstring(L, 2, &len);
  Finder *f;
  int rc, i;
  luaL_checktype(L, 3, LUA_TTABLE);
  vk_check_shape(L, 4);
  lua_settop(L, 5);
  f = lua_newuserdatauv(L, sizeof(*f), CONN);
  f->q = NULL;
  f->batch = NULL;
  luaL_setmetatable(L, FINDER_T);
  rc = vk_store_prepare(s, sql, len, &f->q);
  if (rc < 0) return vk_raise_store(L, s, rc);
  f->from = (int)luaL_checkinteger(L, 5);
  f->to = vk_stmt_params(f->q);
  for (i = 1; i < f->from; i++) {
    lua_rawgeti(L, 3, i);
    vk_bind_value(L, f->q, i, -1, 0);
    lua_pop(L, 1);
  }
  lua_pushvalue(L, 4);
  lua_setiuservalue(L, -2, VK_ROWS_SHAPE);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, CONN);
  return 1;
}


/* Push the row of the key at `key`, or nil; 1 when several rows have it.  [-0, +1, e] */
static int find (lua_State *L, int finder, int key) {
  Finder *f = lua_touserdata(L, finder);
  size_t len;
  const char *p = lua_tolstring(L, key, &len);
  int several = 0, i, rc;
  if (f->q == NULL) return vk_raise(L, VK_ERR_USAGE, "the finder is closed");
  vk_stmt_rewind(f->q);                 /* where an error left it standing */
  rc = vk_store_hold(vk_stmt_store(f->q));
  for (i = f->from; rc == VK_OK && i <= f->to; i++) rc = vk_stmt_bind_text(f->q, i, p, len, 1);
  if (rc < 0) return vk_raise_store(L, vk_stmt_store(f->q), rc);
  if (step(L, finder, f->q)) {
    vk_push_late(L, finder, &f->batch, f->q);
    several = step(L, finder, f->q);
  }
  else lua_pushnil(L);
  vk_stmt_rewind(f->q);
  return several;
}


/* finder(key) -> row | nil, true when several rows have the key */
static int l_finder_call (lua_State *L) {
  luaL_checkudata(L, 1, FINDER_T);
  luaL_checktype(L, 2, LUA_TSTRING);
  lua_settop(L, 2);
  lua_pushboolean(L, find(L, 1, 2));
  return 2;
}


/* Can the string at `index` be the name of a method?  [-0, +0, -] */
static int is_name (lua_State *L, int index) {
  const char *s = lua_tostring(L, index);
  while ((*s >= 'a' && *s <= 'z') || *s == '_') s++;
  return *s == '\0';
}


/*
** What `object[key]` does for a query: a method; else the one row that the state's
** `finder` finds; else what the library says.
** Upvalues: methods, function(object, key), metatable of finders.
*/
static int query_index (lua_State *L) {
  lua_settop(L, 2);
  if (lua_type(L, 2) == LUA_TSTRING && is_name(L, 2)) {
    lua_pushvalue(L, 2);
    if (lua_gettable(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
  }
  if (lua_type(L, 2) == LUA_TSTRING && lua_type(L, 1) == LUA_TUSERDATA &&
      lua_getiuservalue(L, 1, 1) == LUA_TTABLE && lua_getfield(L, -1, "finder") == LUA_TUSERDATA &&
      lua_getmetatable(L, -1) && lua_rawequal(L, -1, lua_upvalueindex(3))) {
    lua_pop(L, 1);
    if (!find(L, lua_gettop(L), 2) && !lua_isnil(L, -1)) return 1;
  }
  lua_settop(L, 2);
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_insert(L, 1);
  lua_call(L, 2, 1);
  return 1;
}


/* index(methods, otherwise) -> function for __index */
static int l_rows_index (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 2);
  luaL_getmetatable(L, FINDER_T);
  lua_pushcclosure(L, query_index, 3);
  return 1;
}


int luaopen_vankien_rows (lua_State *L) {
  static const luaL_Reg walk[] = {
    { "settle", l_walk_settle }, { "close", l_walk_close }, { NULL, NULL }
  };
  static const luaL_Reg finder[] = { { "close", close_finder }, { NULL, NULL } };
  static const luaL_Reg functions[] = {
    { "shape", l_rows_shape }, { "walk", l_rows_walk }, { "list", l_rows_list },
    { "finder", l_rows_finder }, { "index", l_rows_index }, { NULL, NULL }
  };
  vk_open_late(L);
  vk_new_type(L, WALK_T, walk, l_walk_close);
  vk_new_type(L, FINDER_T, finder, close_finder);
  lua_pushcfunction(L, l_finder_call);
  lua_setfield(L, -2, "__call");
  luaL_newlib(L, functions);
  return 1;
}
