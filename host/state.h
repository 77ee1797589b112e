/*
** A Lua state as this program uses it: standard libraries, the C modules and
** the embedded Lua library ready to be required, Ctrl-C wired in.
*/

#ifndef vk_state_h
#define vk_state_h

#include <lua.h>

/* New state with memory from `alloc` (NULL: malloc).  NULL: not enough memory. */
lua_State *vk_state_new (lua_Alloc alloc, void *ud);

/* Open the libraries; runs protected.  [-0, +0, e] */
void vk_state_open (lua_State *L);

void vk_state_close (lua_State *L);

/*
** Close the state for the last time: finalizers run as ever, but memory is not given back block by
** block, which is a tenth of a short script; `leave` ends the process instead.
*/
void vk_state_end (lua_State *L, int exit_code, void (*leave) (int exit_code));

/* Message handler: error values stay as they are, other values become a text
   with a traceback. */
int vk_state_traceback (lua_State *L);

/* coroutine.resume and coroutine.wrap that know who runs, for Ctrl-C. */
int luaopen_vankien_coroutine (lua_State *L);

/* From the signal handler's list: make `L`, or the coroutine it runs, stop. */
typedef struct vk_running {
  lua_State *now;         /* the thread that runs */
} vk_running;

vk_running *vk_state_running (lua_State *L);

/* Let the next instruction of `L` raise "interrupted". */
void vk_state_stop (lua_State *L);

#endif
