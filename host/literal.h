/*
** A reader for the first statement of a recipe: `recipe{ … }` with Lua's literals
** only.  It reads a file without running it, so that listing a thousand files of
** strangers costs a look at each and trusts none.  Bounded in size, depth and count.
*/

#ifndef vk_literal_h
#define vk_literal_h

#include <stddef.h>
#include <stdint.h>

#include "vk.h"

#define VK_LITERAL_BYTES (1u << 20)     /* of the whole file */
#define VK_LITERAL_DEPTH 12             /* tables in tables */
#define VK_LITERAL_NODES 20000          /* values and keys */
#define VK_LITERAL_KEY 64               /* bytes of a key */
#define VK_LITERAL_DIGITS 200           /* bytes of a number, as in Lua */

enum vk_literal_kind {
  VK_LITERAL_NIL, VK_LITERAL_FALSE, VK_LITERAL_TRUE, VK_LITERAL_NUMBER, VK_LITERAL_STRING,
  VK_LITERAL_TABLE,             /* its fields follow, up to its end */
  VK_LITERAL_END
};

/* A value; in a table with keys the key comes before it. */
typedef struct vk_literal_node {
  uint8_t kind;
  uint8_t is_key;
  uint8_t is_negative;          /* of a number */
  uint32_t line;                /* on which it begins, from 1 */
  size_t at, n;                 /* a string, or a number as it is written, in `texts` */
} vk_literal_node;

typedef struct vk_literal {
  vk_literal_node *nodes;
  size_t n, cap;
  vk_buf texts;                 /* a zero byte follows each */
  size_t end;                   /* the first byte behind the statement */
} vk_literal;

/* What is wrong, and at which byte.  The texts are static. */
typedef struct vk_literal_error {
  size_t at;
  const char *cause, *hint;     /* the hint may be NULL */
} vk_literal_error;

/*
** Read the statement at the start of a file, behind a byte order mark, a line that
** begins with # and comments.  `out` starts as {0}; free it either way.
** VK_OK, VK_ERR_NOMEM, or VK_ERR_BAD_INPUT with the error filled in.
*/
int vk_literal_read (const char *s, size_t n, vk_literal *out, vk_literal_error *error);

void vk_literal_free (vk_literal *l);

/* Line and column (in characters) of a byte, from 1. */
void vk_literal_place (const char *s, size_t at, uint32_t *line, uint32_t *column);

#endif
