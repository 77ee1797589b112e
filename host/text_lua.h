/*
** The text engine in Lua, as far as other bindings need it.
*/

#ifndef vk_text_lua_h
#define vk_text_lua_h

#include <lua.h>

#include "ahead.h"
#include "text.h"
#include "tokenizer.h"

#define VK_TOKENIZER_T "vankien.tokenizer"

/* What a text function uses while it runs: one for a state, finished by the
   collector.  Nothing is kept in it between calls. */
typedef struct vk_scratch { vk_buf out, other; } vk_scratch;

/* Push a new scratch.  [-0, +1, m] */
vk_scratch *vk_push_scratch (lua_State *L);

/* The scratch in the first upvalue of the running function, emptied. */
vk_scratch *vk_scratch_here (lua_State *L);

/* Raise what `status` means for a text.  [-0, +0, v] */
int vk_raise_text (lua_State *L, int status, const char *s, size_t n);

/* Raise what cleaning s failed at; `at` is where it is no UTF-8.  [-0, +0, v] */
int vk_raise_clean (lua_State *L, int status, const char *s, size_t n, size_t at);

/* Raise why a text was not added to a tokenizer.  [-0, +0, v] */
int vk_raise_tokens (lua_State *L, int status, const char *s, size_t n);

/* Push what cleaning counted, without what is 0.  [-0, +1, m] */
void vk_push_counts (lua_State *L, const vk_clean_counts *counts);

/* The tokenizer at `index`, which no job works on any more; raises when it is none or
   closed.  [-0, +0, v] */
vk_tokenizer *vk_check_tokenizer (lua_State *L, int index);

/* The same while jobs may work on it: for the next of them.  **ahead: where they queue, NULL
   when the tokenizer is closed and they are done.  [-0, +0, v] */
vk_tokenizer *vk_check_tokenizer_ahead (lua_State *L, int index, vk_ahead ***ahead);

/* Push the function that makes tokenizers.  [-0, +1, m] */
void vk_push_tokenizer_maker (lua_State *L);

/* The module vankien.host.text. */
int luaopen_vankien_text (lua_State *L);

#endif
