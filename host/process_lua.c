/*
** vankien.host.process: other programs.  The words of the command line are gathered in a Lua
** list, which anchors them while the C array points into it.
*/

#include "process_lua.h"

#include <errno.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "confine.h"
#include "error_lua.h"
#include "interrupt.h"
#include "object_lua.h"
#include "process.h"

#define OWN_PROGRAM "/proc/self/exe"
#define DEFAULT_PATH "/usr/local/bin:/usr/bin:/bin"
#define DEFAULT_SECONDS 30.0
#define DEFAULT_OUTPUT (16 << 20)
#define MAX_SECONDS 86400.0
#define MAX_OUTPUT (INT64_C(1) << 32)
#define JOB 1                   /* where the table of options stands on the stack */


static const char *folders (void) {
  const char *path = getenv("PATH");
  return (path != NULL && path[0] != '\0') ? path : DEFAULT_PATH;
}


/* An option that is not one of ours is a mistake.  [-0, +0, e] */
static void check_names (lua_State *L) {
  static const char *const names[] = {
    "file", "args", "env", "input", "dir", "seconds", "output_bytes", "memory_bytes",
    "file_bytes", "read", "write", "processes", NULL
  };
  lua_pushnil(L);
  while (lua_next(L, JOB)) {
    int i = 0;
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING)
      vk_raise(L, VK_ERR_USAGE, "options of process.run have names");
    while (names[i] != NULL && strcmp(names[i], lua_tostring(L, -1)) != 0) i++;
    if (names[i] == NULL)
      vk_raise(L, VK_ERR_UNKNOWN_NAME, "process.run has no option \"%s\"", lua_tostring(L, -1));
  }
}


/* A text without a zero byte, at the top of the stack.  Borrowed from there. */
static const char *check_word (lua_State *L, const char *option) {
  size_t len;
  const char *word = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &len) : NULL;
  if (word == NULL)
    vk_raise(L, VK_ERR_USAGE, "process.run: %s holds a %s, not a text", option,
             luaL_typename(L, -1));
  else if (strlen(word) != len)
    vk_raise(L, VK_ERR_USAGE, "process.run: %s has a zero byte", option);
  return word;
}


/* The text of an option, or NULL; it stays in the table of options.  [-0, +0, e] */
static const char *opt_text (lua_State *L, const char *name) {
  const char *text = NULL;
  if (lua_getfield(L, JOB, name) != LUA_TNIL) text = check_word(L, name);
  lua_pop(L, 1);
  return text;
}


static lua_Number opt_number (lua_State *L, const char *name, lua_Number otherwise,
                              lua_Number max) {
  lua_Number n = otherwise;
  if (lua_getfield(L, JOB, name) != LUA_TNIL) {
    int ok;
    n = lua_tonumberx(L, -1, &ok);
    if (!ok || !(n >= 0 && n <= max))
      vk_raise(L, VK_ERR_USAGE, "process.run: %s is a number from 0 to %.0f", name, max);
  }
  lua_pop(L, 1);
  return n;
}


/* Append the text on top to the list below it.  [-1, +0, m] */
static void append (lua_State *L) {
  lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
}


/* Append "letter=text" for each text of a list option to the list on top.  [-0, +0, e] */
static int append_list (lua_State *L, const char *name, const char *form) {
  lua_Integer i, n;
  if (lua_getfield(L, JOB, name) == LUA_TNIL) {
    lua_pop(L, 1);
    return 0;
  }
  if (!lua_istable(L, -1)) vk_raise(L, VK_ERR_USAGE, "process.run: %s is a list of texts", name);
  n = (lua_Integer)lua_rawlen(L, -1);
  lua_insert(L, -2);
  for (i = 1; i <= n; i++) {
    lua_rawgeti(L, -2, i);
    lua_pushfstring(L, form, check_word(L, name));
    lua_remove(L, -2);
    append(L);
  }
  lua_remove(L, -2);
  return 1;
}


