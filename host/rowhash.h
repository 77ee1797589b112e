/*
** The hash of a row: SHA-256 over its table's name and its values, each tagged by
** type and prefixed by length, so that no two rows read alike.  The SQL function
** rowhash() and whoever writes many rows at once make the same bytes.
*/

#ifndef vk_rowhash_h
#define vk_rowhash_h

#include "digest.h"

/* Begin with vk_digest_init; the first value is the table's name, a text. */
void vk_rowhash_int (vk_digest *d, int64_t v);
void vk_rowhash_real (vk_digest *d, double v);
void vk_rowhash_text (vk_digest *d, const void *p, size_t n);
void vk_rowhash_blob (vk_digest *d, const void *p, size_t n);
void vk_rowhash_null (vk_digest *d);

#endif
