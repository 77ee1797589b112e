/*
** Ranking in Lua.
*/

#ifndef vk_rank_lua_h
#define vk_rank_lua_h

#include <lua.h>

/* rank(records, options), a function of vankien.host.corpus. */
int l_corpus_rank (lua_State *L);

/* Make the type of this module.  [-0, +0, m] */
void vk_open_rank (lua_State *L);

#endif
