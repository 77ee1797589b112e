/*
** Memory of a Lua state: small blocks out of large chunks, one free list a size.
** Lua says how large the block is that it gives back, so a block needs no header,
** and making or freeing one takes some ten instructions.  Chunks go back to the
** system when the arena ends, not before.  Large blocks are malloc's.
*/

#ifndef vk_arena_h
#define vk_arena_h

#include <stddef.h>

typedef struct vk_arena vk_arena;

vk_arena *vk_arena_new (void);          /* NULL: no memory */
void vk_arena_free (vk_arena *a);       /* every large block has been given back before */

/* A lua_Alloc; `arena` is the vk_arena.  Shrinking never fails. */
void *vk_arena_alloc (void *arena, void *block, size_t old, size_t size);

#endif
