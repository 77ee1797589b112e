/*
** vankien.host.sys: terminals, folders, whole files, the clock, Ctrl-C.
*/

#include "sys_lua.h"

#include <errno.h>
#include <lauxlib.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "error_lua.h"
#include "interrupt.h"
#include "object_lua.h"
#include "pager.h"
#include "store.h"
#include "sys.h"

#define MAX_DEFAULT (256u << 20)   /* bytes read_file takes when not told otherwise */


/* A path without a zero byte. */
static const char *check_path (lua_State *L, int index) {
  size_t len;
  const char *path = luaL_checklstring(L, index, &len);
  if (strlen(path) != len) vk_raise(L, VK_ERR_BAD_INPUT, "a path has no zero byte");
  return path;
}


/* nil and an error that names the path */
static int fail (lua_State *L, int status, const char *path, int error) {
  if (status == VK_ERR_NOT_FOUND)
    return vk_fail(L, status, NULL, "there is no file or folder %s", path);
  return vk_fail(L, status, NULL, "%s: %s", path, strerror(error));
}


/* isatty(fd) -> boolean */
static int l_sys_isatty (lua_State *L) {
  lua_pushboolean(L, isatty((int)luaL_checkinteger(L, 1)));
  return 1;
}


/* winsize(fd = 1) -> columns, rows | nil where there is no terminal */
static int l_sys_winsize (lua_State *L) {
  int columns, rows;
  if (vk_sys_winsize((int)luaL_optinteger(L, 1, STDOUT_FILENO), &columns, &rows) < 0) return 0;
  lua_pushinteger(L, columns);
  lua_pushinteger(L, rows);
  return 2;
}


/* mkdir_private(path) -> true | nil, error */
static int l_sys_mkdir_private (lua_State *L) {
  const char *path = check_path(L, 1);
  int rc = vk_sys_mkdir_private(path);
  if (rc < 0) return fail(L, rc, path, errno);
  lua_pushboolean(L, 1);
  return 1;
}


/* realpath(path) -> absolute path without links | nil, error */
static int l_sys_realpath (lua_State *L) {
  const char *path = check_path(L, 1);
  char real[PATH_MAX];
  if (realpath(path, real) == NULL)
    return fail(L, errno == ENOENT ? VK_ERR_NOT_FOUND : VK_ERR_IO, path, errno);
  lua_pushstring(L, real);
  return 1;
}


static void set_int (lua_State *L, const char *name, lua_Integer v) {
  lua_pushinteger(L, v);
  lua_setfield(L, -2, name);
}


/* stat(path) -> {kind=, size=, mode=, modified=, is_link=, id=} | nil, error */
static int l_sys_stat (lua_State *L) {
  const char *path = check_path(L, 1);
  vk_sys_stat st;
  int rc = vk_sys_stat_path(path, &st);
  if (rc < 0) return fail(L, rc, path, errno);
  lua_createtable(L, 0, 6);
  lua_pushstring(L, st.kind);
  lua_setfield(L, -2, "kind");
  lua_pushboolean(L, st.is_link);
  lua_setfield(L, -2, "is_link");
  set_int(L, "size", st.size);
  set_int(L, "mode", st.mode);
  set_int(L, "modified", st.modified_s);
  lua_pushfstring(L, "%I:%I", (LUAI_UACINT)st.device, (LUAI_UACINT)st.inode);
  lua_setfield(L, -2, "id");
  return 1;
}


