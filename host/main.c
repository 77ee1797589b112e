/*
** The program: one Lua state, the command line (which is Lua), an exit code.
*/

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "confine.h"
#include "error_lua.h"
#include "interrupt.h"
#include "state.h"
#include "vk.h"
#include "worker_lua.h"

#define EXIT_SCRIPT 1
#define EXIT_NO_PROGRAM 126
#define EXIT_INTERRUPTED 130

typedef struct Call {
  int argc;
  char **argv;
} Call;


/* The global `arg` as the stand-alone Lua has it, and the words as a list.  [-0, +1, m] */
static void push_words (lua_State *L, const Call *call) {
  int i;
  lua_createtable(L, call->argc, 1);
  for (i = 0; i < call->argc; i++) {
    lua_pushstring(L, call->argv[i]);
    lua_rawseti(L, -2, i);
  }
  lua_setglobal(L, "arg");
  lua_createtable(L, call->argc, 0);
  for (i = 1; i < call->argc; i++) {
    lua_pushstring(L, call->argv[i]);
    lua_rawseti(L, -2, i);
  }
}


/* Protected: libraries, then vankien.cli.main; its answer is the exit code. */
static int pmain (lua_State *L) {
  Call *call = lua_touserdata(L, 1);
  lua_remove(L, 1);
  vk_state_open(L);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "vankien.cli.main");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "main");
  push_words(L, call);
  lua_call(L, 1, 1);
  return 1;
}


/* Say what ended the program from inside pmain; the exit code. */
static int report (lua_State *L) {
  int code = EXIT_SCRIPT;
  if (luaL_getmetafield(L, -1, "__name") != LUA_TNIL) lua_pop(L, 1);
  if (lua_istable(L, -1) && lua_getfield(L, -1, "code") == LUA_TSTRING) {
    if (strcmp(lua_tostring(L, -1), "interrupted") == 0) code = EXIT_INTERRUPTED;
    lua_pop(L, 1);
  }
  fprintf(stderr, "vankien: %s\n", luaL_tolstring(L, -1, NULL));
  return code;
}


/* Everything that was printed must have arrived. */
static int finish_output (int code) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return code;
  perror("vankien: standard output");
  return code == 0 ? EXIT_SCRIPT : code;
}


/* Started by ourselves, to become another program under limits. */
static int become_other (int argc, char **argv) {
  int rc = vk_confine_run(argc, argv);
  if (rc == VK_ERR_REFUSED) fputs("vankien: this system has no seccomp filters\n", stderr);
  else perror("vankien: cannot start a program under limits");
  return EXIT_NO_PROGRAM;
}


int main (int argc, char **argv) {
  Call call = { argc, argv };
  lua_State *L;
  int code;
  if (argc > 1 && strcmp(argv[1], VK_CONFINE_WORD) == 0) return become_other(argc, argv);
  if (argc > 1 && strcmp(argv[1], VK_WORKER_WORD) == 0) return vk_worker_main(argc, argv);
  L = vk_state_new(NULL, NULL);
  if (L == NULL) {
    fprintf(stderr, "vankien: not enough memory\n");
    return EXIT_SCRIPT;
  }
  vk_interrupt_install(VK_INTERRUPT_SCRIPT);
  lua_pushcfunction(L, vk_state_traceback);
  lua_pushcfunction(L, pmain);
  lua_pushlightuserdata(L, &call);
  if (lua_pcall(L, 1, 1, 1) == LUA_OK) code = (int)lua_tointeger(L, -1);
  else code = report(L);
  vk_state_end(L, finish_output(code), exit);
  return code;
}
