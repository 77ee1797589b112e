/*
** Strings and numbers of the literal reader.  Private to host/literal*.c.
*/

#ifndef vk_literal_text_h
#define vk_literal_text_h

#include "literal.h"

typedef struct vk_reader {
  const char *s;
  size_t n, at;
  uint32_t line;
  vk_literal *out;
  vk_literal_error *error;
} vk_reader;

/* Note what is wrong at a byte; VK_ERR_BAD_INPUT. */
int vk_literal_wrong (vk_reader *r, size_t at, const char *cause, const char *hint);

/* The byte so far ahead, or -1 behind the end. */
static inline int vk_literal_peek (const vk_reader *r, size_t ahead) {
  return (r->n - r->at > ahead) ? (unsigned char)r->s[r->at + ahead] : -1;
}

/* Over one line end: LF, CR, or both in either order. */
void vk_literal_newline (vk_reader *r);

/* At the [ of a long bracket: goes behind it, and gives the number of its = signs.
   -1: none begins here, and the reader stays. */
int vk_literal_long_level (vk_reader *r);

/* Behind a long bracket that began at `from`: its text into `node`, or (NULL) nowhere. */
int vk_literal_long (vk_reader *r, size_t from, int level, vk_literal_node *node);

/* A string in quotes; a number, which is left as it is written. */
int vk_literal_quoted (vk_reader *r, vk_literal_node *node);
int vk_literal_number (vk_reader *r, vk_literal_node *node);

#endif
