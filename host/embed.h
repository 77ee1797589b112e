/*
** Files built into the program: the Lua library (source and precompiled),
** migrations and facts.  The table is generated; see tools/mkembed.c.
*/

#ifndef vk_embed_h
#define vk_embed_h

#include <stddef.h>

/* Offsets and not pointers, so that nothing has to be relocated when the program starts. */
typedef struct vk_embedded {
  unsigned name;          /* of "db/facts/roles.tsv", "luac/vankien/init.lua" (precompiled) */
  unsigned start, size;
} vk_embedded;

/* Sorted by name, in bytes. */
extern const vk_embedded vk_embedded_files[];
extern const size_t vk_embedded_count;
extern const char vk_embedded_names[], vk_embedded_bytes[];

static inline const char *vk_embed_name (const vk_embedded *f) {
  return vk_embedded_names + f->name;
}

static inline const char *vk_embed_start (const vk_embedded *f) {
  return vk_embedded_bytes + f->start;
}

/* The file of that name, or NULL.  Borrowed for ever. */
const vk_embedded *vk_embed_find (const char *name);

/* Index of the first name that is not below `prefix`. */
size_t vk_embed_lower (const char *prefix);

#endif
