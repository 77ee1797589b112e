/*
** A value as bytes, between a recipe's process and ours: nil, booleans, integers, floats, strings,
** lists and maps.  What is read is hostile: no length is trusted, nothing is sized by it, and
** depth, members and bytes have limits.  Knows nothing of Lua.
**
**   message = "VKm1", length of the value in bytes (u64), value
**   value   = "n" | "f" | "t" | "i" i64 | "d" f64 | "s" u32 bytes
**           | "l" u32 value… | "m" u32 (key value)…
**   key     = a value that is no nil, list or map        numbers are little-endian
*/

#ifndef vk_message_h
#define vk_message_h

#include <stddef.h>
#include <stdint.h>

#include "vk.h"

#define VK_MESSAGE_HEADER 12    /* bytes before the value */
#define VK_MESSAGE_DEPTH 100    /* lists and maps inside each other, at most */

enum vk_message_type {
  VK_MESSAGE_NIL, VK_MESSAGE_BOOLEAN, VK_MESSAGE_INTEGER, VK_MESSAGE_FLOAT, VK_MESSAGE_STRING,
  VK_MESSAGE_LIST, VK_MESSAGE_MAP
};

typedef struct vk_message_limits {
  size_t bytes;           /* of the whole message */
  size_t nodes;           /* values in it, keys too */
  int depth;              /* VK_MESSAGE_DEPTH or less */
} vk_message_limits;

typedef struct vk_message_item {
  enum vk_message_type type;
  int64_t integer;        /* a boolean: 0 or 1 */
  double number;
  const char *text;       /* borrowed from the message */
  size_t len;             /* bytes of the text, members of the list, pairs of the map */
} vk_message_item;

typedef struct vk_message_reader {
  const uint8_t *start, *at, *stop;
  vk_message_limits limits;
  size_t nodes;
  int depth;              /* open lists and maps */
  uint64_t left[VK_MESSAGE_DEPTH];      /* values still to come in each */
  uint8_t is_map[VK_MESSAGE_DEPTH];
  const char *problem;    /* what was wrong, in words; static */
} vk_message_reader;

typedef struct vk_message_writer {
  vk_buf *out;            /* borrowed */
  size_t start;           /* where in `out` the message begins */
  vk_message_limits limits;
  size_t nodes;
} vk_message_writer;

/* The whole of `bytes` is to be one message; borrowed until the last item.  VK_OK or
   VK_ERR_BAD_INPUT. */
int vk_message_open (vk_message_reader *r, const void *bytes, size_t len,
                     const vk_message_limits *limits);

/* The next value in the order of the bytes: VK_ROW; VK_OK: the message is read to its end;
   VK_ERR_BAD_INPUT with r->problem, and then nothing more is to be read. */
int vk_message_next (vk_message_reader *r, vk_message_item *item);

/* Begin a message at the end of `out`.  VK_OK or VK_ERR_NOMEM. */
int vk_message_begin (vk_message_writer *w, vk_buf *out, const vk_message_limits *limits);

/* Append a value; of a list or map only its head: its members follow.  VK_OK, VK_ERR_FULL beyond
   the limits of bytes or nodes, VK_ERR_NOMEM. */
int vk_message_put (vk_message_writer *w, const vk_message_item *item);

/* Write the length into the head. */
void vk_message_finish (vk_message_writer *w);

#endif