/* Append "letter=number" for a limit that is given.  [-0, +0, e] */
static int append_limit (lua_State *L, const char *name, const char *form) {
  lua_Number n = opt_number(L, name, -1, 9.0e15);
  if (n < 0) return 0;
  lua_pushfstring(L, form, (LUAI_UACINT)n);
  append(L);
  return 1;
}


/* Push the words of the command line.  With limits our own program comes first, and becomes the
   other one.  1 when it does.  [-0, +1, e] */
static int push_words (lua_State *L, const char *path, const char *name) {
  int limited, confined;
  lua_newtable(L);
  lua_pushliteral(L, "vankien");
  append(L);
  lua_pushliteral(L, VK_CONFINE_WORD);
  append(L);
  lua_pushfstring(L, "d=%d", (int)getpid());
  append(L);
  limited = append_limit(L, "memory_bytes", "m=%I");
  limited |= append_limit(L, "file_bytes", "f=%I");
  limited |= append_limit(L, "processes", "p=%I");
  confined = append_list(L, "read", "r=%s") | append_list(L, "write", "w=%s");
  if (confined) {
    lua_pushliteral(L, "x=1");
    append(L);
  }
  if (limited || confined) {
    lua_pushliteral(L, "--");
    append(L);
    lua_pushstring(L, path);
    append(L);
  }
  else {
    lua_pop(L, 1);
    lua_newtable(L);
  }
  lua_pushstring(L, name);
  append(L);
  append_list(L, "args", "%s");
  return limited || confined;
}


/* Does the table of environment variables on top give `name`?  [-0, +0, -] */
static int has_variable (lua_State *L, int env, const char *name) {
  int is = !lua_isnil(L, env) && lua_getfield(L, env, name) != LUA_TNIL;
  if (!lua_isnil(L, env)) lua_pop(L, 1);
  return is;
}


/* Push the list of "NAME=value": those given, and if not among them the search path and the
   locale.  [-0, +1, e] */
static void push_variables (lua_State *L) {
  int env = lua_gettop(L) + 1;
  if (lua_getfield(L, JOB, "env") != LUA_TNIL && !lua_istable(L, -1))
    vk_raise(L, VK_ERR_USAGE, "process.run: env is a table of names and texts");
  lua_newtable(L);
  if (!has_variable(L, env, "PATH")) {
    lua_pushfstring(L, "PATH=%s", folders());
    append(L);
  }
  if (!has_variable(L, env, "LC_ALL")) {
    lua_pushliteral(L, "LC_ALL=C.UTF-8");
    append(L);
  }
  for (lua_pushnil(L); !lua_isnil(L, env) && lua_next(L, env); ) {
    const char *value = check_word(L, "env");
    lua_pushvalue(L, -2);
    lua_pushfstring(L, "%s=%s", check_word(L, "env"), value);
    lua_rawseti(L, env + 1, (lua_Integer)lua_rawlen(L, env + 1) + 1);
    lua_pop(L, 2);
  }
  lua_settop(L, env + 1);
  lua_remove(L, env);
}


/* Push an array of pointers into the texts of the list at `index`, which must stay there.
   [-0, +1, m] */
static char **push_pointers (lua_State *L, int index) {
  lua_Integer n = (lua_Integer)lua_rawlen(L, index), i;
  char **p = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof(*p), 0);
  for (i = 0; i < n; i++) {
    lua_rawgeti(L, index, i + 1);
    p[i] = (char *)(size_t)lua_tostring(L, -1);
    lua_pop(L, 1);
  }
  p[n] = NULL;
  return p;
}


static void set_bytes (lua_State *L, const char *name, const vk_buf *b) {
  lua_pushlstring(L, b->len > 0 ? b->data : "", b->len);
  lua_setfield(L, -2, name);
}


