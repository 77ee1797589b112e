/*
** How high the least count must be so that not too many n-grams reach it.
*/

#include "frequency.h"

#define COUNTS_TOLD 1024        /* counts that are told apart; beyond: the last */


uint64_t vk_frequency_above (const vk_frequency *f, int first, uint64_t least, uint64_t most,
                             uint64_t *raised) {
  uint64_t with[COUNTS_TOLD] = { 0 };    /* n-grams by their count */
  const uint64_t last = COUNTS_TOLD - 1;
  uint64_t met = 0, kept = 0, at;
  size_t step = 0;
  const vk_gram *gram;
  while ((gram = vk_frequency_next(f, &step)) != NULL) {
    uint64_t count = (uint64_t)gram->count[0] + (first ? 0 : gram->count[1]);
    if (count < least) continue;
    with[count < last ? count : last]++;
    met++;
  }
  for (at = last; at > 0 && kept + with[at] <= most; at--) kept += with[at];
  *raised = (at + 1 > least) ? at + 1 : least;
  return met;
}
