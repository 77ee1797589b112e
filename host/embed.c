/*
** Look-up in the table of embedded files.
*/

#include "embed.h"

#include <string.h>


size_t vk_embed_lower (const char *prefix) {
  size_t low = 0, high = vk_embedded_count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (strcmp(vk_embed_name(&vk_embedded_files[mid]), prefix) < 0) low = mid + 1;
    else high = mid;
  }
  return low;
}


const vk_embedded *vk_embed_find (const char *name) {
  size_t i = vk_embed_lower(name);
  if (i == vk_embedded_count || strcmp(vk_embed_name(&vk_embedded_files[i]), name) != 0)
    return NULL;
  return &vk_embedded_files[i];
}
