/*
** The way from a repaired text back to its original.
*/

#include "moves.h"

#include <stdint.h>


/* How many moves begin at or before `offset`; with `before`, only before it. */
static size_t count_to (const vk_moves *m, size_t offset, int before) {
  size_t low = 0, high = m->n;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    size_t from = m->all[mid].text_from;
    if (before ? from < offset : from <= offset) low = mid + 1;
    else high = mid;
  }
  return low;
}


static size_t original_of (const vk_moves *m, size_t k, size_t offset) {
  const vk_move *at;
  size_t into;
  if (k == 0) return offset;
  at = &m->all[k - 1];
  if (offset >= at->text_to) return at->to + (offset - at->text_to);
  into = offset - at->text_from;
  return at->from + (into < at->to - at->from ? into : at->to - at->from);
}


size_t vk_moves_start (const vk_moves *m, size_t offset) {
  return original_of(m, count_to(m, offset, 0), offset);
}


size_t vk_moves_stop (const vk_moves *m, size_t offset) {
  return original_of(m, count_to(m, offset, 1), offset);
}


size_t vk_moves_next (const vk_moves *m, size_t offset) {
  size_t k = count_to(m, offset, 0);
  if (k > 0 && m->all[k - 1].text_to > offset) return m->all[k - 1].text_to;
  return (k < m->n) ? m->all[k].text_from : SIZE_MAX;
}
