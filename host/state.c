/*
** Making and closing a Lua state.  What a script may see is not decided here:
** the library's own Lua code does that.
*/

#include "state.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "embed_lua.h"
#include "error_lua.h"
#include "interrupt.h"
#include "line_lua.h"
#include "store_lua.h"
#include "sys_lua.h"
#include "vk.h"

int luaopen_lpeg (lua_State *L);
int luaopen_vankien_text (lua_State *L) __attribute__((weak));
int luaopen_vankien_corpus (lua_State *L) __attribute__((weak));
int luaopen_vankien_proxy (lua_State *L) __attribute__((weak));

/* One for each state; every thread of it has the pointer in its extra space. */
typedef struct Host {
  vk_running running;
  vk_interrupt_node interrupt;
} Host;


static Host *host_of (lua_State *L) {
  Host *h;
  memcpy(&h, lua_getextraspace(L), sizeof(h));
  return h;
}


vk_running *vk_state_running (lua_State *L) {
  return &host_of(L)->running;
}


/* Raises at every instruction until the flag is cleared, so that no pcall keeps it. */
static void stop_hook (lua_State *L, lua_Debug *ar) {
  (void)ar;
  if (vk_interrupted()) vk_raise(L, VK_ERR_INTERRUPTED, "interrupted");
  lua_sethook(L, NULL, 0, 0);
}


void vk_state_stop (lua_State *L) {
  lua_sethook(L, stop_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}


/* Called from the signal handler. */
static void stop_state (void *arg) {
  Host *h = arg;
  vk_state_stop(h->running.now);
}


lua_State *vk_state_new (lua_Alloc alloc, void *ud) {
  Host *h = calloc(1, sizeof(*h));
  lua_State *L;
  if (h == NULL) return NULL;
  L = (alloc != NULL) ? lua_newstate(alloc, ud) : luaL_newstate();
  if (L == NULL) {
    free(h);
    return NULL;
  }
  memcpy(lua_getextraspace(L), &h, sizeof(h));
  h->running.now = L;
  h->interrupt.stop = stop_state;
  h->interrupt.arg = h;
  vk_interrupt_add(&h->interrupt);
  return L;
}


void vk_state_close (lua_State *L) {
  Host *h = host_of(L);
  vk_interrupt_remove(&h->interrupt);
  lua_close(L);
  free(h);
}


int vk_state_traceback (lua_State *L) {
  const char *text;
  if (luaL_getmetafield(L, 1, "__tostring") != LUA_TNIL) {
    lua_settop(L, 1);
    return 1;
  }
  text = luaL_tolstring(L, 1, NULL);
  luaL_traceback(L, L, text, 1);
  return 1;
}


static void preload (lua_State *L, const char *name, lua_CFunction open) {
  if (open == NULL) return;
  lua_pushcfunction(L, open);
  lua_setfield(L, -2, name);
}


void vk_state_open (lua_State *L) {
  luaL_openlibs(L);
  luaL_requiref(L, "vankien.host.coroutine", luaopen_vankien_coroutine, 0);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  preload(L, "lpeg", luaopen_lpeg);
  preload(L, "vankien.host.error", luaopen_vankien_error);
  preload(L, "vankien.host.store", luaopen_vankien_store);
  preload(L, "vankien.host.sys", luaopen_vankien_sys);
  preload(L, "vankien.host.line", luaopen_vankien_line);
  preload(L, "vankien.host.embed", luaopen_vankien_embed);
  preload(L, "vankien.host.text", luaopen_vankien_text);
  preload(L, "vankien.host.corpus", luaopen_vankien_corpus);
  preload(L, "vankien.host.proxy", luaopen_vankien_proxy);
  vk_embed_searcher(L);
  lua_settop(L, 0);
}
