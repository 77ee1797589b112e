/*
** Lexicons and scans in Lua, shared by their bindings.
*/

#ifndef vk_corpus_lua_h
#define vk_corpus_lua_h

#include <lua.h>

#include "corpus.h"

#define VK_LEXICON_T "vankien.lexicon"

/* The lexicon at `index`; raises when it is none.  [-0, +0, v] */
const vk_lexicon *vk_check_lexicon (lua_State *L, int index);

/* Push a userdata that owns a new scan; the lexicon must outlive it.  [-0, +1, v] */
vk_scan *vk_push_scan (lua_State *L, const vk_lexicon *lex, const vk_scan_options *options);

/* Raise what a failed scan says.  [-0, +0, v] */
int vk_raise_scan (lua_State *L, int status);

/* Make the scan's metatable and the connection's method `scan`.  [-0, +0, m] */
void vk_open_scan (lua_State *L);

/* The module vankien.host.corpus. */
int luaopen_vankien_corpus (lua_State *L);

#endif
