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

/*
** Returns new; NULL: no memory.  The first block is the state itself: the arena ends
** when that block is given back, which Lua does last, or when it cannot be had.
*/
vk_arena *vk_arena_new (void);

/* A lua_Alloc; `arena` is the vk_arena.  Shrinking never fails. */
void *vk_arena_alloc (void *arena, void *block, size_t old, size_t size);

#endif
