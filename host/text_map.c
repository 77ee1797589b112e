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


static int put_break (vk_map *m, size_t text, size_t original) {
  int rc = VK_OK;
  if (m->out->len == m->from) rc = vk_buf_byte(m->out, MAP_VERSION);
  if (rc == VK_OK) rc = put_number(m->out, text - m->text);
  if (rc == VK_OK) rc = put_number(m->out, original - m->original);
  m->text = text;
  m->original = original;
  return rc;
}


int vk_map_note (vk_map *m, size_t text, size_t end, size_t start) {
  size_t expected = m->original + (text - m->text);
  int rc = VK_OK;
  if (m->out == NULL || (end == expected && start == expected)) return VK_OK;
  if (end != start || end != expected) rc = put_break(m, text, end);
  return (rc == VK_OK && end != start) ? put_break(m, text, start) : rc;
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


/* A place in a map: the last break before or at an offset, and the step from there. */
typedef struct place { size_t text, from, text_step, from_step; } place;


/* Go to the last break at or before `offset`; with `first`, to the last one before it,
   or the first at it.  The step is the one to the next break, or without end. */
static int find_place (const void *map, size_t nmap, size_t offset, int first, place *at) {
  const uint8_t *p = map, *end;
  *at = (place){ 0, 0, SIZE_MAX, SIZE_MAX };
  if (nmap == 0) return VK_OK;
  end = p + nmap;
  if (*p++ != MAP_VERSION) return VK_ERR_INTEGRITY;
  while (p < end) {
    if (!get_number(&p, end, &at->text_step) || !get_number(&p, end, &at->from_step))
      return VK_ERR_INTEGRITY;
    if (offset - at->text < at->text_step) return VK_OK;
    at->text += at->text_step;
    at->from += at->from_step;
    at->text_step = at->from_step = SIZE_MAX;
    if (first && at->text == offset && offset > 0) return VK_OK;
  }
  return VK_OK;
}


static size_t original_at (const place *at, size_t start, size_t offset) {
  size_t step = offset - at->text;
  return start + at->from + (step < at->from_step ? step : at->from_step);
}


int vk_text_original_offset (const void *map, size_t nmap, size_t start, size_t offset,
                             size_t *original) {
  place at;
  int rc = find_place(map, nmap, offset, 0, &at);
  if (rc == VK_OK) *original = original_at(&at, start, offset);
  return rc;
}


int vk_text_original_stop (const void *map, size_t nmap, size_t start, size_t offset,
                           size_t *original) {
  place at;
  int rc = find_place(map, nmap, offset, 1, &at);
  if (rc == VK_OK) *original = original_at(&at, start, offset);
  return rc;
}
