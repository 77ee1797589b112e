/*
** The embedded files in Lua: reading them, and requiring modules from them.
*/

#ifndef vk_embed_lua_h
#define vk_embed_lua_h

#include <lua.h>

/* The module vankien.host.embed. */
int luaopen_vankien_embed (lua_State *L);

/* Put our searcher behind the preloads in package.searchers.  [-0, +0, e] */
void vk_embed_searcher (lua_State *L);

#endif
