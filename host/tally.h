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
  uint32_t *kept;         /* hits kept of each phrase; owned; NULL without such a limit */
  size_t documents;
  int64_t sums[VK_SCAN_SUMS];
} vk_group;

#define VK_TALLY_WAITING 128    /* occurrences */

typedef struct vk_tally {
  size_t phrases;
  vk_scan_options options;
  vk_group *groups;
  size_t n_groups, groups_cap;
  vk_buf keys;
  uint32_t *by_key;       /* 1 + group by hash of its key; 0 empty; a power of two */
  size_t key_slots;
  size_t documents;
  uint32_t *seen;         /* by phrase: how many documents there were when it was met last */
  int64_t document;       /* the one at hand */
  size_t group;           /* and its group */
  vk_cell *cells;         /* and those of its group */
  uint32_t waiting[VK_TALLY_WAITING];   /* occurrences to be counted, phrase << 2 | kind */
  size_t n_waiting;
  vk_inside *inside;      /* open addressing (n = 0: empty), or sorted */
  size_t n_inside, inside_slots;
  int inside_sorted;
  vk_buf hits;            /* vk_hit */
  int cut;
} vk_tally;

/* VK_OK or VK_ERR_NOMEM; vk_tally_free is needed either way. */
int vk_tally_init (vk_tally *t, size_t phrases, const vk_scan_options *options);
void vk_tally_free (vk_tally *t);

/* The group of a key, made when new; or a negative status. */
int64_t vk_tally_group (vk_tally *t, char tag, const void *key, size_t n);

/* The next document begins. */
void vk_tally_document (vk_tally *t, int64_t document, size_t group);

/* Count the occurrences that wait. */
static inline void vk_tally_settle (vk_tally *t) {
  uint32_t document = (uint32_t)t->documents;
  size_t i;
  for (i = 0; i < t->n_waiting; i++) {
    uint32_t phrase = t->waiting[i] >> 2;
    vk_cell *cell = &t->cells[phrase];
    cell->count[t->waiting[i] & 3]++;
    cell->documents += t->seen[phrase] != document;
    t->seen[phrase] = document;
  }
  t->n_waiting = 0;
}


/* Count an occurrence, later: with many phrases and groups the cells lie far apart, and
   until then they are fetched. */
static inline void vk_tally_count (vk_tally *t, uint32_t phrase, enum vk_hit_kind kind) {
  __builtin_prefetch(&t->cells[phrase], 1);
  t->waiting[t->n_waiting++] = phrase << 2 | (uint32_t)kind;
  if (t->n_waiting == VK_TALLY_WAITING) vk_tally_settle(t);
}


/* Count that phrase `inner` stood in `outer`.  VK_OK or VK_ERR_NOMEM. */
int vk_tally_nested (vk_tally *t, uint32_t inner, uint32_t outer);

/* Keep an occurrence if the options want it; its document and group are filled in here.
   VK_ROW when it is kept, VK_OK, or VK_ERR_NOMEM. */
int vk_tally_keep (vk_tally *t, vk_hit *hit);

/* The hit that was kept last.  Borrowed until the next. */
vk_hit *vk_tally_latest (vk_tally *t);

/* All nestings, sorted. */
const vk_inside *vk_tally_inside (vk_tally *t, size_t *n);

#endif
