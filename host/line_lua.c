/*
** vankien.host.line: the line editor in Lua.
*/

#include "line_lua.h"

#include <errno.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "error_lua.h"
#include "interrupt.h"
#include "line.h"
#include "object_lua.h"

/* Key of the completer in the registry. */
static const char completer_key = 0;


/* readline(prompt) -> text | nil at the end of input | false after Ctrl-C */
static int l_line_readline (lua_State *L) {
  const char *prompt = luaL_optstring(L, 1, "");
  vk_buf *b = vk_push_buffer(L);  /* owns the line while it becomes a string */
  int rc = vk_line_read(prompt, &b->data);
  if (rc == VK_LINE_TEXT) {
    lua_pushstring(L, b->data);
    vk_buf_free(b);
  }
  else if (rc == VK_LINE_INTERRUPTED) {
    vk_interrupt_clear();
    lua_pushboolean(L, 0);
  }
  else lua_pushnil(L);
  return 1;
}


static int l_line_add_history (lua_State *L) {
  vk_line_add_history(luaL_checkstring(L, 1));
  return 0;
}


static int result (lua_State *L, int rc, const char *path) {
  if (rc < 0) return vk_fail(L, rc, NULL, "%s: %s", path, strerror(errno));
  lua_pushboolean(L, 1);
  return 1;
}


/* load_history(path) -> true | nil, error */
static int l_line_load_history (lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  return result(L, vk_line_load_history(path), path);
}


/* append_history(path, text) -> true | nil, error */
static int l_line_append_history (lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  return result(L, vk_line_append_history(path, luaL_checkstring(L, 2)), path);
}


/* Protected: (line, start, stop, &names) -> nothing; fills names. */
static int ask (lua_State *L) {
  const char *line = lua_tostring(L, 1);
  lua_Integer start = lua_tointeger(L, 2), stop = lua_tointeger(L, 3), i, n;
  char **list = lua_touserdata(L, 4);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &completer_key);
  lua_pushlstring(L, line + start, (size_t)(stop - start));
  lua_pushvalue(L, 1);
  lua_pushinteger(L, start + 1);  /* Lua counts bytes from 1, both ends inside */
  lua_pushinteger(L, stop);
  lua_call(L, 4, 1);
  if (!lua_istable(L, -1)) return 0;
  n = (lua_Integer)lua_rawlen(L, -1);
  list = *(char ***)list = calloc((size_t)n + 1, sizeof(*list));
  for (i = 0; list != NULL && i < n; i++) {
    lua_rawgeti(L, -1, i + 1);
    if ((list[i] = strdup(luaL_checkstring(L, -1))) == NULL) break;
    lua_pop(L, 1);
  }
  return 0;
}


/* Called by the editor.  An error while completing means no candidates. */
static char **complete (void *arg, const char *line, size_t start, size_t stop) {
  lua_State *L = arg;
  char **list = NULL;
  if (!lua_checkstack(L, 8)) return NULL;
  lua_pushcfunction(L, ask);
  lua_pushstring(L, line);
  lua_pushinteger(L, (lua_Integer)start);
  lua_pushinteger(L, (lua_Integer)stop);
  lua_pushlightuserdata(L, &list);
  if (lua_pcall(L, 4, 0, 0) != LUA_OK) lua_pop(L, 1);
  return list;
}


/* set_completer(f | nil): f(word, line, start, stop) -> list of texts */
static int l_line_set_completer (lua_State *L) {
  lua_State *main;
  lua_settop(L, 1);
  if (!lua_isnil(L, 1)) luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
  main = lua_tothread(L, -1);
  lua_pop(L, 1);
  vk_line_set_completer(lua_isnil(L, 1) ? NULL : complete, main);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &completer_key);
  return 0;
}


int luaopen_vankien_line (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "readline", l_line_readline }, { "add_history", l_line_add_history },
    { "load_history", l_line_load_history }, { "append_history", l_line_append_history },
    { "set_completer", l_line_set_completer }, { NULL, NULL }
  };
  luaL_newlib(L, functions);
  lua_pushstring(L, vk_line_library());
  lua_setfield(L, -2, "library");
  return 1;
}
