/*
** Long strings of JSON in Lua, and flat records as JSON.
*/

#include "json_lua.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "error_lua.h"
#include "json.h"
#include "late_lua.h"
#include "object_lua.h"
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


static int put_integer (lua_Integer v, vk_buf *out) {
  char digits[32];
  return vk_buf_append(out, digits, (size_t)snprintf(digits, sizeof(digits), "%lld",
                                                     (long long)v));
}


/* The shortest digits that read back the same; VK_ERR_BAD_INPUT where JSON has no word. */
static int put_real (double v, vk_buf *out) {
  char digits[40];
  int precision = 15, n;
  if (v != v || v - v != 0) return VK_ERR_BAD_INPUT;
  do n = snprintf(digits, sizeof(digits) - 2, "%.*g", precision, v);
  while (strtod(digits, NULL) != v && ++precision <= 17);
  if (strpbrk(digits, ".e") == NULL) n = (int)strlen(strcat(digits, ".0"));
  return vk_buf_append(out, digits, (size_t)n);
}


/* Append a field of a late row; VK_ERR_BAD_INPUT for what Lua must write. */
static int put_field (const vk_field *f, vk_buf *out) {
  switch (f->type) {
    case VK_NULL: return vk_buf_append(out, "null", 4);
    case VK_INTEGER: return put_integer((lua_Integer)vk_field_integer(f), out);
    case VK_REAL: return put_real(vk_field_real(f), out);
    default: return vk_json_quote(f->bytes, f->len, out);
  }
}


/* Append the value on top of the stack; VK_ERR_BAD_INPUT for what Lua must write.  [-0, +0, -] */
static int put_value (lua_State *L, vk_buf *out) {
  size_t n;
  const char *s;
  switch (lua_type(L, -1)) {
    case LUA_TNIL: return vk_buf_append(out, "null", 4);
    case LUA_TBOOLEAN:
      s = lua_toboolean(L, -1) ? "true" : "false";
      return vk_buf_append(out, s, strlen(s));
    case LUA_TNUMBER:
      return lua_isinteger(L, -1) ? put_integer(lua_tointeger(L, -1), out)
                                  : put_real(lua_tonumber(L, -1), out);
    case LUA_TSTRING:
      s = lua_tolstring(L, -1, &n);
      return vk_json_quote(s, n, out);
    default: return VK_ERR_BAD_INPUT;
  }
}


/* Where the arguments stand, and then what is made of them. */
enum { ROWS = 1, KEYS, BETWEEN, OTHERWISE, NAMES, OUT, ROW };


/* Append `"key":value` of the row for each key; a late row is read as it is.  [-0, +0, e] */
static int put_pairs (lua_State *L, const vk_buf *names, vk_buf *out) {
  const char *name = names->data, *end = name + names->len;
  lua_Integer i;
  vk_peek peek;
  vk_field f;
  int late = vk_late_peek(L, ROW, &peek), rc = VK_OK;
  for (i = 1; rc == VK_OK && name < end; i++) {
    size_t n;
    memcpy(&n, name, sizeof(n));
    rc = vk_buf_append(out, name + sizeof(n), n);
    name += sizeof(n) + n;
    lua_rawgeti(L, KEYS, i);
    if (rc != VK_OK) break;
    if (late && vk_late_field(&peek, lua_tostring(L, -1), &f)) rc = put_field(&f, out);
    else {
      late = 0;                 /* what is read now may fill the row */
      lua_rawget(L, ROW);
      rc = put_value(L, out);
    }
    lua_pop(L, 1);
  }
  return rc;
}


/* Append the record of the row, by the function at OTHERWISE where we cannot.  [-0, +0, e] */
static int put_record (lua_State *L, const vk_buf *names, vk_buf *out) {
  const size_t from = out->len;
  const char *s;
  size_t n;
  int rc = VK_ERR_BAD_INPUT;
  if (lua_istable(L, ROW) && names->len > 0) rc = put_pairs(L, names, out);
  lua_settop(L, ROW);
  if (rc != VK_ERR_BAD_INPUT) return (rc == VK_OK) ? vk_buf_byte(out, '}') : rc;
  out->len = from;
  lua_pushvalue(L, OTHERWISE);
  lua_pushvalue(L, ROW);
  lua_pushvalue(L, KEYS);
  lua_call(L, 2, 1);
  s = luaL_checklstring(L, -1, &n);
  return vk_buf_append(out, s, n);
}


/* Keys as they are written, quoted, with what stands before and behind: each a length and
   bytes.  [-0, +0, v] */
static int quote_keys (lua_State *L, vk_buf *names) {
  lua_Integer i, n = (lua_Integer)lua_rawlen(L, KEYS);
  int rc = VK_OK;
  for (i = 1; rc == VK_OK && i <= n; i++) {
    size_t from = names->len, len;
    const char *key;
    lua_rawgeti(L, KEYS, i);
    luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, KEYS, "a key is no string");
    key = lua_tolstring(L, -1, &len);
    rc = vk_buf_append(names, &from, sizeof(from));
    if (rc == VK_OK) rc = vk_buf_byte(names, (i == 1) ? '{' : ',');
    if (rc == VK_OK) rc = vk_json_quote(key, len, names);
    if (rc == VK_OK) rc = vk_buf_byte(names, ':');
    lua_pop(L, 1);
    if (rc != VK_OK) break;
    len = names->len - from - sizeof(len);
    memcpy(names->data + from, &len, sizeof(len));
  }
  return rc;
}


/*
** json_records(rows, keys, between, otherwise) -> JSON objects with `between` between them
** otherwise(row, keys) writes a row with a value that is neither nil, boolean, number nor a
** string, or that JSON cannot carry.
*/
int l_text_json_records (lua_State *L) {
  size_t n_between;
  const char *between = luaL_checklstring(L, BETWEEN, &n_between);
  vk_buf *names, *out;
  lua_Integer i;
  int rc;
  luaL_checktype(L, KEYS, LUA_TTABLE);
  luaL_checktype(L, OTHERWISE, LUA_TFUNCTION);
  lua_settop(L, OTHERWISE);
  names = vk_push_buffer(L);
  out = vk_push_buffer(L);
  rc = quote_keys(L, names);
  if (rc == VK_ERR_BAD_INPUT) names->len = 0;          /* and each row is left to Lua */
  else if (rc != VK_OK) return vk_raise(L, rc, "not enough memory for the records");
  for (i = 1; lua_geti(L, ROWS, i) != LUA_TNIL; i++) {
    rc = (i > 1) ? vk_buf_append(out, between, n_between) : VK_OK;
    if (rc == VK_OK) rc = put_record(L, names, out);
    if (rc != VK_OK) return vk_raise(L, rc, "not enough memory for the records");
    lua_settop(L, OUT);
  }
  lua_pushlstring(L, (out->len > 0) ? out->data : "", out->len);
  return 1;
}
