/*
** vankien.host.lock: locks between processes.
*/

#include <errno.h>
#include <lauxlib.h>
#include <string.h>

#include "error_lua.h"
#include "lock.h"
#include "object_lua.h"

#define LOCK_T "vankien.lock"
#define WAIT_S 10.0             /* for another process, when not told otherwise */


static int lock_release (lua_State *L) {
  vk_lock_release(luaL_checkudata(L, 1, LOCK_T));
  return 0;
}


/*
** Push a lock that is not held.  [-0, +1, m]
** The metatable is set before anything is acquired.
*/
static vk_lock *new_lock (lua_State *L) {
  vk_lock *lock = lua_newuserdatauv(L, sizeof(*lock), 0);
  lock->fd = -1;
  luaL_setmetatable(L, LOCK_T);
  return lock;
}


/* take(path, seconds = 10) -> lock, to be closed | nil, error */
static int l_lock_take (lua_State *L) {
  size_t len;
  const char *path = luaL_checklstring(L, 1, &len);
  double seconds = luaL_optnumber(L, 2, WAIT_S);
  vk_lock *lock;
  int rc;
  if (strlen(path) != len) return vk_raise(L, VK_ERR_BAD_INPUT, "a path has no zero byte");
  lock = new_lock(L);
  rc = vk_lock_take(lock, path, seconds);
  if (rc == VK_ERR_BUSY) return vk_fail(L, rc, NULL, "another process holds %s", path);
  if (rc == VK_ERR_INTERRUPTED) return vk_raise(L, rc, "interrupted");
  if (rc == VK_ERR_BAD_INPUT) return vk_fail(L, rc, NULL, "%s is not a regular file", path);
  if (rc < 0) return vk_fail(L, rc, NULL, "%s: %s", path, strerror(errno));
  return 1;
}


/* [-0, +1, m] */
int luaopen_vankien_lock (lua_State *L);
int luaopen_vankien_lock (lua_State *L) {
  static const luaL_Reg methods[] = { { "close", lock_release }, { NULL, NULL } };
  static const luaL_Reg functions[] = { { "take", l_lock_take }, { NULL, NULL } };
  vk_new_type(L, LOCK_T, methods, lock_release);
  luaL_newlib(L, functions);
  return 1;
}
