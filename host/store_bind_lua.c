/*
** Values between Lua and statements: parameters in, columns out.
*/

#include "store_bind.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "error_lua.h"
#include "store_lua.h"


/* Push how a person names parameter `i`: ":a" or "2".  [-0, +1, m] */
static const char *param_label (lua_State *L, vk_stmt *q, int i) {
  const char *name = vk_stmt_param_name(q, i);
  if (name != NULL) return lua_pushstring(L, name);
  return lua_pushfstring(L, "%d", i);
}


static int bind_number (lua_State *L, vk_stmt *q, int i, int index) {
  lua_Number n;
  if (lua_isinteger(L, index))
    return vk_stmt_bind_int64(q, i, (int64_t)lua_tointeger(L, index));
  n = lua_tonumber(L, index);
  if (!isfinite(n))
    return vk_raise(L, VK_ERR_BAD_INPUT, "parameter %s is %s: the store keeps finite numbers only",
                    param_label(L, q, i), isnan(n) ? "not a number (NaN)" : "infinite");
  return vk_stmt_bind_double(q, i, n);
}


/* Anything but a blob is no value for the store. */
static int bind_userdata (lua_State *L, vk_stmt *q, int i, int index, int keep) {
  size_t len;
  const char *p;
  int rc;
  if (lua_islightuserdata(L, index) && lua_touserdata(L, index) == NULL)
    return vk_stmt_bind_null(q, i);
  if (luaL_testudata(L, index, VK_BLOB_T) == NULL)
    return vk_raise(L, VK_ERR_USAGE, "parameter %s is a %s: give nil, boolean, number or string",
                    param_label(L, q, i), luaL_typename(L, index));
  lua_getiuservalue(L, index, 1);  /* the blob holds its string, and the caller the blob */
  p = lua_tolstring(L, -1, &len);
  rc = vk_stmt_bind_blob(q, i, p, len, keep);
  lua_pop(L, 1);
  return rc;
}


void vk_bind_value (lua_State *L, vk_stmt *q, int i, int index, int keep) {
  size_t len;
  const char *p;
  int rc;
  switch (lua_type(L, index)) {
    case LUA_TNONE: case LUA_TNIL: rc = vk_stmt_bind_null(q, i); break;
    case LUA_TBOOLEAN: rc = vk_stmt_bind_int64(q, i, lua_toboolean(L, index)); break;
    case LUA_TNUMBER: rc = bind_number(L, q, i, index); break;
    case LUA_TSTRING:
      p = lua_tolstring(L, index, &len);
      rc = vk_stmt_bind_text(q, i, p, len, keep);
      break;
    default: rc = bind_userdata(L, q, i, lua_absindex(L, index), keep); break;
  }
  if (rc < 0) vk_raise_store(L, vk_stmt_store(q), rc);
}


/* How many values the list has: its `n` (table.pack), else its border.  [-0, +0, m] */
static lua_Integer list_length (lua_State *L, int index) {
  lua_Integer n = (lua_Integer)lua_rawlen(L, index);
  lua_pushliteral(L, "n");
  lua_rawget(L, index);
  if (lua_isinteger(L, -1)) n = lua_tointeger(L, -1);
  lua_pop(L, 1);
  return n;
}


static void bind_list (lua_State *L, vk_stmt *q, int index, int keep) {
  int n = vk_stmt_params(q), i;
  lua_Integer given = lua_isnil(L, index) ? 0 : list_length(L, index);
  if (given != n)
    vk_raise(L, VK_ERR_USAGE, "the statement has %d parameter%s, %d %s given", n,
             n == 1 ? "" : "s", (int)given, given == 1 ? "is" : "are");
  for (i = 1; i <= n; i++) {
    lua_rawgeti(L, index, i);
    vk_bind_value(L, q, i, -1, keep);
    lua_pop(L, 1);
  }
}


