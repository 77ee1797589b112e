/*
** vankien.host.worker in our own process: starting a recipe's process, and telling how it ended.
** What comes back is data of a stranger: only fields of the kind expected are taken over.
*/

#include <errno.h>
#include <lauxlib.h>
#include <limits.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "error_lua.h"
#include "interrupt.h"
#include "jail.h"
#include "message_lua.h"
#include "object_lua.h"
#include "process.h"
#include "worker_lua.h"

#define OWN_PROGRAM "/proc/self/exe"
#define MAX_PRINTED (1 << 20)
#define JOB 1                   /* arguments of run */
#define LIMITS 2

typedef struct Words {
  char memory[32], output[32], printed[32], time[32], landlock[32], parent[32];
  char store[PATH_MAX + 4];
  char *argv[10];
} Words;


/* support() -> {seccomp = boolean, landlock = version or 0} */
static int l_worker_support (lua_State *L) {
  lua_createtable(L, 0, 2);
  lua_pushboolean(L, vk_jail_seccomp());
  lua_setfield(L, -2, "seccomp");
  lua_pushinteger(L, vk_jail_landlock());
  lua_setfield(L, -2, "landlock");
  return 1;
}


static void check_names (lua_State *L) {
  static const char *const names[] = {
    "seconds", "memory_bytes", "output_bytes", "store", "require_jail", NULL
  };
  lua_pushnil(L);
  while (lua_next(L, LIMITS)) {
    int i = 0;
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING) vk_raise(L, VK_ERR_USAGE, "limits of a worker have names");
    while (names[i] != NULL && strcmp(names[i], lua_tostring(L, -1)) != 0) i++;
    if (names[i] == NULL)
      vk_raise(L, VK_ERR_UNKNOWN_NAME, "a worker has no limit \"%s\"", lua_tostring(L, -1));
  }
}


static lua_Number get_number (lua_State *L, const char *name, lua_Number low, lua_Number high) {
  lua_Number n;
  int ok;
  lua_getfield(L, LIMITS, name);
  n = lua_tonumberx(L, -1, &ok);
  if (!ok || !(n >= low && n <= high))
    vk_raise(L, VK_ERR_USAGE, "the limit %s of a worker is a number from %g to %.0f", name, low,
             high);
  lua_pop(L, 1);
  return n;
}


/* true: Landlock of any version; an integer: that version or a later one.  [-0, +0, e] */
static int get_landlock (lua_State *L) {
  int version = 0;
  lua_getfield(L, LIMITS, "require_jail");
  if (lua_isinteger(L, -1)) version = (int)lua_tointeger(L, -1);
  else version = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return version;
}


/* Fill in the path of the store, without links: SQLite looks for what is beside the real file.
   0: there is none.  [-0, +0, e] */
static int get_store (lua_State *L, char word[PATH_MAX + 4]) {
  const char *path;
  if (lua_getfield(L, LIMITS, "store") == LUA_TNIL) {
    lua_pop(L, 1);
    return 0;
  }
  path = lua_tostring(L, -1);
  if (path == NULL) vk_raise(L, VK_ERR_USAGE, "the limit store of a worker is a path");
  memcpy(word, "s=", 3);
  if (realpath(path, word + 2) == NULL)
    vk_raise(L, VK_ERR_NOT_FOUND, "there is no store %s", path);
  lua_pop(L, 1);
  return 1;
}


