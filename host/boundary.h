/*
** The boundaries between the passages of a token stream.
*/

#ifndef vk_boundary_h
#define vk_boundary_h

#include <stddef.h>
#include <stdint.h>

/* How many there are in units [from, to). */
size_t vk_boundaries (const uint8_t *units, size_t from, size_t to);

/* The first one at `from` or behind it; n where there is none. */
size_t vk_boundary_next (const uint8_t *units, size_t from, size_t n);

/* The unit behind the last one in [from, to); `from` where there is none. */
size_t vk_boundary_behind (const uint8_t *units, size_t from, size_t to);

#endif