/* listdir(path) -> sorted names | nil, error */
static int l_sys_listdir (lua_State *L) {
  const char *path = check_path(L, 1);
  vk_sys_names *names = vk_push_names(L);
  size_t i;
  int rc = vk_sys_list(path, names);
  if (rc < 0) return fail(L, rc, path, errno);
  lua_createtable(L, (int)names->n, 0);
  for (i = 0; i < names->n; i++) {
    lua_pushstring(L, names->name[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  vk_sys_names_free(names);
  return 1;
}


/* read_file(path, max_bytes) -> bytes | nil, error; regular files only */
static int l_sys_read_file (lua_State *L) {
  const char *path = check_path(L, 1);
  lua_Integer max = luaL_optinteger(L, 2, MAX_DEFAULT);
  vk_buf *b;
  int rc;
  luaL_argcheck(L, max >= 0, 2, "must not be negative");
  b = vk_push_buffer(L);
  rc = vk_sys_read_file(path, (size_t)max, b);
  if (rc == VK_ERR_BAD_INPUT && errno == EFBIG)
    return vk_fail(L, rc, NULL, "%s is longer than %lld bytes", path, (long long)max);
  if (rc == VK_ERR_BAD_INPUT) return vk_fail(L, rc, NULL, "%s is not a regular file", path);
  if (rc < 0) return fail(L, rc, path, rc == VK_ERR_NOMEM ? ENOMEM : errno);
  lua_pushlstring(L, b->data, b->len);
  vk_buf_free(b);
  return 1;
}


/* write_file_atomic(path, bytes, mode = 0644) -> true | nil, error */
static int l_sys_write_file_atomic (lua_State *L) {
  const char *path = check_path(L, 1);
  size_t len;
  const char *bytes = luaL_checklstring(L, 2, &len);
  unsigned mode = (unsigned)luaL_optinteger(L, 3, 0644);
  int rc = vk_sys_write_file(path, bytes, len, mode);
  if (rc < 0) return fail(L, rc, path, errno);
  lua_pushboolean(L, 1);
  return 1;
}


/* sha256(bytes) -> 64 hexadecimal digits */
static int l_sys_sha256 (lua_State *L) {
  size_t len;
  const char *p = luaL_checklstring(L, 1, &len);
  char hex[65];
  vk_store_sha256(p, len, hex);
  lua_pushstring(L, hex);
  return 1;
}


/* clock() -> seconds of a clock that only runs forward */
static int l_sys_clock (lua_State *L) {
  lua_pushnumber(L, vk_sys_clock());
  return 1;
}


/* interrupted() -> was there a Ctrl-C; forgets it */
static int l_sys_interrupted (lua_State *L) {
  lua_pushboolean(L, vk_interrupted());
  vk_interrupt_clear();
  return 1;
}


/* set_interrupt_mode("script" | "repl") */
static int l_sys_set_interrupt_mode (lua_State *L) {
  static const char *const modes[] = { "script", "repl", NULL };
  int mode = luaL_checkoption(L, 1, NULL, modes);
  vk_interrupt_set_mode(mode == 0 ? VK_INTERRUPT_SCRIPT : VK_INTERRUPT_REPL);
  return 0;
}


/* pid() -> number of this process */
static int l_sys_pid (lua_State *L) {
  lua_pushinteger(L, getpid());
  return 1;
}


/* page(command, text) -> true | false after Ctrl-C, which is forgotten | nil, error */
static int l_sys_page (lua_State *L) {
  const char *command = luaL_checkstring(L, 1);
  size_t len;
  const char *text = luaL_checklstring(L, 2, &len);
  int rc = vk_pager_show(command, text, len);
  if (rc == VK_ERR_NOT_FOUND) return vk_fail(L, rc, NULL, "cannot run the pager %s", command);
  if (rc == VK_ERR_IO) return fail(L, rc, command, errno);
  vk_interrupt_clear();
  lua_pushboolean(L, rc == VK_OK);
  return 1;
}


int luaopen_vankien_sys (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "isatty", l_sys_isatty }, { "winsize", l_sys_winsize },
    { "mkdir_private", l_sys_mkdir_private }, { "realpath", l_sys_realpath },
    { "stat", l_sys_stat }, { "listdir", l_sys_listdir }, { "read_file", l_sys_read_file },
    { "write_file_atomic", l_sys_write_file_atomic }, { "clock", l_sys_clock },
    { "interrupted", l_sys_interrupted }, { "set_interrupt_mode", l_sys_set_interrupt_mode },
    { "pid", l_sys_pid }, { "sha256", l_sys_sha256 }, { "page", l_sys_page }, { NULL, NULL }
  };
  luaL_newlib(L, functions);
  lua_pushliteral(L, VK_VERSION);
  lua_setfield(L, -2, "version");
  lua_pushliteral(L, LUA_VERSION_MAJOR "." LUA_VERSION_MINOR "." LUA_VERSION_RELEASE);
  lua_setfield(L, -2, "lua_version");
  return 1;
}