/* The command line, from the limits.  [-0, +0, e] */
static void read_limits (lua_State *L, Words *w, vk_worker_terms *t) {
  static char program[] = "vankien", word[] = VK_WORKER_WORD;
  int n = 0;
  check_names(L);
  t->seconds = get_number(L, "seconds", 0.001, 86400);
  t->memory_bytes = (int64_t)get_number(L, "memory_bytes", 1 << 20, 1e12);
  t->output_bytes = (int64_t)get_number(L, "output_bytes", 1, 1e9);
  t->printed_bytes = t->output_bytes < MAX_PRINTED ? t->output_bytes : MAX_PRINTED;
  t->landlock = get_landlock(L);
  snprintf(w->memory, sizeof(w->memory), "m=%lld", (long long)t->memory_bytes);
  snprintf(w->output, sizeof(w->output), "o=%lld", (long long)t->output_bytes);
  snprintf(w->printed, sizeof(w->printed), "p=%lld", (long long)t->printed_bytes);
  snprintf(w->time, sizeof(w->time), "t=%lld", (long long)ceil(t->seconds * 1000));
  snprintf(w->landlock, sizeof(w->landlock), "l=%d", t->landlock);
  snprintf(w->parent, sizeof(w->parent), "d=%d", (int)getpid());
  w->argv[n++] = program;
  w->argv[n++] = word;
  w->argv[n++] = w->memory;
  w->argv[n++] = w->output;
  w->argv[n++] = w->printed;
  w->argv[n++] = w->time;
  w->argv[n++] = w->landlock;
  w->argv[n++] = w->parent;
  if (get_store(L, w->store)) w->argv[n++] = w->store;
  w->argv[n] = NULL;
}


static void set_text (lua_State *L, const char *name, const char *text) {
  lua_pushstring(L, text);
  lua_setfield(L, -2, name);
}


/* An outcome with a reason that we give ourselves.  [-0, +0, m] */
static void set_end (lua_State *L, const char *ended, const char *message) {
  set_text(L, "ended", ended);
  set_text(L, "message", message);
}


/* One of the ends that a recipe's process may name. */
static int is_end (const char *ended) {
  static const char *const ends[] = {
    "finished", "error", "time", "memory", "output", "permission"
  };
  size_t i;
  for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
    if (ended != NULL && strcmp(ends[i], ended) == 0) return 1;
  }
  return 0;
}


/* The process ended as it should: take its answer over.  0: it cannot be read.  [-0, +0, m] */
static int read_answer (lua_State *L, const vk_buf *out, const vk_worker_terms *t) {
  static const char *const texts[] = { "ended", "message", "code", "hint", "place" };
  vk_message_limits limits = { (size_t)t->output_bytes + VK_WORKER_BESIDES,
                               VK_WORKER_NODES(t->output_bytes), VK_MESSAGE_DEPTH };
  int outcome = lua_gettop(L), answer = outcome + 1, is_right;
  size_t i;
  is_right = vk_message_push(L, out->data, out->len, &limits) == VK_OK && lua_istable(L, answer);
  for (i = 0; is_right && i < sizeof(texts) / sizeof(texts[0]); i++) {
    if (lua_getfield(L, answer, texts[i]) == LUA_TSTRING) lua_setfield(L, outcome, texts[i]);
    else lua_pop(L, 1);
  }
  lua_getfield(L, outcome, "ended");
  is_right = is_right && is_end(lua_tostring(L, -1));
  if (is_right && lua_getfield(L, answer, "value") != LUA_TNIL)
    lua_setfield(L, outcome, "value");
  if (is_right && lua_getfield(L, answer, "peak_bytes") == LUA_TNUMBER)
    lua_setfield(L, outcome, "peak_bytes");
  lua_settop(L, outcome);
  return is_right;
}


static void read_exit (lua_State *L, const vk_process_end *end, const vk_worker_terms *t) {
  switch (end->exit) {
    case VK_WORKER_DONE:
      if (!read_answer(L, end->out, t))
        set_end(L, "crashed", "its process sent no result that can be read");
      break;
    case VK_WORKER_MEMORY: set_end(L, "memory", "it used more memory than it may"); break;
    case VK_WORKER_OUTPUT: set_end(L, "output", "it printed more than it may"); break;
    case VK_WORKER_REFUSED:
      set_end(L, "refused", "this system cannot jail a recipe");
      break;
    case VK_WORKER_BROKEN: set_end(L, "crashed", "its process could not begin"); break;
    default: {
      char message[64];
      snprintf(message, sizeof(message), "its process ended with code %d", end->exit);
      set_end(L, "crashed", message);
    }
  }
}


static void read_signal (lua_State *L, int number) {
  lua_pushinteger(L, number);
  lua_setfield(L, -2, "signal");
  if (number == SIGXCPU) set_end(L, "time", "it used up its time");
  else if (number == SIGSYS)
    set_end(L, "permission", "its process asked the system for what no recipe may have");
  else {
    char message[128];
    snprintf(message, sizeof(message), "its process died of signal %d (%s)", number,
             strsignal(number));
    set_end(L, "crashed", message);
  }
}


