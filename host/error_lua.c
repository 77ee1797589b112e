/*
** Error values: made, raised and printed.  Formats with vsnprintf into a
** bounded buffer: a message is one line of talk, not data.
*/

#include "error_lua.h"

#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "vk.h"

#define OWN_FILES "@vankien/"
#define MAX_MESSAGE 2048
#define MAX_LEVELS 200


/*
** Push "file:line" of the nearest Lua function outside our own files, or nil.
** [-0, +1, m]
*/
static void push_place (lua_State *L) {
  lua_Debug ar;
  int level;
  for (level = 0; level < MAX_LEVELS && lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sl", &ar);
    if (ar.currentline > 0 && strncmp(ar.source, OWN_FILES, sizeof(OWN_FILES) - 1) != 0) {
      lua_pushfstring(L, "%s:%d", ar.short_src, ar.currentline);
      return;
    }
  }
  lua_pushnil(L);
}


/* Push the shared metatable.  [-0, +1, m] */
static void push_metatable (lua_State *L) {
  if (luaL_getmetatable(L, VK_ERROR_T) == LUA_TNIL) {
    lua_pop(L, 1);
    luaL_requiref(L, "vankien.host.error", luaopen_vankien_error, 0);
    lua_pop(L, 1);
    luaL_getmetatable(L, VK_ERROR_T);
  }
}


void vk_push_error (lua_State *L, int status, const char *message, const char *hint) {
  luaL_checkstack(L, 6, "error value");
  lua_createtable(L, 0, 4);
  lua_pushstring(L, vk_status_code(status));
  lua_setfield(L, -2, "code");
  lua_pushstring(L, message);
  lua_setfield(L, -2, "message");
  if (hint != NULL) {
    lua_pushstring(L, hint);
    lua_setfield(L, -2, "hint");
  }
  push_place(L);
  lua_setfield(L, -2, "place");
  push_metatable(L);
  lua_setmetatable(L, -2);
}


int vk_raise (lua_State *L, int status, const char *fmt, ...) {
  char message[MAX_MESSAGE];
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(message, sizeof(message), fmt, ap);
  va_end(ap);
  vk_push_error(L, status, message, NULL);
  return lua_error(L);
}


int vk_raise_hint (lua_State *L, int status, const char *hint, const char *fmt, ...) {
  char message[MAX_MESSAGE];
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(message, sizeof(message), fmt, ap);
  va_end(ap);
  vk_push_error(L, status, message, hint);
  return lua_error(L);
}


int vk_fail (lua_State *L, int status, const char *hint, const char *fmt, ...) {
  char message[MAX_MESSAGE];
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(message, sizeof(message), fmt, ap);
  va_end(ap);
  lua_pushnil(L);
  vk_push_error(L, status, message, hint);
  return 2;
}


/* "place: message\n  hint: …" */
static int l_error_tostring (lua_State *L) {
  luaL_Buffer b;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_getfield(L, 1, "place");
  lua_getfield(L, 1, "message");
  lua_getfield(L, 1, "hint");
  luaL_tolstring(L, 3, NULL);
  luaL_buffinit(L, &b);
  if (lua_isstring(L, 2)) {
    luaL_addstring(&b, lua_tostring(L, 2));
    luaL_addstring(&b, ": ");
  }
  luaL_addstring(&b, lua_tostring(L, 5));
  if (lua_isstring(L, 4)) {
    luaL_addstring(&b, "\n  hint: ");
    luaL_addstring(&b, lua_tostring(L, 4));
  }
  luaL_pushresult(&b);
  return 1;
}


static const char *opt_field (lua_State *L, int index, const char *name) {
  if (lua_isnoneornil(L, index)) return NULL;
  luaL_checktype(L, index, LUA_TTABLE);
  lua_getfield(L, index, name);
  return lua_tostring(L, -1);
}


/* new(code, message [, {hint=, place=}]) -> error value */
static int l_error_new (lua_State *L) {
  const char *code = luaL_checkstring(L, 1);
  const char *message = luaL_checkstring(L, 2);
  const char *hint, *place;
  int status = -1;
  while (strcmp(vk_status_code(status), code) != 0) {
    if (status-- == VK_ERR_INTERNAL)
      return luaL_argerror(L, 1, "unknown error code");
  }
  lua_settop(L, 3);
  hint = opt_field(L, 3, "hint");
  place = opt_field(L, 3, "place");
  vk_push_error(L, status, message, hint);
  lua_pushstring(L, place);  /* NULL pushes nil: a value not raised has no place of its own */
  lua_setfield(L, -2, "place");
  return 1;
}


void vk_warn (void *warnings, const char *message, int to_continue) {
  vk_warnings *w = warnings;
  if (!w->continues && !to_continue && message[0] == '@') {
    if (strcmp(message, "@on") == 0) w->on = 1;
    if (strcmp(message, "@off") == 0) w->on = 0;
    return;
  }
  if (w->on)
    fprintf(stderr, "%s%s%s", w->continues ? "" : "vankien: warning: ", message,
            to_continue ? "" : "\n");
  w->continues = to_continue;
}


int luaopen_vankien_error (lua_State *L) {
  lua_createtable(L, 0, 2);
  if (luaL_newmetatable(L, VK_ERROR_T)) {
    lua_pushcfunction(L, l_error_tostring);
    lua_setfield(L, -2, "__tostring");
  }
  lua_setfield(L, -2, "metatable");
  lua_pushcfunction(L, l_error_new);
  lua_setfield(L, -2, "new");
  return 1;
}
