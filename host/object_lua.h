/*
** Owners: userdata that exist before what they own, so that an error in between
** leaks nothing; and the making of object types.
*/

#ifndef vk_object_lua_h
#define vk_object_lua_h

#include <lauxlib.h>
#include <lua.h>

#include "sys.h"
#include "vk.h"

/*
** Push the metatable of a type whose objects have `methods`.  `close` becomes
** both __gc and __close; nobody gets or changes the metatable.  [-0, +1, m]
*/
void vk_new_type (lua_State *L, const char *type, const luaL_Reg *methods, lua_CFunction close);

/* Push an empty buffer; the collector frees it.  [-0, +1, m] */
vk_buf *vk_push_buffer (lua_State *L);

/* Push an empty list of names; the collector frees it.  [-0, +1, m] */
vk_sys_names *vk_push_names (lua_State *L);

#endif
