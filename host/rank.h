/*
** Which passages hold what a search asks for, and which of them are the best: counts by
** passage in (host/spread.h), a few places out.
*/

#ifndef vk_rank_h
#define vk_rank_h

#include <stddef.h>
#include <stdint.h>

#include "corpus.h"
#include "vk.h"

enum vk_rank_op { VK_RANK_LEAF, VK_RANK_AND, VK_RANK_OR, VK_RANK_NOT, VK_RANK_OPS };

/* A step of the question, operands before operators.  NOT: the first without the others. */
typedef struct vk_rank_step {
  uint32_t op;
  uint32_t n;             /* of a leaf: its phrase, 1 + index, or 0: it stands nowhere;
                             else how many operands */
} vk_rank_step;

/* A leaf that is asked for, not one that is asked not to be there. */
typedef struct vk_rank_leaf {
  uint32_t phrase;        /* 1 + index, or 0 */
  uint32_t typed;         /* the phrase as it was typed, or 0 */
  int differs;            /* may it stand for other words than those typed? */
  size_t with;            /* out: passages with it */
  double idf;             /* in, for vk_rank_best */
} vk_rank_leaf;

/* A passage that holds what is asked for. */
typedef struct vk_ranked {
  size_t at;              /* its first record, which says where it stands */
  double score;
  size_t hits;
  int typed;              /* it holds the words as they were typed */
} vk_ranked;

/*
** Starts as {0} but for records, steps and leaves, which are borrowed.  The steps must
** leave one value.
*/
typedef struct vk_rank {
  const char *records;    /* vk_passage_count, at any address */
  size_t n_records;
  const vk_rank_step *steps;
  size_t n_steps;
  vk_rank_leaf *leaves;
  size_t n_leaves;
  uint32_t phrases;       /* how many there are */
  /* of the documents that hold what is asked for, leaving aside what must not be there */
  size_t passages, units;
  size_t documents;       /* with a passage that was found */
  size_t typed;           /* passages found that hold the words as typed, once scored */
  /* owned */
  uint32_t *count;        /* by phrase, in the passage or document at hand */
  uint8_t *stack;
  vk_buf found;           /* vk_ranked, in the order of the records */
} vk_rank;

/* Find all passages.  VK_ERR_NOMEM; VK_ERR_USAGE when the steps do not go out, or somebody
   names a phrase that there is not. */
int vk_rank_find (vk_rank *r);

/*
** Score them by BM25, and put the best `limit` first among `found`, in order: as typed
** before others, then by score, then as they came.  How many these are.
*/
size_t vk_rank_best (vk_rank *r, double k1, double b, size_t limit);

const vk_ranked *vk_rank_found (const vk_rank *r, size_t *n);
vk_passage_count vk_rank_record (const vk_rank *r, size_t i);
void vk_rank_free (vk_rank *r);

#endif
