/*
** libFuzzer target: reading a message.  Whatever can be read is written again, and must come out
** as it was: the format has one form for each value.
*/

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);


int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  static const vk_message_limits limits = { 1 << 16, 1000, 20 };
  vk_message_reader r;
  vk_message_writer w;
  vk_message_item item;
  vk_buf again = { 0 };
  int rc = vk_message_open(&r, data, size, &limits);
  if (rc != VK_OK || vk_message_begin(&w, &again, &limits) != VK_OK) return 0;
  while ((rc = vk_message_next(&r, &item)) == VK_ROW) {
    if (item.len > size) abort();
    if (vk_message_put(&w, &item) != VK_OK) abort();
  }
  vk_message_finish(&w);
  if (rc == VK_OK && (again.len != size || memcmp(again.data, data, size) != 0)) abort();
  if (rc < 0 && r.problem == NULL) abort();
  vk_buf_free(&again);
  return 0;
}
