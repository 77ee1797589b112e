/*
** A read transaction held over a run of look-ups: without it each would lock the
** store, look whether it changed, and unlock, which takes longer than the look-up.
**
** Held for a moment only.  A statement that waits on its first row keeps it; it ends
** before anything else happens on the connection, so that every other query and every
** transaction sees what others have written, and after HOLD_MS at the next look-up.
** A program that falls silent meanwhile keeps others from nothing but emptying the
** write-ahead log.
*/

#include <time.h>

#include "store_internal.h"

#define HOLD_MS 10


/* Good to some 4 ms, and far cheaper than an exact clock. */
static int64_t now_ms (void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}


void vk_store_let_go (vk_store *s) {
  if (s->held <= 0) return;
  s->held = 0;
  sqlite3_reset(s->holder);
}


/* Not being able to hold is no error: the look-up itself says what is wrong. */
int vk_store_hold (vk_store *s) {
  int64_t now = now_ms();
  if (s->db == NULL) return vk_store_say(s, VK_ERR_USAGE, "the store is closed", NULL);
  if (s->held < 0 || (s->held && now - s->held_since < HOLD_MS)) return VK_OK;
  vk_store_let_go(s);
  if (!sqlite3_get_autocommit(s->db)) return VK_OK;
  if (s->holder == NULL)
    sqlite3_prepare_v3(s->db, "SELECT 1 FROM sqlite_schema", -1, SQLITE_PREPARE_PERSISTENT,
                       &s->holder, NULL);
  if (s->holder == NULL) {
    s->held = -1;
    return VK_OK;
  }
  s->held = (sqlite3_step(s->holder) == SQLITE_ROW);
  s->held_since = now;
  if (!s->held) sqlite3_reset(s->holder);
  return VK_OK;
}


void vk_store_end_hold (vk_store *s) {
  s->held = 0;
  sqlite3_finalize(s->holder);
  s->holder = NULL;
}