/* [-0, +1, m] */
static void push_end (lua_State *L, const vk_process_end *end) {
  static const char *const words[] = { "exited", "signal", "time", "output" };
  lua_createtable(L, 0, 6);
  lua_pushstring(L, words[end->ended]);
  lua_setfield(L, -2, "ended");
  if (end->ended == VK_ENDED_EXITED) {
    lua_pushinteger(L, end->exit);
    lua_setfield(L, -2, "exit");
  }
  if (end->ended == VK_ENDED_SIGNAL) {
    lua_pushinteger(L, end->signal);
    lua_setfield(L, -2, "signal");
  }
  lua_pushnumber(L, end->seconds);
  lua_setfield(L, -2, "seconds");
  set_bytes(L, "out", end->out);
  set_bytes(L, "err", end->err);
}


/* nil and the error of a program that did not even start */
static int fail (lua_State *L, int rc, const char *name) {
  int error = errno;
  if (rc == VK_ERR_INTERRUPTED) return vk_raise(L, rc, "interrupted");
  if (rc == VK_ERR_NOT_FOUND) return vk_fail(L, rc, NULL, "there is no program %s", name);
  if (rc == VK_ERR_NOMEM) error = ENOMEM;
  return vk_fail(L, rc, NULL, "cannot run %s: %s", name, strerror(error));
}


/* The options that are plain values. */
static void read_options (lua_State *L, vk_process_job *job) {
  memset(job, 0, sizeof(*job));
  job->dir = opt_text(L, "dir");
  job->seconds = opt_number(L, "seconds", DEFAULT_SECONDS, MAX_SECONDS);
  job->out_bytes = (size_t)opt_number(L, "output_bytes", DEFAULT_OUTPUT, MAX_OUTPUT);
  job->err_bytes = job->out_bytes;
  lua_getfield(L, JOB, "input");
  if (!lua_isnil(L, -1)) {
    if (lua_type(L, -1) != LUA_TSTRING) vk_raise(L, VK_ERR_USAGE, "process.run: input is a text");
    job->input = lua_tolstring(L, -1, &job->input_len);
  }
  lua_pop(L, 1);  /* stays in the table of options */
}


/*
** run{file=, args=, env=, input=, dir=, seconds=, output_bytes=, memory_bytes=, file_bytes=,
**   read=, write=, processes=} -> {ended=, exit=, signal=, seconds=, out=, err=} | nil, error
*/
static int l_process_run (lua_State *L) {
  vk_process_job job;
  vk_process_end end = { VK_ENDED_EXITED, 0, 0, 0, NULL, NULL };
  const char *name;
  vk_buf *path;
  int rc;
  luaL_checktype(L, JOB, LUA_TTABLE);
  lua_settop(L, JOB);
  luaL_checkstack(L, 20, "process.run");
  check_names(L);
  read_options(L, &job);
  name = opt_text(L, "file");
  if (name == NULL) return vk_raise(L, VK_ERR_USAGE, "process.run: file is missing");
  path = vk_push_buffer(L);
  rc = vk_process_find(name, folders(), path);
  if (rc != VK_OK) return fail(L, rc, name);
  job.file = push_words(L, path->data, name) ? OWN_PROGRAM : path->data;
  job.argv = push_pointers(L, lua_gettop(L));
  push_variables(L);
  job.envp = push_pointers(L, lua_gettop(L));
  end.out = vk_push_buffer(L);
  end.err = vk_push_buffer(L);
  rc = vk_process_run(&job, &end);
  if (rc == VK_ERR_NOT_FOUND && job.dir != NULL)
    return vk_fail(L, rc, NULL, "there is no folder %s", job.dir);
  if (rc != VK_OK) return fail(L, rc, name);
  push_end(L, &end);
  vk_buf_free(end.out);
  vk_buf_free(end.err);
  return 1;
}


/* find(name) -> path of the program | nil, error */
static int l_process_find (lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  vk_buf *path = vk_push_buffer(L);
  int rc = vk_process_find(name, folders(), path);
  if (rc != VK_OK) return fail(L, rc, name);
  lua_pushstring(L, path->data);
  return 1;
}


int luaopen_vankien_process (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "run", l_process_run }, { "find", l_process_find }, { NULL, NULL }
  };
  luaL_newlib(L, functions);
  return 1;
}
