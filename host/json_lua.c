/*
** Long strings of JSON in Lua, and flat records as JSON.
*/

#include "json_lua.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "error_lua.h"
#include "json.h"
#include "text_lua.h"


/* Append the line with "\u00001", "\u00002", … in the place of each span. */
static int shorten (const char *s, size_t n, const vk_json_span *spans, size_t found,
                    vk_buf *out) {
  size_t i, at = 0;
  int rc = VK_OK;
  for (i = 0; rc == VK_OK && i < found; i++) {
    char mark[] = "\"\\u00001\"";
    mark[7] = (char)('1' + i);
    rc = vk_buf_append(out, s + at, spans[i].from - at);
    if (rc == VK_OK) rc = vk_buf_append(out, mark, strlen(mark));
    at = spans[i].to;
  }
  return (rc == VK_OK) ? vk_buf_append(out, s + at, n - at) : rc;
}


/*
** json_cut(line) -> line, values; or nil when there is nothing to cut
** Long strings among the values of the outermost object become a zero byte and
** their number in `values`.  Of a line that is no JSON nothing is promised.
*/
int l_text_json_cut (lua_State *L) {
  size_t n, i, found;
  const char *s = luaL_checklstring(L, 1, &n);
  vk_scratch *x = vk_scratch_here(L);
  vk_json_span spans[VK_JSON_SPANS];
  int rc;
  found = vk_json_long(s, n, spans);
  if (found == 0) return lua_pushnil(L), 1;
  rc = shorten(s, n, spans, found, &x->other);
  if (rc != VK_OK) return vk_raise_text(L, rc, s, n);
  lua_pushlstring(L, x->other.data, x->other.len);
  lua_createtable(L, (int)found, 0);
  for (i = 0; i < found; i++) {
    x->out.len = 0;
    rc = vk_json_unescape(s, spans[i], &x->out);
    if (rc == VK_ERR_BAD_INPUT) return lua_pushnil(L), 1;
    if (rc != VK_OK) return vk_raise_text(L, rc, s, n);
    lua_pushlstring(L, x->out.data, x->out.len);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 2;
}


/* Append the value on top of the stack; VK_ERR_BAD_INPUT for what Lua must write.  [-0, +0, -] */
static int put_value (lua_State *L, vk_buf *out) {
  char digits[32];
  size_t n;
  const char *s;
  switch (lua_type(L, -1)) {
    case LUA_TNIL: return vk_buf_append(out, "null", 4);
    case LUA_TBOOLEAN:
      s = lua_toboolean(L, -1) ? "true" : "false";
      return vk_buf_append(out, s, strlen(s));
    case LUA_TNUMBER:
      if (!lua_isinteger(L, -1)) return VK_ERR_BAD_INPUT;
      n = (size_t)snprintf(digits, sizeof(digits), "%lld", (long long)lua_tointeger(L, -1));
      return vk_buf_append(out, digits, n);
    case LUA_TSTRING:
      s = lua_tolstring(L, -1, &n);
      return vk_json_quote(s, n, out);
    default: return VK_ERR_BAD_INPUT;
  }
}


/* Append key i of the list at 2 and its value in the table at 1.  [-0, +0, -] */
static int put_pair (lua_State *L, lua_Integer i, vk_buf *out) {
  int rc = vk_buf_byte(out, (i == 1) ? '{' : ',');
  lua_rawgeti(L, 2, i);
  if (rc == VK_OK) rc = (lua_type(L, -1) == LUA_TSTRING) ? put_value(L, out) : VK_ERR_BAD_INPUT;
  if (rc == VK_OK) rc = vk_buf_byte(out, ':');
  lua_rawget(L, 1);
  if (rc == VK_OK) rc = put_value(L, out);
  lua_pop(L, 1);
  return rc;
}


/*
** json_record(row, keys) -> JSON object, or nil where a value is neither nil, boolean,
** integer nor a string that is UTF-8
*/
int l_text_json_record (lua_State *L) {
  vk_scratch *x = vk_scratch_here(L);
  lua_Integer i, n;
  int rc = VK_OK;
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TTABLE);
  n = (lua_Integer)lua_rawlen(L, 2);
  if (n == 0) return lua_pushliteral(L, "{}"), 1;
  for (i = 1; rc == VK_OK && i <= n; i++) rc = put_pair(L, i, &x->out);
  if (rc == VK_OK) rc = vk_buf_byte(&x->out, '}');
  if (rc == VK_ERR_NOMEM) return vk_raise(L, rc, "not enough memory for a record");
  if (rc != VK_OK) return lua_pushnil(L), 1;
  lua_pushlstring(L, x->out.data, x->out.len);
  return 1;
}
