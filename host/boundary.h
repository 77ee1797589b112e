/*
** The boundaries between the passages of a token stream.
*/

#ifndef vk_boundary_h
#define vk_boundary_h

#include <stddef.h>
#include <stdint.h>

/* How many there are in units [from, to).  *behind, where there is one: the unit behind the
   last of them. */
size_t vk_boundaries (const uint8_t *units, size_t from, size_t to, size_t *behind);

/* The first one at `from` or behind it; n where there is none. */
size_t vk_boundary_next (const uint8_t *units, size_t from, size_t n);

#endif
