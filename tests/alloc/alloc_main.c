/*
** Make every allocation fail in turn: alloc MODE SCRIPT [GROWTH].
**
** SCRIPT returns {run = function, check = function}.  Loading it is not disturbed.
** `run` is then called in a fresh state for n = 1, 2, 3, …; from the n-th
** allocation on memory is refused (MODE lua: for ever; twice: two requests, so
** that the collector's second try fails too; c: the n-th malloc of the C code,
** SQLite's included), until n is beyond what it needs.  Afterwards `check` must
** return true.  Each state must give all its memory back, and SQLite all of its.
** GROWTH (percent, 0) makes n grow faster, for long scripts.
*/

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state.h"
#include "store.h"

enum mode { MODE_LUA, MODE_TWICE, MODE_C };

static struct {
  enum mode mode;
  int armed;
  long count;       /* allocations since armed */
  long fail_at;
  long failed;      /* how many were refused */
  size_t live;      /* bytes the Lua state holds */
} mem;


static int refuse (void) {
  long n = ++mem.count;
  int no = (mem.mode == MODE_LUA) ? n >= mem.fail_at
         : (mem.mode == MODE_TWICE) ? n == mem.fail_at || n == mem.fail_at + 1
         : n == mem.fail_at;
  mem.failed += no;
  return no;
}


void *__real_malloc (size_t n);
void *__real_calloc (size_t k, size_t n);
void *__real_realloc (void *p, size_t n);
void *__wrap_malloc (size_t n);
void *__wrap_calloc (size_t k, size_t n);
void *__wrap_realloc (void *p, size_t n);


void *__wrap_malloc (size_t n) {
  return (mem.armed && mem.mode == MODE_C && refuse()) ? NULL : __real_malloc(n);
}


void *__wrap_calloc (size_t k, size_t n) {
  return (mem.armed && mem.mode == MODE_C && refuse()) ? NULL : __real_calloc(k, n);
}


void *__wrap_realloc (void *p, size_t n) {
  return (mem.armed && mem.mode == MODE_C && refuse()) ? NULL : __real_realloc(p, n);
}


/* Shrinking and freeing never fail: Lua relies on that. */
static void *allocate (void *ud, void *p, size_t old, size_t n) {
  void *q;
  (void)ud;
  if (p == NULL) old = 0;
  if (n == 0) {
    free(p);
    mem.live -= old;
    return NULL;
  }
  if (n > old && mem.armed && mem.mode != MODE_C && refuse()) return NULL;
  q = __real_realloc(p, n);
  if (q != NULL) mem.live += n - old;
  return q;
}


static int load_scenario (lua_State *L) {
  const char *script = lua_touserdata(L, 1);
  vk_state_open(L);
  if (luaL_loadfilex(L, script, "t") != LUA_OK) return lua_error(L);
  lua_call(L, 0, 1);
  luaL_checktype(L, -1, LUA_TTABLE);
  return 1;
}


/* Call the scenario's function `name`; nonzero when it came back with no error. */
static int call (lua_State *L, const char *name, int results) {
  lua_getfield(L, 1, name);
  return lua_pcall(L, 0, results, 0) == LUA_OK;
}


/* A refusal must show as Lua's own memory error or as one of ours. */
static int is_memory_error (lua_State *L) {
  int yes;
  if (lua_istable(L, -1) && lua_getfield(L, -1, "code") == LUA_TSTRING)
    yes = strcmp(lua_tostring(L, -1), "nomem") == 0;
  else
    yes = strstr(luaL_tolstring(L, -1, NULL), "memory") != NULL;
  lua_pop(L, 1);
  return yes;
}


static void die (const char *what, const char *detail) {
  fprintf(stderr, "alloc: allocation %ld refused: %s%s%s\n", mem.fail_at, what,
          detail ? ": " : "", detail ? detail : "");
  exit(1);
}


/* One life of a state.  Nonzero: nothing was refused, so the work is done. */
static int one_life (const char *script) {
  int64_t sqlite_before = vk_store_memory();
  lua_State *L = vk_state_new(allocate, NULL);
  int good;
  if (L == NULL) die("no state", NULL);
  lua_pushcfunction(L, load_scenario);
  lua_pushlightuserdata(L, (void *)script);
  if (lua_pcall(L, 1, 1, 0) != LUA_OK) die("the script does not load", lua_tostring(L, -1));
  mem.count = mem.failed = 0;
  mem.armed = 1;
  good = call(L, "run", 0);
  mem.armed = 0;
  if (!good && mem.failed == 0) die("an error without a refusal", luaL_tolstring(L, -1, NULL));
  if (!good && !is_memory_error(L)) die("another error", luaL_tolstring(L, -1, NULL));
  lua_settop(L, 1);
  if (!call(L, "check", 1)) die("check fails", luaL_tolstring(L, -1, NULL));
  if (!lua_toboolean(L, -1)) die("check says no", NULL);
  vk_state_close(L);
  if (mem.live != 0) die("the Lua state leaks", NULL);
  if (vk_store_memory() != sqlite_before) die("SQLite's memory leaks", NULL);
  return mem.failed == 0;
}


int main (int argc, char **argv) {
  static const char *const modes[] = { "lua", "twice", "c" };
  int mode = 0, growth = (argc > 3) ? atoi(argv[3]) : 0;
  long lives = 1;
  while (argc > 2 && mode < 3 && strcmp(argv[1], modes[mode]) != 0) mode++;
  if (argc < 3 || mode == 3) {
    fprintf(stderr, "usage: alloc lua|twice|c SCRIPT [GROWTH]\n");
    return 2;
  }
  mem.mode = (enum mode)mode;
  for (mem.fail_at = 1; !one_life(argv[2]); lives++) {
    mem.fail_at += 1 + mem.fail_at * growth / 100;
  }
  printf("%s %s: %ld allocations, %ld lives\n", argv[1], argv[2], mem.count, lives);
  return 0;
}
