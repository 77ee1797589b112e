/*
** What a scan has counted: groups, cells of phrases, nestings, kept hits.
** Private to the corpus files.
*/

#ifndef vk_tally_h
#define vk_tally_h

#include "corpus.h"

typedef struct vk_group {
  size_t key, key_len;    /* tag and key, in `keys` */
  vk_cell *cells;         /* one a phrase; owned */
  size_t documents;
} vk_group;

typedef struct vk_tally {
  size_t phrases;
  vk_scan_options options;
  vk_group *groups;
  size_t n_groups, groups_cap;
  vk_buf keys;
  uint32_t *by_key;       /* 1 + group by hash of its key; 0 empty; a power of two */
  size_t key_slots;
  size_t documents;
  int64_t document;       /* the one at hand */
  size_t group;           /* and its group */
  vk_inside *inside;      /* open addressing (n = 0: empty), or sorted */
  size_t n_inside, inside_slots;
  int inside_sorted;
  vk_buf hits;            /* vk_hit */
  int cut;
} vk_tally;

void vk_tally_init (vk_tally *t, size_t phrases, const vk_scan_options *options);
void vk_tally_free (vk_tally *t);

/* The group of a key, made when new; or a negative status. */
int64_t vk_tally_group (vk_tally *t, char tag, const void *key, size_t n);

/* The next document begins. */
void vk_tally_document (vk_tally *t, int64_t document, size_t group);

/* Fetch the cell of a phrase that will be counted soon: with many phrases and groups
   the cells lie far apart. */
static inline void vk_tally_prepare (const vk_tally *t, uint32_t phrase) {
  __builtin_prefetch(&t->groups[t->group].cells[phrase], 1);
}

/* Count an occurrence; its document and group are filled in here.  VK_ROW when it is kept,
   VK_OK, or VK_ERR_NOMEM. */
int vk_tally_add (vk_tally *t, vk_hit *hit);

/* The hit that was kept last.  Borrowed until the next. */
vk_hit *vk_tally_latest (vk_tally *t);

/* All nestings, sorted. */
const vk_inside *vk_tally_inside (vk_tally *t, size_t *n);

#endif
