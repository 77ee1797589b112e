/*
** Lines of evidence in Lua.
*/

#ifndef vk_evidence_lua_h
#define vk_evidence_lua_h

#include <lua.h>

/* Make the connection's method `lines`; the store's module is open.  [-0, +0, m] */
void vk_open_evidence (lua_State *L);

#endif
