/*
** Making and closing a Lua state.  What a script may see is not decided here:
** the library's own Lua code does that.
*/

#include "state.h"

#include <lauxlib.h>
#include <lualib.h>
#include <signal.h>
#include <string.h>

#include "arena.h"
#include "embed_lua.h"
#include "error_lua.h"
#include "interrupt.h"
#include "line_lua.h"
#include "message_lua.h"
#include "process_lua.h"
#include "worker_lua.h"
#include "store_lua.h"
#include "sys_lua.h"
#include "vk.h"

int vk_open_lpeg (lua_State *L);
int luaopen_vankien_charset (lua_State *L);
int luaopen_vankien_text (lua_State *L);
int luaopen_vankien_corpus (lua_State *L);
int luaopen_vankien_gamma (lua_State *L);
int luaopen_vankien_lock (lua_State *L);
int luaopen_vankien_literal (lua_State *L);
int luaopen_vankien_proxy (lua_State *L);
int luaopen_vankien_rows (lua_State *L);
int luaopen_vankien_luapattern (lua_State *L);

#define BALLAST ((size_t)3 << 19)   /* 1.5 MB */
#define GRACE 10000   /* instructions for __close handlers after the first raise */

/* One for each state; every thread of it has the pointer in its extra space. */
typedef struct Host {
  vk_running running;
  vk_interrupt_node interrupt;
  volatile sig_atomic_t raised;   /* how often since the last signal */
  vk_warnings warnings;
  void (*leave) (int exit_code);  /* called once all is finished; NULL: nothing */
  int exit_code;
} Host;


static Host *host_of (lua_State *L) {
  Host *h;
  memcpy(&h, lua_getextraspace(L), sizeof(h));
  return h;
}


vk_running *vk_state_running (lua_State *L) {
  return &host_of(L)->running;
}


/*
** Raises; then leaves some time to unwind; then raises at every instruction, so
** that no loop of pcalls can keep it.  Goes away when somebody cleared the flag.
*/
static void stop_hook (lua_State *L, lua_Debug *ar) {
  Host *h = host_of(L);
  (void)ar;
  if (!vk_interrupted()) {
    lua_sethook(L, NULL, 0, 0);
    return;
  }
  h->raised++;
  vk_state_stop(L);
  vk_raise(L, VK_ERR_INTERRUPTED, "interrupted");
}


void vk_state_stop (lua_State *L) {
  lua_sethook(L, stop_hook, LUA_MASKCOUNT, host_of(L)->raised == 1 ? GRACE : 1);
}


/* Called from the signal handler. */
static void stop_state (void *arg) {
  Host *h = arg;
  h->raised = 0;
  vk_state_stop(h->running.now);
}


lua_State *vk_state_new (lua_Alloc alloc, void *ud) {
  lua_State *L;
  if (alloc == NULL) {
    alloc = vk_arena_alloc;
    ud = vk_arena_new();
    if (ud == NULL) return NULL;
  }
  L = lua_newstate(alloc, ud);
  if (L != NULL) memset(lua_getextraspace(L), 0, LUA_EXTRASPACE);   /* no host yet */
  return L;
}


void vk_state_close (lua_State *L) {
  lua_close(L);
}


/* Under the address sanitizer all memory is given back, so that what is not is found. */
void vk_state_end (lua_State *L, int exit_code, void (*leave) (int exit_code)) {
#if !defined(__SANITIZE_ADDRESS__)
  Host *h = host_of(L);
  if (h != NULL) {
    h->leave = leave;
    h->exit_code = exit_code;
  }
#endif
  lua_close(L);
  leave(exit_code);
}


/* Made first, so finished last: what was to be closed is closed. */
static int host_gc (lua_State *L) {
  Host *h = lua_touserdata(L, 1);
  vk_interrupt_remove(&h->interrupt);
  if (h->leave != NULL) h->leave(h->exit_code);
  return 0;
}


/* Threads made from here on inherit the pointer.  [-0, +0, m] */
static void new_host (lua_State *L) {
  Host *h = lua_newuserdatauv(L, sizeof(*h), 0);
  memset(h, 0, sizeof(*h));
  memcpy(lua_getextraspace(L), &h, sizeof(h));
  h->running.now = L;
  lua_setwarnf(L, vk_warn, &h->warnings);
  h->interrupt.stop = stop_state;
  h->interrupt.arg = h;
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, host_gc);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, -2);
  lua_setfield(L, LUA_REGISTRYINDEX, "vankien.host");
  vk_interrupt_add(&h->interrupt);
}


/*
** A block that nobody touches, so that it takes addresses and no memory.  The collector
** counts it as alive and lets about as much garbage come together before it begins: a
** short script ends before that, and a loop over rows does not mark the whole library
** again for every thousand of them.  [-0, +0, m]
*/
static void new_ballast (lua_State *L) {
  lua_newuserdatauv(L, BALLAST, 0);
  lua_setfield(L, LUA_REGISTRYINDEX, "vankien.ballast");
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
  lua_pushcfunction(L, open);
  lua_setfield(L, -2, name);
}


void vk_state_open (lua_State *L) {
  new_ballast(L);
  new_host(L);
  luaL_openlibs(L);
  luaL_requiref(L, "vankien.host.coroutine", luaopen_vankien_coroutine, 0);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  preload(L, "lpeg", vk_open_lpeg);
  preload(L, "vankien.host.charset", luaopen_vankien_charset);
  preload(L, "vankien.host.error", luaopen_vankien_error);
  preload(L, "vankien.host.store", luaopen_vankien_store);
  preload(L, "vankien.host.sys", luaopen_vankien_sys);
  preload(L, "vankien.host.process", luaopen_vankien_process);
  preload(L, "vankien.host.worker", luaopen_vankien_worker);
  preload(L, "vankien.host.message", luaopen_vankien_message);
  preload(L, "vankien.host.line", luaopen_vankien_line);
  preload(L, "vankien.host.embed", luaopen_vankien_embed);
  preload(L, "vankien.host.text", luaopen_vankien_text);
  preload(L, "vankien.host.corpus", luaopen_vankien_corpus);
  preload(L, "vankien.host.literal", luaopen_vankien_literal);
  preload(L, "vankien.host.proxy", luaopen_vankien_proxy);
  preload(L, "vankien.host.rows", luaopen_vankien_rows);
  preload(L, "vankien.host.lock", luaopen_vankien_lock);
  preload(L, "vankien.host.gamma", luaopen_vankien_gamma);
  preload(L, "vankien.host.luapattern", luaopen_vankien_luapattern);
  vk_embed_searcher(L);
  lua_settop(L, 0);
}
