/*
** Phrases found in token streams: one pass, leftmost-longest over the whole
** lexicon, every occurrence accounted for.
**
** An occurrence is *free* when it is chosen: reading from the left, the longest
** phrase that starts at the first place not yet taken.  Every other occurrence
** meets a chosen one: it is *nested* when it lies inside it, *overlapped* when
** the end of the chosen one cuts it.
*/

#ifndef vk_corpus_h
#define vk_corpus_h

#include <stddef.h>
#include <stdint.h>

#include "vk.h"

#define VK_PHRASE_MAX 1024      /* units of the longest phrase */

typedef struct vk_lexicon vk_lexicon;           /* opaque */

/* Returns new, or NULL when memory ran out. */
vk_lexicon *vk_lexicon_new (void);
void vk_lexicon_free (vk_lexicon *lex);

/*
** Add the next phrase, n units.  None (n = 0) is a phrase that cannot occur; one
** that is there already keeps its own index and never counts.  VK_ERR_BAD_INPUT
** for a unit that no phrase has; VK_ERR_REFUSED beyond VK_PHRASE_MAX; VK_ERR_FULL
** beyond some eight million units in all.
*/
int vk_lexicon_add (vk_lexicon *lex, const uint8_t *units, size_t n);

/* Another spelling of the latest phrase, n > 0 units; where both begin at one place, the
   longest counts.  As vk_lexicon_add; one that an earlier phrase has is left out. */
int vk_lexicon_add_spelling (vk_lexicon *lex, const uint8_t *units, size_t n);

/*
** The next phrase is a pattern, given as a program of n bytes (host/pattern.h): from each
** place it is the longest match that counts.  Of two phrases that match the same tokens
** the earlier one is chosen and the later one nested in it.  VK_ERR_BAD_INPUT, VK_ERR_NOMEM.
*/
int vk_lexicon_add_pattern (vk_lexicon *lex, const uint8_t *program, size_t n);

/* No more phrases: make ready to scan. */
int vk_lexicon_finish (vk_lexicon *lex);

size_t vk_lexicon_size (const vk_lexicon *lex);

enum vk_hit_kind { VK_FREE, VK_NESTED, VK_OVERLAPPED };

/* Counts of one phrase in one group. */
typedef struct vk_cell {
  uint32_t count[3];      /* by vk_hit_kind */
  uint32_t documents;     /* with any occurrence */
} vk_cell;

typedef struct vk_hit {
  int64_t document;
  size_t unit, units;     /* where it starts and how long it is */
  uint32_t phrase, group;
  uint32_t container;     /* 1 + the chosen phrase around it; 0 for free ones */
  enum vk_hit_kind kind;
  size_t passage, first;  /* the passage it stands in, from 1, and the unit that begins with */
} vk_hit;

/* How often phrase `inner` was nested in `outer` within a group. */
typedef struct vk_inside { uint32_t group, inner, outer, n; } vk_inside;

typedef struct vk_scan_options {
  size_t hits;            /* keep at most so many */
  size_t hits_per;        /* and of each phrase in each group; 0: no such limit */
  unsigned kinds;         /* bits 1 << vk_hit_kind of those to keep */
  int passages;           /* keep no hits, but how often phrases stand in each passage */
  int inside;             /* count which phrase is nested in which */
} vk_scan_options;

/*
** How often a phrase stands in a passage.  Behind the passages of a document comes one
** more with phrase 0: `ordinal` is then the number of its passages, `units` the length
** of its stream.  Documents without a hit have none of these.
*/
typedef struct vk_passage_count {
  int64_t document;
  uint32_t ordinal;       /* of the passage, from 1 */
  uint32_t units;         /* its length */
  uint32_t phrase, group; /* 1 + index */
  uint32_t n;             /* occurrences of the kinds that are kept */
  uint32_t first;         /* unit of the first one */
} vk_passage_count;

typedef struct vk_scan vk_scan;                 /* opaque */

#define VK_SCAN_SUMS 8          /* numbers that may be added up by group */

/* A scan without documents; `lex` is borrowed until it is freed.  NULL: no memory. */
vk_scan *vk_scan_new (const vk_lexicon *lex, const vk_scan_options *options);
void vk_scan_free (vk_scan *scan);

/* The group of a key (tag: any byte that keeps keys of different types apart);
   made when new.  A negative status, or its index. */
int64_t vk_scan_group (vk_scan *scan, char tag, const void *key, size_t n);

/*
** Count one document of n units.  VK_ERR_INTERRUPTED when a signal came, or
** VK_ERR_NOMEM; the scan is then good for nothing but vk_scan_free.
*/
int vk_scan_document (vk_scan *scan, int64_t document, size_t group, const uint8_t *units,
                      size_t n);

size_t vk_scan_groups (const vk_scan *scan);
size_t vk_scan_documents (const vk_scan *scan);
size_t vk_scan_documents_in (const vk_scan *scan, size_t group);

/* A group's key with its tag.  Borrowed until the next group is made. */
const char *vk_scan_key (const vk_scan *scan, size_t group, char *tag, size_t *n);

/* Add to the k-th sum of a group.  VK_ERR_FULL when it would not fit. */
int vk_scan_add (vk_scan *scan, size_t group, size_t k, int64_t value);
int64_t vk_scan_sum (const vk_scan *scan, size_t group, size_t k);

/* A group's cells, one a phrase.  Borrowed. */
const vk_cell *vk_scan_cells (const vk_scan *scan, size_t group);

/* With the option `inside`: all nestings, sorted by group, inner, outer.  Borrowed until the
   next document. */
const vk_inside *vk_scan_inside (vk_scan *scan, size_t *n);

/* Kept hits in the order of documents and places; *cut: some were not kept. */
const vk_hit *vk_scan_hits (const vk_scan *scan, size_t *n, int *cut);

/* With the option `passages`: the counts, in the order of documents and passages. */
const vk_passage_count *vk_scan_passages (const vk_scan *scan, size_t *n);

/* Are as many kept as were asked for? */
int vk_scan_full (const vk_scan *scan);

#endif
