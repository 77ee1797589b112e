/*
** libFuzzer driver for targets written in Lua: VANKIEN_FUZZ names a script that
** returns function(bytes).  The function checks what must hold and raises when it
** does not; refusing the input with an error value of ours is allowed only to
** the target itself, which catches it.
**
** The C code is instrumented by the compiler.  For Lua, a line hook feeds
** libFuzzer's extra counters, so that new lines of the library count as coverage.
*/

#include <lauxlib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "state.h"

#define COUNTERS 16384u

__attribute__((used, section("__libfuzzer_extra_counters")))
static uint8_t lines_seen[COUNTERS];

static lua_State *state;

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);


static void count_line (lua_State *L, lua_Debug *ar) {
  uintptr_t at;
  lua_getinfo(L, "S", ar);
  at = (uintptr_t)ar->source * 31u + (uintptr_t)ar->currentline * 2654435761u;
  lines_seen[(at ^ (at >> 16)) % COUNTERS]++;
}


static void die (const char *what) {
  fprintf(stderr, "fuzz: %s\n%s\n", what, luaL_tolstring(state, -1, NULL));
  abort();
}


static int open_target (lua_State *L) {
  const char *script = lua_touserdata(L, 1);
  vk_state_open(L);
  if (luaL_loadfilex(L, script, "t") != LUA_OK) return lua_error(L);
  lua_call(L, 0, 1);
  luaL_checktype(L, -1, LUA_TFUNCTION);
  return 1;
}


int LLVMFuzzerInitialize (int *argc, char ***argv) {
  const char *script = getenv("VANKIEN_FUZZ");
  (void)argc, (void)argv;
  if (script == NULL) {
    fprintf(stderr, "fuzz: VANKIEN_FUZZ must name a target, as tests/fuzz/pattern.lua\n");
    exit(2);
  }
  state = vk_state_new(NULL, NULL);
  if (state == NULL) abort();
  lua_pushcfunction(state, open_target);
  lua_pushlightuserdata(state, (void *)script);
  if (lua_pcall(state, 1, 1, 0) != LUA_OK) die("the target does not load");
  lua_sethook(state, count_line, LUA_MASKLINE, 0);
  return 0;
}


int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  lua_pushcfunction(state, vk_state_traceback);
  lua_pushvalue(state, 1);
  lua_pushlstring(state, (const char *)data, size);
  if (lua_pcall(state, 1, 0, 2) != LUA_OK) die("what must hold does not");
  lua_settop(state, 1);
  return 0;
}
