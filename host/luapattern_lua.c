/*
** vankien.host.luapattern: find, match, gmatch and gsub as in Lua 5.4, but Ctrl-C stops them.
*/

#include <lauxlib.h>
#include <string.h>

#include "error_lua.h"
#include "luapattern.h"
#include "vk.h"

int luaopen_vankien_luapattern (lua_State *L);

/* What gmatch walks over; text and pattern are its neighbours among the upvalues. */
typedef struct Walk {
  vk_match m;
  const char *at, *pattern, *last;
} Walk;


/* Match, or raise what is wrong.  [-0, +0, v] */
static const char *match_at (lua_State *L, vk_match *m, const char *at, const char *pattern) {
  const char *found = vk_match_at(m, at, pattern);
  if (m->interrupted) vk_raise(L, VK_ERR_INTERRUPTED, "interrupted");
  if (m->error != NULL) luaL_error(L, "%s", m->error);
  return found;
}


/* Capture i, or the whole match where there is none.  [-0, +1, v] */
static void push_capture (lua_State *L, const vk_match *m, int i, const char *from,
                          const char *to) {
  if (i >= m->captures) {
    if (i != 0) luaL_error(L, "invalid capture index %%%d", i + 1);
    lua_pushlstring(L, from, (size_t)(to - from));
  }
  else if (m->capture[i].len == VK_CAPTURE_PLACE)
    lua_pushinteger(L, m->capture[i].from - m->text + 1);
  else {
    if (m->capture[i].len == VK_CAPTURE_OPEN) luaL_error(L, "unfinished capture");
    lua_pushlstring(L, m->capture[i].from, (size_t)m->capture[i].len);
  }
}


/* All captures; `whole`: the match itself where there is none.  [-0, +n, v] */
static int push_captures (lua_State *L, const vk_match *m, const char *from, const char *to,
                          int whole) {
  int n = (m->captures == 0 && whole) ? 1 : m->captures, i;
  luaL_checkstack(L, n, "too many captures");
  for (i = 0; i < n; i++) push_capture(L, m, i, from, to);
  return n;
}


/* The byte, from 0, at which argument `index` says to begin. */
static size_t start_of (lua_State *L, int index, size_t len) {
  lua_Integer at = luaL_optinteger(L, index, 1);
  if (at > 0) return (size_t)at - 1;
  if (at == 0 || at < -(lua_Integer)len) return 0;
  return len + (size_t)at;
}


static int is_plain (const char *p, size_t n) {
  size_t i;
  for (i = 0; i < n; i++)
    if (p[i] != '\0' && strchr("^$*+?.([%-", p[i]) != NULL) return 0;
  return 1;
}


static const char *find_plain (const char *s, size_t len, const char *p, size_t n) {
  const char *last = s + len;
  if (n == 0) return s;
  while ((size_t)(last - s) >= n) {
    s = memchr(s, p[0], (size_t)(last - s) - n + 1);
    if (s == NULL) return NULL;
    if (memcmp(s, p, n) == 0) return s;
    s++;
  }
  return NULL;
}


static int push_find (lua_State *L, const char *text, const char *from, size_t n) {
  lua_pushinteger(L, from - text + 1);
  lua_pushinteger(L, from - text + (lua_Integer)n);
  return 2;
}


static int search (lua_State *L, int find) {
  size_t len, n;
  const char *s = luaL_checklstring(L, 1, &len), *p = luaL_checklstring(L, 2, &n), *at, *end;
  size_t start = start_of(L, 3, len);
  vk_match m;
  int anchored = n > 0 && *p == '^';
  lua_settop(L, 4);
  if (start > len) return luaL_pushfail(L), 1;
  if (find && (lua_toboolean(L, 4) || is_plain(p, n))) {
    at = find_plain(s + start, len - start, p, n);
    if (at != NULL) return push_find(L, s, at, n);
    return luaL_pushfail(L), 1;
  }
  vk_match_init(&m, s, len, p, n);
  for (at = s + start; at <= s + len; at++) {
    end = match_at(L, &m, at, p + anchored);
    if (end != NULL) {
      int before = find ? push_find(L, s, at, (size_t)(end - at)) : 0;
      return before + push_captures(L, &m, at, end, !find);
    }
    if (anchored) break;
  }
  luaL_pushfail(L);
  return 1;
}


