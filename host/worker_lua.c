/*
** Inside a recipe's process: a state under the memory cap, the module that prepares and runs the
** job, the jail between the two, and one message with what came of it.
*/

#include "worker_lua.h"

#include <errno.h>
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "error_lua.h"
#include "jail.h"
#include "message_lua.h"
#include "state.h"
#include "sys.h"

#define REGISTERED "vankien.worker"
#define JOB 1                   /* where the job and its module stand on the stack */
#define MODULE 2

typedef struct Worker {
  vk_worker_terms terms;
  vk_worker_memory memory;
  vk_buf job;
  int64_t printed;
  double deadline;              /* on our clock */
  int locked;                   /* the jail is shut */
} Worker;


/* [-0, +0, -] */
static Worker *worker_of (lua_State *L) {
  Worker *w;
  lua_getfield(L, LUA_REGISTRYINDEX, REGISTERED);
  w = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return w;
}


double vk_worker_seconds (lua_State *L) {
  const Worker *w = worker_of(L);
  double left;
  if (w == NULL) return 0;
  left = w->deadline - vk_sys_clock();
  return (left > 0.001) ? left : 0.001;
}


/* write(text, …): what a recipe prints; ends the process beyond what it may print */
static int l_worker_write (lua_State *L) {
  Worker *w = worker_of(L);
  int i, n = lua_gettop(L);
  for (i = 1; i <= n; i++) {
    size_t len;
    const char *text = luaL_checklstring(L, i, &len);
    if ((int64_t)len > w->terms.printed_bytes - w->printed) vk_worker_end(VK_WORKER_OUTPUT);
    w->printed += (int64_t)len;
    vk_worker_write(STDERR_FILENO, text, len);
  }
  return 0;
}


int luaopen_vankien_worker_inside (lua_State *L) {
  static const luaL_Reg functions[] = { { "write", l_worker_write }, { NULL, NULL } };
  luaL_newlib(L, functions);
  return 1;
}


/* What has no place in here, or another form.  [-0, +0, m] */
static void replace_modules (lua_State *L) {
  static const char *const gone[] = { "vankien.host.process", "vankien.host.line" };
  size_t i;
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  for (i = 0; i < sizeof(gone) / sizeof(gone[0]); i++) {
    lua_pushnil(L);
    lua_setfield(L, -2, gone[i]);
  }
  lua_pushcfunction(L, luaopen_vankien_worker_inside);
  lua_setfield(L, -2, "vankien.host.worker");
  lua_pop(L, 1);
}


/* The module of a job must be one of ours that is made for this.  [-0, +1, e] */
static void require_module (lua_State *L) {
  static const char *const known[] = { "vankien.recipe.worker", "vankien.store.foreign", NULL };
  const char *name = "";
  int i;
  if (lua_getfield(L, JOB, "module") == LUA_TSTRING) name = lua_tostring(L, -1);
  for (i = 0; known[i] != NULL && strcmp(known[i], name) != 0; i++) { /* next */ }
  if (known[i] == NULL) vk_raise(L, VK_ERR_USAGE, "a job's module cannot be \"%s\"", name);
  lua_getglobal(L, "require");
  lua_insert(L, -2);
  lua_call(L, 1, 1);
}


/* Call a function of the module with the job.  [-0, +results, e] */
static void call_module (lua_State *L, const char *name, int results) {
  lua_getfield(L, MODULE, name);
  lua_pushvalue(L, JOB);
  lua_call(L, 1, results);
}


/* Protected: all that is done while files can still be opened.  Leaves job and module behind. */
static int prepare (lua_State *L) {
  Worker *w = lua_touserdata(L, 1);
  vk_message_limits limits = { VK_WORKER_JOB_BYTES, VK_WORKER_JOB_NODES, VK_MESSAGE_DEPTH };
  vk_state_open(L);
  lua_pushlightuserdata(L, w);
  lua_setfield(L, LUA_REGISTRYINDEX, REGISTERED);
  replace_modules(L);
  if (vk_message_push(L, w->job.data, w->job.len, &limits) != VK_OK || !lua_istable(L, JOB))
    return vk_raise(L, VK_ERR_INTERNAL, "the job cannot be read");
  vk_buf_free(&w->job);
  lua_pushstring(L, w->terms.store);  /* the only path there is from here */
  lua_setfield(L, JOB, "store");
  require_module(L);
  call_module(L, "prepare", 0);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "vankien.recipe.seal");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "state");
  lua_call(L, 0, 0);
  lua_settop(L, MODULE);
  return 2;
}


/* Protected: job and module -> what the recipe gives. */
static int run (lua_State *L) {
  call_module(L, "run", 1);
  return 1;
}


static void set_text (lua_State *L, int table, const char *name, const char *text) {
  if (text == NULL) return;
  lua_pushstring(L, text);
  lua_setfield(L, table, name);
}


/* Copy a field that is a text; no metamethod is asked.  [-0, +0, m] */
static const char *copy_text (lua_State *L, int from, int to, const char *name) {
  const char *text = NULL;
  lua_pushstring(L, name);
  if (lua_rawget(L, from) == LUA_TSTRING) text = lua_tostring(L, -1);
  set_text(L, to, name, text);
  lua_pop(L, 1);
  return text;
}