/* Push the outcome.  [-0, +1, m] */
static void push_outcome (lua_State *L, const vk_process_end *end, const vk_worker_terms *t) {
  lua_createtable(L, 0, 10);
  switch (end->ended) {
    case VK_ENDED_EXITED: read_exit(L, end, t); break;
    case VK_ENDED_SIGNAL: read_signal(L, end->signal); break;
    case VK_ENDED_TIME: set_end(L, "time", "it used up its time"); break;
    case VK_ENDED_OUTPUT: set_end(L, "output", "it gave more than it may"); break;
  }
  lua_pushnumber(L, end->seconds);
  lua_setfield(L, -2, "seconds");
  lua_pushlstring(L, end->err->len > 0 ? end->err->data : "", end->err->len);
  lua_setfield(L, -2, "printed");
  if (vk_jail_landlock() == 0)
    set_text(L, "warning", "this system has no Landlock: the store's folder is not closed to it");
}


/* An outcome for a run that does not happen, or NULL: it may. */
static const char *why_refused (const vk_worker_terms *t) {
  if (!vk_jail_seccomp()) return "this system has no seccomp filters, so no recipe can be jailed";
  if (t->landlock == 0 || vk_jail_landlock() >= t->landlock) return NULL;
  return vk_jail_landlock() == 0 ? "this system has no Landlock, and a whole jail is asked for"
                                 : "this system's Landlock is older than what is asked for";
}


/* Start the process, wait for its end, and push the outcome, or nil and an error. */
static int start (lua_State *L, Words *words, const vk_worker_terms *t) {
  static char zone[] = "TZ=UTC0", locale[] = "LC_ALL=C";
  static char *const environment[] = { zone, locale, NULL };
  vk_message_limits limits = { VK_WORKER_JOB_BYTES, VK_WORKER_JOB_NODES, VK_MESSAGE_DEPTH };
  vk_process_end end = { VK_ENDED_EXITED, 0, 0, 0, NULL, NULL };
  vk_process_job process = { OWN_PROGRAM, words->argv, environment, "/", NULL, 0, t->seconds,
                             (size_t)t->output_bytes + VK_WORKER_BESIDES,
                             (size_t)t->printed_bytes + VK_WORKER_BESIDES };
  vk_buf *job = vk_push_buffer(L);
  int rc = vk_message_from(L, JOB, job, &limits);
  if (rc != VK_OK) return vk_fail(L, rc, NULL, "the job: value%s", lua_tostring(L, -1));
  process.input = job->data;
  process.input_len = job->len;
  end.out = vk_push_buffer(L);
  end.err = vk_push_buffer(L);
  rc = vk_process_run(&process, &end);
  if (rc == VK_ERR_INTERRUPTED) return vk_raise(L, rc, "interrupted");
  if (rc != VK_OK)
    return vk_fail(L, rc, NULL, "cannot start a process for the recipe: %s", strerror(errno));
  vk_buf_free(job);
  push_outcome(L, &end, t);
  vk_buf_free(end.out);
  vk_buf_free(end.err);
  return 1;
}


/*
** run(job, {seconds=, memory_bytes=, output_bytes=, store=, require_jail=}) -> {ended=, value=,
**   message=, code=, hint=, place=, signal=, seconds=, peak_bytes=, printed=, warning=} | nil, err
*/
static int l_worker_run (lua_State *L) {
  vk_worker_terms terms;
  Words words;
  const char *refused;
  luaL_checktype(L, JOB, LUA_TTABLE);
  luaL_checktype(L, LIMITS, LUA_TTABLE);
  lua_settop(L, LIMITS);
  memset(&terms, 0, sizeof(terms));
  memset(&words, 0, sizeof(words));
  read_limits(L, &words, &terms);
  refused = why_refused(&terms);
  if (refused == NULL) return start(L, &words, &terms);
  lua_newtable(L);
  set_end(L, "refused", refused);
  return 1;
}


int luaopen_vankien_worker (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "run", l_worker_run }, { "support", l_worker_support }, { NULL, NULL }
  };
  luaL_newlib(L, functions);
  return 1;
}
