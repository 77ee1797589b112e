/*
** Files built into the program: the Lua library (source and precompiled),
** migrations and facts.  The table is generated; see tools/mkembed.c.
*/

#ifndef vk_embed_h
#define vk_embed_h

#include <stddef.h>

typedef struct vk_embedded {
  const char *name;       /* "db/facts/roles.tsv"; precompiled Lua: "luac/vankien/init.lua" */
  const char *start, *stop;
} vk_embedded;

/* Sorted by name, in bytes. */
extern const vk_embedded vk_embedded_files[];
extern const size_t vk_embedded_count;

/* The file of that name, or NULL.  Borrowed for ever. */
const vk_embedded *vk_embed_find (const char *name);

/* Index of the first name that is not below `prefix`. */
size_t vk_embed_lower (const char *prefix);

#endif
