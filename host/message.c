/*
** Reading and writing messages.
*/

#include "message.h"

#include <string.h>

static const char magic[4] = { 'V', 'K', 'm', '1' };


static uint64_t get_u64 (const uint8_t *p, int bytes) {
  uint64_t v = 0;
  int i;
  for (i = bytes - 1; i >= 0; i--) v = v << 8 | p[i];
  return v;
}


static void set_u64 (char *p, uint64_t v, int bytes) {
  int i;
  for (i = 0; i < bytes; i++, v >>= 8) p[i] = (char)(v & 0xff);
}


static int wrong (vk_message_reader *r, const char *problem) {
  r->problem = problem;
  r->at = r->stop;
  return VK_ERR_BAD_INPUT;
}


int vk_message_open (vk_message_reader *r, const void *bytes, size_t len,
                     const vk_message_limits *limits) {
  memset(r, 0, sizeof(*r));
  r->limits = *limits;
  if (limits->depth > VK_MESSAGE_DEPTH) r->limits.depth = VK_MESSAGE_DEPTH;
  if (len > limits->bytes) return wrong(r, "it is too long");
  if (len < VK_MESSAGE_HEADER) return wrong(r, "it is cut short");
  if (memcmp(bytes, magic, sizeof(magic)) != 0) return wrong(r, "it is no message");
  r->start = bytes;
  r->stop = r->start + len;
  r->at = r->start + VK_MESSAGE_HEADER;
  if (get_u64(r->start + 4, 8) != len - VK_MESSAGE_HEADER)
    return wrong(r, "it is not as long as it says");
  return VK_OK;
}


static size_t remaining (const vk_message_reader *r) {
  return (size_t)(r->stop - r->at);
}


/* Take a number of `bytes` bytes; 0 when there are fewer. */
static int take_u64 (vk_message_reader *r, int bytes, uint64_t *v) {
  if (remaining(r) < (size_t)bytes) return 0;
  *v = get_u64(r->at, bytes);
  r->at += bytes;
  return 1;
}


static int take_text (vk_message_reader *r, vk_message_item *item) {
  uint64_t len;
  if (!take_u64(r, 4, &len) || len > remaining(r)) return wrong(r, "a text is cut short");
  item->type = VK_MESSAGE_STRING;
  item->text = (const char *)r->at;
  item->len = (size_t)len;
  r->at += len;
  return VK_ROW;
}


/* Each member has one byte at least, so a count beyond what is left is a lie. */
static int take_head (vk_message_reader *r, vk_message_item *item, int is_map) {
  uint64_t n;
  if (!take_u64(r, 4, &n) || n > remaining(r) / (is_map ? 2 : 1))
    return wrong(r, is_map ? "a map is cut short" : "a list is cut short");
  if (r->depth == r->limits.depth) return wrong(r, "it is too deep");
  item->type = is_map ? VK_MESSAGE_MAP : VK_MESSAGE_LIST;
  item->len = (size_t)n;
  r->left[r->depth] = is_map ? 2 * n : n;
  r->is_map[r->depth++] = (uint8_t)is_map;
  return VK_ROW;
}


static int take_number (vk_message_reader *r, vk_message_item *item, int is_float) {
  uint64_t bits;
  if (!take_u64(r, 8, &bits)) return wrong(r, "a number is cut short");
  item->type = is_float ? VK_MESSAGE_FLOAT : VK_MESSAGE_INTEGER;
  if (is_float) memcpy(&item->number, &bits, sizeof(bits));
  else memcpy(&item->integer, &bits, sizeof(bits));
  return VK_ROW;
}


static int take_value (vk_message_reader *r, vk_message_item *item) {
  memset(item, 0, sizeof(*item));
  switch (*r->at++) {
    case 'n': item->type = VK_MESSAGE_NIL; return VK_ROW;
    case 't': item->integer = 1;  /* FALLTHROUGH */
    case 'f': item->type = VK_MESSAGE_BOOLEAN; return VK_ROW;
    case 'i': return take_number(r, item, 0);
    case 'd': return take_number(r, item, 1);
    case 's': return take_text(r, item);
    case 'l': return take_head(r, item, 0);
    case 'm': return take_head(r, item, 1);
    default: return wrong(r, "there is a value of no known kind");
  }
}


/* Is the next value a key?  Counts it as one of the list or map it stands in. */
static int enter (vk_message_reader *r) {
  int inside = r->depth - 1;
  if (inside < 0) return 0;
  r->left[inside]--;
  return r->is_map[inside] && r->left[inside] % 2 == 1;
}


int vk_message_next (vk_message_reader *r, vk_message_item *item) {
  int is_key;
  while (r->depth > 0 && r->left[r->depth - 1] == 0) r->depth--;
  if (r->depth == 0 && r->nodes > 0)
    return r->at == r->stop ? VK_OK : wrong(r, "there is more behind its value");
  if (r->at == r->stop) return wrong(r, "it is cut short");
  if (++r->nodes > r->limits.nodes) return wrong(r, "it has too many values");
  is_key = enter(r);
  if (is_key && memchr("nlm", *r->at, 3) != NULL) return wrong(r, "a key is no plain value");
  return take_value(r, item);
}


int vk_message_begin (vk_message_writer *w, vk_buf *out, const vk_message_limits *limits) {
  char head[VK_MESSAGE_HEADER] = { 0 };
  memcpy(head, magic, sizeof(magic));
  w->out = out;
  w->start = out->len;
  w->limits = *limits;
  w->nodes = 0;
  return vk_buf_append(out, head, sizeof(head));
}


/* The tag and what belongs to it; the bytes of a text come after. */
static size_t encode_head (const vk_message_item *item, char head[9]) {
  uint64_t bits = (uint64_t)item->integer;
  switch (item->type) {
    case VK_MESSAGE_NIL: head[0] = 'n'; return 1;
    case VK_MESSAGE_BOOLEAN: head[0] = item->integer ? 't' : 'f'; return 1;
    case VK_MESSAGE_FLOAT: memcpy(&bits, &item->number, sizeof(bits));  /* FALLTHROUGH */
    case VK_MESSAGE_INTEGER:
      head[0] = (item->type == VK_MESSAGE_FLOAT) ? 'd' : 'i';
      set_u64(head + 1, bits, 8);
      return 9;
    case VK_MESSAGE_STRING: head[0] = 's'; break;
    case VK_MESSAGE_LIST: head[0] = 'l'; break;
    case VK_MESSAGE_MAP: head[0] = 'm'; break;
  }
  set_u64(head + 1, item->len, 4);
  return 5;
}


int vk_message_put (vk_message_writer *w, const vk_message_item *item) {
  char head[9];
  size_t text = (item->type == VK_MESSAGE_STRING) ? item->len : 0, used = w->out->len - w->start;
  size_t n = encode_head(item, head);
  int rc;
  if (item->len > UINT32_MAX || ++w->nodes > w->limits.nodes) return VK_ERR_FULL;
  if (used + n > w->limits.bytes || text > w->limits.bytes - used - n) return VK_ERR_FULL;
  rc = vk_buf_append(w->out, head, n);
  if (rc == VK_OK && text > 0) rc = vk_buf_append(w->out, item->text, text);
  return rc;
}


void vk_message_finish (vk_message_writer *w) {
  set_u64(w->out->data + w->start + 4, w->out->len - w->start - VK_MESSAGE_HEADER, 8);
}
