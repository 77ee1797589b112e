/*
** Does one document stand inside another?  Shingles are runs of eight syllables;
** numbers, marks and boundaries do not count, so layout does not matter.
*/

#ifndef vk_shingle_h
#define vk_shingle_h

#include <stddef.h>
#include <stdint.h>

#include "tokenizer.h"

#define VK_SHINGLE_SYLLABLES 8
#define VK_SHINGLE_WINDOW 128

/*
** Append the 32-bit hashes (int64_t, ascending, distinct) of a sample of a
** stream's shingles: the least of each window of VK_SHINGLE_WINDOW.  Two
** documents that share a run of that many shingles share a hash.
*/
int vk_shingle_sample (const uint8_t *units, size_t n, const vk_tokenizer *tk, vk_buf *hashes);

/*
** The shares, 0 to 1, of a's distinct shingles that stand in b, and of b's that
** stand in a; 0 when either has none.
*/
int vk_shingle_contained (const uint8_t *a, size_t na, const uint8_t *b, size_t nb,
                          const vk_tokenizer *tk, double *of_a, double *of_b);

#endif
