/*
** Values as they go into the hash of a row.
*/

#include "rowhash.h"

#include <string.h>


static void put_u64 (vk_digest *d, char tag, uint64_t v) {
  uint8_t b[9];
  int i;
  b[0] = (uint8_t)tag;
  for (i = 0; i < 8; i++) b[1 + i] = (uint8_t)(v >> (8 * i));
  vk_digest_add(d, b, sizeof(b));
}


static void put_bytes (vk_digest *d, char tag, const void *p, size_t n) {
  put_u64(d, tag, n);
  if (n > 0) vk_digest_add(d, p, n);
}


void vk_rowhash_int (vk_digest *d, int64_t v) {
  put_u64(d, 'i', (uint64_t)v);
}


void vk_rowhash_real (vk_digest *d, double v) {
  uint64_t bits;
  memcpy(&bits, &v, sizeof(bits));
  put_u64(d, 'f', bits);
}


void vk_rowhash_text (vk_digest *d, const void *p, size_t n) {
  put_bytes(d, 't', p, n);
}


void vk_rowhash_blob (vk_digest *d, const void *p, size_t n) {
  put_bytes(d, 'b', p, n);
}


void vk_rowhash_null (vk_digest *d) {
  put_u64(d, 'n', 0);
}
