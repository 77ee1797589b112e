/*
** What every plain C module of the host shares: status codes and a growing
** byte buffer.  Knows nothing of Lua or SQLite.
*/

#ifndef vk_h
#define vk_h

#include <stddef.h>

#define VK_VERSION "0.1.0"

/*
** Functions return 0 or a positive value when good and one of the negative
** values when not.  Each negative value has one error code in Lua.
*/
enum vk_status {
  VK_OK = 0,
  VK_ROW = 1,             /* a statement stands on a row */
  VK_STOP = 2,            /* a callback asks to stop; not an error */
  VK_ERR_NOMEM = -1,
  VK_ERR_USAGE = -2,
  VK_ERR_BAD_INPUT = -3,
  VK_ERR_NOT_FOUND = -4,
  VK_ERR_AMBIGUOUS = -5,
  VK_ERR_UNKNOWN_NAME = -6,
  VK_ERR_REFUSED = -7,
  VK_ERR_INTEGRITY = -8,
  VK_ERR_IO = -9,
  VK_ERR_FULL = -10,
  VK_ERR_BUSY = -11,
  VK_ERR_INTERRUPTED = -12,
  VK_ERR_INTERNAL = -13
};

/* The error code of a negative status: "nomem", "usage", …  Borrowed, static. */
const char *vk_status_code (int status);

/*
** A byte buffer.  Starts as {0}; `data` is owned by the buffer until
** vk_buf_free.  Not terminated by a zero.
*/
typedef struct vk_buf {
  char *data;
  size_t len;
  size_t cap;
} vk_buf;

/* Make room for `more` bytes after `len`.  VK_OK or VK_ERR_NOMEM. */
int vk_buf_reserve (vk_buf *b, size_t more);

/* Append bytes.  VK_OK or VK_ERR_NOMEM, and then the buffer is unchanged. */
int vk_buf_append (vk_buf *b, const void *bytes, size_t len);

/* Append one byte. */
int vk_buf_byte (vk_buf *b, char c);

/* Give the memory back; the buffer is empty and usable again. */
void vk_buf_free (vk_buf *b);

#endif
