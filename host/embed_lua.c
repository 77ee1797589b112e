/*
** vankien.host.embed, and the searcher of the embedded Lua library.
** While developing, VANKIEN_LUA=dir takes modules from dir/vankien/… and
** VANKIEN_DB=dir takes db/… from dir/…; the program's own copy is then not used.
*/

#include "embed_lua.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "embed.h"
#include "object_lua.h"
#include "sys.h"

#define MAX_FILE (64u << 20)   /* bytes of a file read from a folder */


/* Push "dir/rest" for a name under a folder that the environment names, else give
   NULL and push nothing.  [-0, +(0|1), m] */
static const char *override (lua_State *L, const char *name) {
  static const char *const roots[][2] = { { "lua/", "VANKIEN_LUA" }, { "db/", "VANKIEN_DB" } };
  size_t i;
  for (i = 0; i < 2; i++) {
    size_t len = strlen(roots[i][0]);
    const char *dir;
    if (strncmp(name, roots[i][0], len) != 0) continue;
    dir = getenv(roots[i][1]);
    if (dir != NULL && dir[0] != '\0') return lua_pushfstring(L, "%s/%s", dir, name + len);
  }
  return NULL;
}


/* Push the bytes of a file on disk; 0 and nothing pushed when it cannot be read. */
static int push_file (lua_State *L, const char *path) {
  vk_buf *b = vk_push_buffer(L);
  if (vk_sys_read_file(path, MAX_FILE, b) != VK_OK) {
    lua_pop(L, 1);
    return 0;
  }
  lua_pushlstring(L, b->data, b->len);
  vk_buf_free(b);
  lua_remove(L, -2);
  return 1;
}


/* read(name) -> bytes | nil */
static int l_embed_read (lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  const char *path = override(L, name);
  const vk_embedded *f;
  if (path != NULL) return push_file(L, path);
  f = vk_embed_find(name);
  if (f == NULL) return 0;
  lua_pushlstring(L, vk_embed_start(f), f->size);
  return 1;
}


/* Names in the folder `path`, each behind `prefix`; no folder, no names.  [-0, +1, m] */
static void push_folder (lua_State *L, const char *path, const char *prefix) {
  vk_sys_names *names = vk_push_names(L);
  size_t i;
  int rc = vk_sys_list(path, names);
  lua_newtable(L);
  for (i = 0; rc == VK_OK && i < names->n; i++) {
    lua_pushfstring(L, "%s%s", prefix, names->name[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}


/* list("db/facts/") -> sorted names */
static int l_embed_list (lua_State *L) {
  const char *prefix = luaL_checkstring(L, 1);
  size_t len = strlen(prefix), i;
  lua_Integer n = 0;
  const char *path = override(L, prefix);
  if (path != NULL) {
    push_folder(L, path, prefix);
    return 1;
  }
  lua_newtable(L);
  for (i = vk_embed_lower(prefix); i < vk_embedded_count; i++) {
    const char *name = vk_embed_name(&vk_embedded_files[i]);
    if (strncmp(name, prefix, len) != 0) break;
    lua_pushstring(L, name);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}


/* Load the chunk of `name` ("vankien/util/err.lua") from the folder or from the
   program.  LUA_OK with the function on top, -1: not here, else an error. */
static int load_module (lua_State *L, const char *name) {
  const char *source = lua_pushfstring(L, "lua/%s", name);
  const char *chunk = lua_pushfstring(L, "@%s", name);
  const char *path = override(L, source);
  const vk_embedded *f;
  if (path != NULL) {
    size_t len;
    const char *text;
    if (!push_file(L, path)) return -1;
    text = lua_tolstring(L, -1, &len);
    return luaL_loadbufferx(L, text, len, chunk, "t");
  }
  f = vk_embed_find(lua_pushfstring(L, "luac/%s", name));
  if (f == NULL) return -1;
  return luaL_loadbufferx(L, vk_embed_start(f), f->size, chunk, "b");
}


/* Searcher: "vankien.util.err" -> loader, name | why not */
static int searcher (lua_State *L) {
  const char *module = luaL_checkstring(L, 1);
  static const char *const forms[] = { "%s.lua", "%s/init.lua" };
  const char *base;
  int i;
  if (strncmp(module, "vankien", 7) != 0 || (module[7] != '.' && module[7] != '\0')) return 0;
  base = luaL_gsub(L, module, ".", "/");
  for (i = 0; i < 2; i++) {
    const char *name = lua_pushfstring(L, forms[i], base);
    int status = load_module(L, name);
    if (status == LUA_OK) {
      lua_pushstring(L, name);
      return 2;
    }
    if (status > 0) return lua_error(L);
  }
  lua_pushfstring(L, "no module '%s' in the program", module);
  return 1;
}


void vk_embed_searcher (lua_State *L) {
  lua_Integer i;
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "searchers");
  for (i = (lua_Integer)lua_rawlen(L, -1); i >= 2; i--) {
    lua_rawgeti(L, -1, i);
    lua_rawseti(L, -2, i + 1);
  }
  lua_pushcfunction(L, searcher);
  lua_rawseti(L, -2, 2);
  lua_pop(L, 2);
}


int luaopen_vankien_embed (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "read", l_embed_read }, { "list", l_embed_list }, { NULL, NULL }
  };
  luaL_newlib(L, functions);
  return 1;
}
