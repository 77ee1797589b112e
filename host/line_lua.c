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

/* Keys of the handlers in the registry: their addresses differ. */
static const char complete_key = 'c', whole_key = 'w';


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


/* A copy of the string at `index`, or NULL.  [-0, +0, -] */
static char *copied (lua_State *L, int index) {
  return lua_type(L, index) == LUA_TSTRING ? strdup(lua_tostring(L, index)) : NULL;
}


/* Protected: (text, cursor, &completion); asks complete(text, cursor) -> from, insert, listing. */
static int ask_complete (lua_State *L) {
  vk_line_completion *out = lua_touserdata(L, 3);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &complete_key);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 2);
  lua_call(L, 2, 3);
  if (!lua_isinteger(L, -3)) return 0;
  out->from = (size_t)lua_tointeger(L, -3) - 1;  /* Lua counts bytes from 1 */
  out->insert = copied(L, -2);
  out->listing = copied(L, -1);
  return 0;
}


/* An error while completing means no candidates. */
static void complete (void *arg, const char *text, size_t cursor, vk_line_completion *out) {
  lua_State *L = arg;
  if (!lua_checkstack(L, 8)) return;
  lua_pushcfunction(L, ask_complete);
  lua_pushstring(L, text);
  lua_pushinteger(L, (lua_Integer)cursor);
  lua_pushlightuserdata(L, out);
  if (lua_pcall(L, 3, 0, 0) != LUA_OK) lua_pop(L, 1);
}


/* Protected: (text) -> boolean; asks whole(text). */
static int ask_whole (lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &whole_key);
  lua_insert(L, 1);
  lua_call(L, 1, 1);
  return 1;
}


static int whole (void *arg, const char *text) {
  lua_State *L = arg;
  int answer;
  if (!lua_checkstack(L, 8)) return 1;
  lua_pushcfunction(L, ask_whole);
  lua_pushstring(L, text);
  answer = lua_pcall(L, 1, 1, 0) != LUA_OK || lua_toboolean(L, -1);
  lua_pop(L, 1);
  return answer;
}


/* set_handlers(complete | nil, whole | nil): complete(text, cursor) -> from, insert, listing;
   whole(text) -> does Enter end this entry? */
static int l_line_set_handlers (lua_State *L) {
  vk_line_handlers handlers;
  lua_settop(L, 2);
  if (!lua_isnil(L, 1)) luaL_checktype(L, 1, LUA_TFUNCTION);
  if (!lua_isnil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
  handlers.arg = lua_tothread(L, -1);
  lua_pop(L, 1);
  handlers.complete = lua_isnil(L, 1) ? NULL : complete;
  handlers.whole = lua_isnil(L, 2) ? NULL : whole;
  vk_line_set_handlers(&handlers);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &whole_key);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &complete_key);
  return 0;
}


int luaopen_vankien_line (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "readline", l_line_readline }, { "add_history", l_line_add_history },
    { "load_history", l_line_load_history }, { "append_history", l_line_append_history },
    { "set_handlers", l_line_set_handlers }, { NULL, NULL }
  };
  luaL_newlib(L, functions);
  lua_pushstring(L, vk_line_library());
  lua_setfield(L, -2, "library");
  return 1;
}
