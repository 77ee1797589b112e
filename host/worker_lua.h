/*
** A recipe's process: its whole life, and the module vankien.host.worker, which starts one.
*/

#ifndef vk_worker_lua_h
#define vk_worker_lua_h

#include <lua.h>

#include "worker.h"

#define VK_WORKER_JOB_BYTES (64u << 20)
#define VK_WORKER_JOB_NODES 2000000u
#define VK_WORKER_NODES(bytes) ((size_t)(bytes) / 4 + 1000)   /* values in so long a result */
#define VK_WORKER_BESIDES 65536         /* bytes of a result's message that are not its value */

/* The seconds that a recipe's process has left; 0: this is no such process.  [-0, +0, -] */
double vk_worker_seconds (lua_State *L);

/* The process, from its command line to its end; comes back only with an exit code. */
int vk_worker_main (int argc, char **argv);

/* The module: in our process run and support, in a recipe's process write. */
int luaopen_vankien_worker (lua_State *L);
int luaopen_vankien_worker_inside (lua_State *L);

#endif