/* How an error with that code ends a recipe. */
static const char *ended_by (const char *code) {
  static const char *const ends[][2] = {
    { "refused", "permission" }, { "nomem", "memory" }, { "memory", "memory" },
    { "output", "output" }, { "time", "time" }, { "interrupted", "time" }
  };
  size_t i;
  for (i = 0; code != NULL && i < sizeof(ends) / sizeof(ends[0]); i++) {
    if (strcmp(ends[i][0], code) == 0) return ends[i][1];
  }
  return "error";
}


/* An error value of ours: its fields.  [-0, +0, m] */
static int describe_ours (lua_State *L, int error, int outcome) {
  int ours = 0;
  if (lua_istable(L, error) && lua_getmetatable(L, error)) {
    luaL_getmetatable(L, VK_ERROR_T);
    ours = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
  }
  if (!ours) return 0;
  copy_text(L, error, outcome, "message");
  copy_text(L, error, outcome, "hint");
  copy_text(L, error, outcome, "place");
  set_text(L, outcome, "ended", ended_by(copy_text(L, error, outcome, "code")));
  return 1;
}


/* The value at the top is an error: replace it by the outcome.  [-1, +1, m] */
static void describe_error (lua_State *L) {
  int error = lua_gettop(L), outcome = error + 1;
  lua_createtable(L, 0, 8);
  if (!describe_ours(L, error, outcome)) {
    int type = lua_type(L, error);
    set_text(L, outcome, "ended", "error");
    if (type == LUA_TSTRING || type == LUA_TNUMBER) {
      lua_pushvalue(L, error);
      lua_tostring(L, -1);
    }
    else lua_pushfstring(L, "an error value that is a %s", luaL_typename(L, error));
    lua_setfield(L, outcome, "message");
  }
  lua_replace(L, error);
}


/* Append the outcome at the top as a message.  [-0, +0, m] */
static int encode (lua_State *L, const Worker *w, vk_buf *out) {
  vk_message_limits limits = { (size_t)w->terms.output_bytes + VK_WORKER_BESIDES,
                               VK_WORKER_NODES(w->terms.output_bytes), VK_MESSAGE_DEPTH };
  int rc;
  lua_pushinteger(L, (lua_Integer)w->memory.peak);
  lua_setfield(L, -2, "peak_bytes");
  rc = vk_message_from(L, -1, out, &limits);
  if (rc == VK_OK) return rc;
  lua_createtable(L, 0, 3);
  set_text(L, lua_gettop(L), "ended", rc == VK_ERR_FULL ? "output" : "error");
  lua_pushfstring(L, "the result: %s", lua_tostring(L, -2) + (lua_tostring(L, -2)[0] == '.'));
  lua_setfield(L, -2, "message");
  out->len = 0;
  rc = vk_message_from(L, -1, out, &limits);
  return rc;
}


/* Protected: outcome -> nothing; the message is written. */
static int deliver (lua_State *L) {
  Worker *w = worker_of(L);
  vk_buf out = { 0 };
  if (encode(L, w, &out) != VK_OK) vk_worker_end(VK_WORKER_MEMORY);
  vk_worker_write(STDOUT_FILENO, out.data, out.len);
  vk_worker_end(VK_WORKER_DONE);
}


/* From here on no file is opened.  The end of the process where that cannot be had. */
static void lock (Worker *w) {
  int rc = w->locked ? VK_OK : vk_jail_compute();
  if (rc == VK_OK) w->locked = 1;
  else vk_worker_end(rc == VK_ERR_REFUSED ? VK_WORKER_REFUSED : VK_WORKER_BROKEN);
}


/* Prepare, lock, run, deliver.  Comes back with a text on the stack when that failed. */
static void work (lua_State *L, Worker *w) {
  int status;
  lua_pushcfunction(L, prepare);
  lua_pushlightuserdata(L, w);
  status = lua_pcall(L, 1, 2, 0);
  lock(w);
  if (status == LUA_OK) {
    lua_pushcfunction(L, run);
    lua_insert(L, 1);
    status = lua_pcall(L, 2, 1, 0);
  }
  if (status == LUA_OK) {
    lua_createtable(L, 0, 4);
    lua_insert(L, -2);
    lua_setfield(L, -2, "value");
    set_text(L, lua_gettop(L), "ended", "finished");
  }
  else describe_error(L);
  lua_pushcfunction(L, deliver);
  lua_insert(L, -2);
  lua_pcall(L, 1, 0, 0);
}


int vk_worker_main (int argc, char **argv) {
  Worker w;
  lua_State *L;
  int rc;
  memset(&w, 0, sizeof(w));
  rc = vk_worker_read_terms(argc, argv, &w.terms);
  if (rc == VK_OK) rc = vk_worker_enter(&w.terms, &w.job);
  if (rc == VK_ERR_REFUSED) return VK_WORKER_REFUSED;
  if (rc != VK_OK) {
    perror("vankien: a recipe's process cannot begin");
    return VK_WORKER_BROKEN;
  }
  w.deadline = vk_sys_clock() + w.terms.seconds;
  w.memory.cap = (size_t)w.terms.memory_bytes;
  L = vk_state_new(vk_worker_alloc, &w.memory);
  if (L == NULL) return VK_WORKER_MEMORY;
  work(L, &w);
  return VK_WORKER_BROKEN;
}
