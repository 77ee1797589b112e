/*
** Small blocks for a Lua state.  Under the address sanitizer every block is
** malloc's, so that it is watched.
*/

#include "arena.h"

#include <stdlib.h>
#include <string.h>

#define UNIT 16u
#define LARGEST 512u                    /* bytes of a small block */
#define CHUNK ((size_t)1 << 17)

#if defined(__SANITIZE_ADDRESS__)
#define IS_SMALL(size) ((void)(size), 0)
#else
#define IS_SMALL(size) ((size) <= LARGEST)
#endif

typedef struct Block { struct Block *next; } Block;

struct vk_arena {
  Block *free[LARGEST / UNIT + 1];      /* by size in units */
  char *at, *end;                       /* what is left of the newest chunk */
  Block *chunks;
  void *first;                          /* block; large */
};


vk_arena *vk_arena_new (void) {
  return calloc(1, sizeof(vk_arena));
}


static void end (vk_arena *a) {
  Block *chunk = a->chunks;
  while (chunk != NULL) {
    Block *next = chunk->next;
    free(chunk);
    chunk = next;
  }
  free(a);
}


static int new_chunk (vk_arena *a) {
  Block *chunk = malloc(CHUNK);
  if (chunk == NULL) return 0;
  chunk->next = a->chunks;
  a->chunks = chunk;
  a->at = (char *)chunk + UNIT;
  a->end = (char *)chunk + CHUNK;
  return 1;
}


static void *new_small (vk_arena *a, size_t size) {
  size_t units = (size + UNIT - 1) / UNIT;
  Block *block = a->free[units];
  if (block != NULL) {
    a->free[units] = block->next;
    return block;
  }
  if ((size_t)(a->end - a->at) < units * UNIT && !new_chunk(a)) return NULL;
  block = (Block *)(void *)a->at;
  a->at += units * UNIT;
  return block;
}


static void free_small (vk_arena *a, void *p, size_t size) {
  size_t units = (size + UNIT - 1) / UNIT;
  Block *block = p;
  block->next = a->free[units];
  a->free[units] = block;
}


static void drop (vk_arena *a, void *p, size_t size) {
  if (IS_SMALL(size)) free_small(a, p, size);
  else free(p);
}


/* From one kind or size to another.  A block that cannot be made smaller stays as it is. */
static void *move (vk_arena *a, void *p, size_t old, size_t size) {
  void *q = IS_SMALL(size) ? new_small(a, size) : malloc(size);
  if (q == NULL) return (size < old) ? p : NULL;
  memcpy(q, p, old < size ? old : size);
  drop(a, p, old);
  return q;
}


static void *new_first (vk_arena *a, size_t size) {
  a->first = malloc(size);
  if (a->first != NULL) return a->first;
  end(a);
  return NULL;
}


void *vk_arena_alloc (void *arena, void *p, size_t old, size_t size) {
  vk_arena *a = arena;
  if (size == 0) {
    int last = (p != NULL && p == a->first);
    if (p != NULL && old > 0) drop(a, p, old);
    if (last) end(a);
    return NULL;
  }
  if (a->first == NULL) return new_first(a, size);
  if (p == NULL || old == 0) return IS_SMALL(size) ? new_small(a, size) : malloc(size);
  if (!IS_SMALL(old) && !IS_SMALL(size)) return realloc(p, size);
  if (IS_SMALL(old) && IS_SMALL(size) && (old + UNIT - 1) / UNIT == (size + UNIT - 1) / UNIT)
    return p;
  return move(a, p, old, size);
}