/* Every key of the table must be a parameter. */
static void check_names (lua_State *L, vk_stmt *q, int index) {
  int n = vk_stmt_params(q), i;
  lua_pushnil(L);
  while (lua_next(L, index)) {
    const char *key;
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING)
      vk_raise(L, VK_ERR_USAGE, "the statement's parameters have names, but a list is given");
    key = lua_tostring(L, -1);
    for (i = 1; i <= n; i++) {
      const char *name = vk_stmt_param_name(q, i);
      if (name != NULL && strcmp(name + 1, key) == 0) break;
    }
    if (i > n)
      vk_raise(L, VK_ERR_UNKNOWN_NAME, "the statement has no parameter \"%s\"", key);
  }
}


static void bind_names (lua_State *L, vk_stmt *q, int index, int keep) {
  int n = vk_stmt_params(q), i;
  check_names(L, q, index);
  for (i = 1; i <= n; i++) {
    const char *name = vk_stmt_param_name(q, i);
    if (name == NULL) {
      vk_raise(L, VK_ERR_USAGE, "the statement mixes named and numbered parameters");
      return;
    }
    lua_pushstring(L, name + 1);
    if (lua_rawget(L, index) == LUA_TNIL)
      vk_raise_hint(L, VK_ERR_USAGE, "for NULL give store.null", "parameter %s is missing", name);
    vk_bind_value(L, q, i, -1, keep);
    lua_pop(L, 1);
  }
}


void vk_bind_params (lua_State *L, vk_stmt *q, int index, int keep) {
  index = lua_absindex(L, index);
  if (lua_isnone(L, index)) {
    if (vk_stmt_params(q) > 0)
      vk_raise(L, VK_ERR_USAGE, "the statement has parameters, but none are given");
    return;
  }
  if (!lua_isnil(L, index)) luaL_checktype(L, index, LUA_TTABLE);
  luaL_checkstack(L, 8, "parameters");
  if (!lua_isnil(L, index) && vk_stmt_params(q) > 0 && vk_stmt_param_name(q, 1) != NULL)
    bind_names(L, q, index, keep);
  else
    bind_list(L, q, index, keep);
}


void vk_push_column (lua_State *L, vk_stmt *q, int i) {
  size_t len;
  const void *p;
  switch (vk_stmt_type(q, i)) {
    case VK_INTEGER: lua_pushinteger(L, (lua_Integer)vk_stmt_int64(q, i)); break;
    case VK_REAL: lua_pushnumber(L, vk_stmt_double(q, i)); break;
    case VK_TEXT:
      p = vk_stmt_text(q, i, &len);
      if (p == NULL) vk_raise(L, VK_ERR_NOMEM, "not enough memory for a text of the store");
      lua_pushlstring(L, p, len);
      break;
    case VK_BLOB:
      p = vk_stmt_blob(q, i, &len);
      lua_pushlstring(L, p != NULL ? p : "", len);
      break;
    default: lua_pushnil(L); break;
  }
}


int vk_push_row (lua_State *L, vk_stmt *q) {
  int n = vk_stmt_columns(q), i;
  luaL_checkstack(L, n, "columns");
  for (i = 0; i < n; i++) vk_push_column(L, q, i);
  return n;
}


void vk_drain_trace (lua_State *L, int conn) {
  vk_store *s = vk_check_store(L, conn);
  size_t len, at = 0;
  const char *queue = vk_store_traced(s, &len);
  int top = lua_gettop(L);
  if (len == 0) return;
  lua_getiuservalue(L, conn, 1);
  lua_createtable(L, 4, 0);
  while (at < len) {
    lua_pushstring(L, queue + at);
    at += lua_rawlen(L, -1) + 1;
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
  }
  vk_store_trace_clear(s);
  for (at = 1; at <= lua_rawlen(L, top + 2) && lua_isfunction(L, top + 1); at++) {
    lua_pushvalue(L, top + 1);
    lua_rawgeti(L, top + 2, (lua_Integer)at);
    lua_call(L, 1, 0);
  }
  lua_settop(L, top);
}


int vk_step (lua_State *L, vk_stmt *q, int conn) {
  int rc = vk_stmt_step(q);
  vk_store *s = vk_stmt_store(q);
  size_t len;
  if (rc < 0) return vk_raise_store(L, s, rc);
  vk_store_traced(s, &len);
  if (len > 0) vk_drain_trace(L, lua_absindex(L, conn));
  return rc == VK_ROW;
}
