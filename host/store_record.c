/*
** Packing the row that a statement stands on, and reading packed rows.
*/

#include <stdlib.h>
#include <string.h>

#include "record.h"
#include "store_internal.h"

#define LONGEST (UINT32_MAX >> 3)    /* bytes of one value */
#define ALIGN(n) (((n) + sizeof(vk_word) - 1) & ~(sizeof(vk_word) - 1))


/*
** The values of the row.  SQLite keeps the columns of a row in one array of registers,
** so they stand where they stood as long as the first of them does; to ask for each in
** each row takes as long as to copy it.  NULL: no memory.
*/
static sqlite3_value **values_of (vk_stmt *q, int n) {
  sqlite3_value *first = sqlite3_column_value(q->h, 0);
  int i;
  if (q->values == NULL) q->values = calloc((size_t)n, sizeof(q->values[0]));
  if (q->values == NULL || q->values[0] == first) return q->values;
  for (i = 0; i < n; i++) q->values[i] = sqlite3_column_value(q->h, i);
  return q->values;
}


/* Where to copy a number, text or blob from.  NULL: no memory for it. */
static const void *bytes_of (sqlite3_value *v, enum vk_type type, int64_t *number, size_t *len) {
  double real;
  if (type == VK_TEXT || type == VK_BLOB) {
    const void *p = (type == VK_TEXT) ? (const void *)sqlite3_value_text(v)
                                      : sqlite3_value_blob(v);
    *len = (size_t)sqlite3_value_bytes(v);
    return (p == NULL && type == VK_BLOB && *len == 0) ? "" : p;
  }
  *len = sizeof(*number);
  *number = sqlite3_value_int64(v);
  if (type == VK_REAL) {
    real = sqlite3_value_double(v);
    memcpy(number, &real, sizeof(real));
  }
  return number;
}


static int no_memory (vk_stmt *q) {
  return vk_store_say(q->store, VK_ERR_NOMEM, "not enough memory", NULL);
}


int vk_stmt_pack (vk_stmt *q, int n, void *to, size_t room, size_t *size) {
  static const uint8_t types[] = {   /* by SQLite's number of a type */
    [SQLITE_INTEGER] = VK_INTEGER, [SQLITE_FLOAT] = VK_REAL, [SQLITE_TEXT] = VK_TEXT,
    [SQLITE_BLOB] = VK_BLOB, [SQLITE_NULL] = VK_NULL
  };
  sqlite3_value **value;
  vk_word *word = to;
  size_t at = (size_t)n * sizeof(*word), len;
  int64_t number;
  int i;
  if (q->h == NULL || sqlite3_data_count(q->h) != n)
    return vk_store_say(q->store, VK_ERR_INTERNAL, "the statement stands on no such row", NULL);
  *size = at;
  if (at > room) return VK_STOP;
  value = values_of(q, n);
  if (value == NULL) return no_memory(q);
  for (i = 0; i < n; i++) {
    enum vk_type type = types[sqlite3_value_type(value[i])];
    const void *p;
    word[i] = type;
    if (type == VK_NULL) continue;
    p = bytes_of(value[i], type, &number, &len);
    if (p == NULL || len > LONGEST) return no_memory(q);
    word[i] |= (vk_word)len << 3;
    if (at + len <= room) memcpy((char *)to + at, p, len);
    at += len;
  }
  *size = ALIGN(at);
  return (*size <= room) ? VK_OK : VK_STOP;
}


int vk_record_pack (const vk_field *fields, int n, void *to, size_t room, size_t *size) {
  vk_word *word = to;
  size_t at = (size_t)n * sizeof(*word);
  int i;
  for (i = 0; i < n; i++) {
    size_t len = (fields[i].type == VK_NULL) ? 0 : fields[i].len;
    if (len > LONGEST) return VK_ERR_NOMEM;
    if (at + len <= room) {
      word[i] = (vk_word)len << 3 | fields[i].type;
      if (len > 0) memcpy((char *)to + at, fields[i].bytes, len);
    }
    at += len;
  }
  *size = ALIGN(at);
  return (*size <= room) ? VK_OK : VK_STOP;
}


vk_field vk_record_field (const vk_word *record, int n, int i) {
  vk_field f;
  int before;
  f.bytes = (const char *)(record + n);
  for (before = 0; before < i; before++) f.bytes += record[before] >> 3;
  f.type = (enum vk_type)(record[i] & 7);
  f.len = record[i] >> 3;
  return f;
}


int64_t vk_field_integer (const vk_field *f) {
  int64_t v;
  memcpy(&v, f->bytes, sizeof(v));
  return v;
}


double vk_field_real (const vk_field *f) {
  double v;
  memcpy(&v, f->bytes, sizeof(v));
  return v;
}
