/*
** Error values as Lua sees them: {code=, message=, hint=, place=} under one
** metatable, the same that the Lua library uses.
*/

#ifndef vk_error_lua_h
#define vk_error_lua_h

#include <lua.h>

#define VK_ERROR_T "vankien.error"

/*
** Raise an error value.  `place` is the nearest Lua line outside the program's
** own files.  Returns for the sake of `return vk_raise(…)` only.
*/
int vk_raise (lua_State *L, int status, const char *fmt, ...)
  __attribute__((format(printf, 3, 4)));

/* The same with a hint, which may be NULL. */
int vk_raise_hint (lua_State *L, int status, const char *hint, const char *fmt, ...)
  __attribute__((format(printf, 4, 5)));

/* Push an error value without raising it; `hint` may be NULL.  [-0, +1, m] */
void vk_push_error (lua_State *L, int status, const char *message, const char *hint);

/* `return vk_fail(…)`: nil and an error value.  [-0, +2, m] */
int vk_fail (lua_State *L, int status, const char *hint, const char *fmt, ...)
  __attribute__((format(printf, 4, 5)));

/* A lua_WarnFunction: off until a script says warn "@on", as in the stand-alone Lua. */
typedef struct vk_warnings {
  int on;
  int continues;        /* the next piece belongs to the same message */
} vk_warnings;
void vk_warn (void *warnings, const char *message, int to_continue);

/* The module vankien.host.error. */
int luaopen_vankien_error (lua_State *L);

#endif
