/*
** A row of a query packed into one piece of memory: a word a column, and the bytes
** behind the words.  Cheap to make while a statement moves on, and read field by
** field when somebody asks.
*/

#ifndef vk_record_h
#define vk_record_h

#include <stddef.h>
#include <stdint.h>

#include "store.h"

/* length in bytes * 8 + enum vk_type; the bytes of all columns follow in their order */
typedef uint32_t vk_word;

typedef struct vk_field {
  enum vk_type type;
  size_t len;
  const char *bytes;    /* borrowed, as long as the record; numbers are not aligned */
} vk_field;

/*
** Pack the row of `n` columns that `q` stands on at `to`, which is aligned for a
** vk_word.  *size: bytes taken; or VK_STOP when there is too little room, and then
** the least that is needed, and nothing useful stands at `to`.
*/
int vk_stmt_pack (vk_stmt *q, int n, void *to, size_t room, size_t *size);

/* The same of fields that stand anywhere. */
int vk_record_pack (const vk_field *fields, int n, void *to, size_t room, size_t *size);

/* Field `i` of `n`, from 0. */
vk_field vk_record_field (const vk_word *record, int n, int i);

int64_t vk_field_integer (const vk_field *f);
double vk_field_real (const vk_field *f);

#endif
