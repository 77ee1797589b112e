/*
** SQL functions of every connection.  All are deterministic and innocuous: they
** read their arguments and nothing else.  None calls Lua.
*/

#include "digest.h"
#include "rowhash.h"
#include "store_internal.h"


static void put_value (vk_digest *c, sqlite3_value *v) {
  switch (sqlite3_value_type(v)) {
    case SQLITE_INTEGER: vk_rowhash_int(c, sqlite3_value_int64(v)); break;
    case SQLITE_FLOAT:
      vk_rowhash_real(c, sqlite3_value_double(v));
      break;
    case SQLITE_TEXT: {
      const void *p = sqlite3_value_text(v);
      vk_rowhash_text(c, p, (size_t)sqlite3_value_bytes(v));
      break;
    }
    case SQLITE_BLOB: {
      const void *p = sqlite3_value_blob(v);
      vk_rowhash_blob(c, p, (size_t)sqlite3_value_bytes(v));
      break;
    }
    default: vk_rowhash_null(c); break;
  }
}


/* rowhash(table_name, v1, v2, …) -> 32 bytes */
static void f_rowhash (sqlite3_context *x, int n, sqlite3_value **v) {
  uint8_t digest[VK_DIGEST_BYTES];
  vk_digest c;
  int i;
  vk_digest_init(&c);
  for (i = 0; i < n; i++) put_value(&c, v[i]);
  vk_digest_final(&c, digest);
  sqlite3_result_blob(x, digest, sizeof(digest), SQLITE_TRANSIENT);
}


void vk_store_sha256 (const void *p, size_t len, char hex[65]) {
  static const char digits[] = "0123456789abcdef";
  uint8_t digest[VK_DIGEST_BYTES];
  vk_digest c;
  int i;
  vk_digest_init(&c);
  if (len > 0) vk_digest_add(&c, p, len);
  vk_digest_final(&c, digest);
  for (i = 0; i < VK_DIGEST_BYTES; i++) {
    hex[2 * i] = digits[digest[i] >> 4];
    hex[2 * i + 1] = digits[digest[i] & 15];
  }
  hex[64] = '\0';
}


/* sha256(text or blob) -> 64 hexadecimal digits; NULL gives NULL */
static void f_sha256 (sqlite3_context *x, int n, sqlite3_value **v) {
  char hex[65];
  const void *p;
  (void)n;
  if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
  p = sqlite3_value_blob(v[0]);
  vk_store_sha256(p, (size_t)sqlite3_value_bytes(v[0]), hex);
  sqlite3_result_text(x, hex, 64, SQLITE_TRANSIENT);
}


int vk_store_register (sqlite3 *db) {
  static const struct {
    const char *name;
    int args;
    void (*f) (sqlite3_context *, int, sqlite3_value **);
  } functions[] = {
    { "rowhash", -1, f_rowhash },
    { "sha256", 1, f_sha256 },
  };
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  size_t i;
  int rc = SQLITE_OK;
  for (i = 0; rc == SQLITE_OK && i < sizeof(functions) / sizeof(functions[0]); i++) {
    rc = sqlite3_create_function_v2(db, functions[i].name, functions[i].args, flags, NULL,
                                    functions[i].f, NULL, NULL, NULL);
  }
  return (rc == SQLITE_OK) ? vk_store_register_rows(db) : rc;
}