static int l_luapattern_find (lua_State *L) {
  return search(L, 1);
}


static int l_luapattern_match (lua_State *L) {
  return search(L, 0);
}


static int next_match (lua_State *L) {
  Walk *w = lua_touserdata(L, lua_upvalueindex(3));
  for (; w->at <= w->m.text_end; w->at++) {
    const char *from = w->at, *end = match_at(L, &w->m, from, w->pattern);
    if (end != NULL && end != w->last) {
      w->at = w->last = end;
      return push_captures(L, &w->m, from, end, 1);
    }
  }
  return 0;
}


static int l_luapattern_gmatch (lua_State *L) {
  size_t len, n, start;
  const char *s = luaL_checklstring(L, 1, &len), *p = luaL_checklstring(L, 2, &n);
  Walk *w;
  start = start_of(L, 3, len);
  lua_settop(L, 2);
  w = lua_newuserdatauv(L, sizeof(*w), 0);
  vk_match_init(&w->m, s, len, p, n);
  w->at = s + (start > len ? len + 1 : start);
  w->pattern = p;
  w->last = NULL;
  lua_pushcclosure(L, next_match, 3);
  return 1;
}


/* The text that stands for a match: %0 is the match, %1 a capture, %% a percent sign. */
static void add_text (lua_State *L, luaL_Buffer *b, const vk_match *m, const char *from,
                      const char *to) {
  size_t len;
  const char *r = lua_tolstring(L, 3, &len), *stop = r + len;
  for (; r < stop; r++) {
    if (*r != '%') {
      luaL_addchar(b, *r);
      continue;
    }
    r++;
    if (r < stop && *r == '%') luaL_addchar(b, *r);
    else if (r < stop && *r == '0') luaL_addlstring(b, from, (size_t)(to - from));
    else if (r < stop && *r >= '1' && *r <= '9') {
      push_capture(L, m, *r - '1', from, to);
      luaL_tolstring(L, -1, NULL);
      lua_remove(L, -2);
      luaL_addvalue(b);
    }
    else luaL_error(L, "invalid use of '%%' in replacement string");
  }
}


/* What a table or function gives for a match; the match itself for nil and false. */
static void add_value (lua_State *L, luaL_Buffer *b, const vk_match *m, const char *from,
                       const char *to) {
  if (lua_type(L, 3) == LUA_TTABLE) {
    push_capture(L, m, 0, from, to);
    lua_gettable(L, 3);
  }
  else {
    int n;
    lua_pushvalue(L, 3);
    n = push_captures(L, m, from, to, 1);
    lua_call(L, n, 1);
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    luaL_addlstring(b, from, (size_t)(to - from));
  }
  else if (!lua_isstring(L, -1))
    luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  else luaL_addvalue(b);
}


static int l_luapattern_gsub (lua_State *L) {
  size_t len, n;
  const char *s = luaL_checklstring(L, 1, &len), *p = luaL_checklstring(L, 2, &n);
  const char *at = s, *last = NULL, *end;
  int kind = lua_type(L, 3), anchored = n > 0 && *p == '^', is_text;
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)len + 1), count = 0;
  vk_match m;
  luaL_Buffer b;
  is_text = kind == LUA_TSTRING || kind == LUA_TNUMBER;
  luaL_argexpected(L, is_text || kind == LUA_TTABLE || kind == LUA_TFUNCTION, 3,
                   "string/function/table");
  luaL_buffinit(L, &b);
  vk_match_init(&m, s, len, p, n);
  while (count < most) {
    end = match_at(L, &m, at, p + anchored);
    if (end != NULL && end != last) {
      count++;
      (is_text ? add_text : add_value)(L, &b, &m, at, end);
      at = last = end;
    }
    else if (at < s + len) luaL_addchar(&b, *at++);
    else break;
    if (anchored) break;
  }
  luaL_addlstring(&b, at, (size_t)(s + len - at));
  luaL_pushresult(&b);
  lua_pushinteger(L, count);
  return 2;
}


int luaopen_vankien_luapattern (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "find", l_luapattern_find }, { "match", l_luapattern_match }, { "gmatch", l_luapattern_gmatch },
    { "gsub", l_luapattern_gsub }, { NULL, NULL }
  };
  luaL_newlib(L, functions);
  return 1;
}
