/*
** Long strings of JSON in Lua.
*/

#include "json_lua.h"

#include <lauxlib.h>
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
