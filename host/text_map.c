/*
** Writing and reading the map from a cleaned text to its original.
*/

#include "text_map.h"

#include <stdint.h>

#include "text.h"

#define MAP_VERSION 1


static int put_number (vk_buf *b, size_t v) {
  int rc = VK_OK;
  for (; rc == VK_OK && v >= 0x80; v >>= 7) rc = vk_buf_byte(b, (char)(0x80 | (v & 0x7F)));
  return (rc == VK_OK) ? vk_buf_byte(b, (char)v) : rc;
}


int vk_map_note (vk_map *m, size_t text, size_t original) {
  int rc = VK_OK;
  if (m->out == NULL || original == m->original + (text - m->text)) return VK_OK;
  if (m->text == 0 && m->original == 0) rc = vk_buf_byte(m->out, MAP_VERSION);
  if (rc == VK_OK) rc = put_number(m->out, text - m->text);
  if (rc == VK_OK) rc = put_number(m->out, original - m->original);
  m->text = text;
  m->original = original;
  return rc;
}


/* Read one number; 0 when the bytes end first or it is too long. */
static int get_number (const uint8_t **p, const uint8_t *end, size_t *v) {
  unsigned shift = 0;
  for (*v = 0; *p < end && shift < 63; shift += 7) {
    uint8_t b = *(*p)++;
    *v |= (size_t)(b & 0x7F) << shift;
    if (b < 0x80) return 1;
  }
  return 0;
}


int vk_text_original_offset (const void *map, size_t nmap, size_t start, size_t offset,
                             size_t *original) {
  const uint8_t *p = map, *end = p + nmap;
  size_t text = 0, from = 0;
  if (nmap > 0 && *p++ != MAP_VERSION) return VK_ERR_INTEGRITY;
  while (nmap > 0 && p < end) {
    size_t text_step, from_step;
    if (!get_number(&p, end, &text_step) || !get_number(&p, end, &from_step))
      return VK_ERR_INTEGRITY;
    if (offset - text < text_step) {          /* before the break: not beyond its place */
      size_t step = offset - text;
      *original = start + from + (step < from_step ? step : from_step);
      return VK_OK;
    }
    text += text_step;
    from += from_step;
  }
  *original = start + from + (offset - text);
  return VK_OK;
}
