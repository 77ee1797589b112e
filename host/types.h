/*
** A table of types: form <-> id, with kinds.  Entries keep the order in which
** they came.
*/

#ifndef vk_types_h
#define vk_types_h

#include <stddef.h>
#include <stdint.h>

#include "vk.h"

typedef struct vk_types_entry {
  size_t at, n;           /* the form, in `forms` */
  uint32_t id, hash;
  uint8_t kind;
} vk_types_entry;

typedef struct vk_types {
  vk_buf forms;
  vk_types_entry *entries;
  size_t n, cap;
  uint32_t *index;        /* 1 + entry by hash; 0 empty; a power of two */
  size_t slots;
  uint8_t *kinds;         /* 1 + kind by id; 0: no such type */
  size_t kinds_cap;
  uint32_t next_id;       /* above every id so far */
} vk_types;

void vk_types_init (vk_types *t);
void vk_types_free (vk_types *t);

/* The entry of a form, or NULL.  Borrowed until one is added. */
const vk_types_entry *vk_types_find (const vk_types *t, const char *form, size_t n);

/* Add a form that is not there under an id that is not there.  VK_OK, VK_ERR_NOMEM. */
int vk_types_add (vk_types *t, const char *form, size_t n, uint32_t id, uint8_t kind);

/* Kind of an id, or -1. */
int vk_types_kind (const vk_types *t, uint32_t id);

/* Drop every id from `next_id` on. */
void vk_types_cut (vk_types *t, uint32_t next_id);

#endif
