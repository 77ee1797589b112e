/*
** A document's passages from Lua to the store.
*/

#include "ingest_lua.h"

#include <lauxlib.h>
#include <string.h>

#include "error_lua.h"
#include "ingest.h"
#include "lines_lua.h"
#include "object_lua.h"
#include "repair_lua.h"
#include "store_bind.h"
#include "store_lua.h"
#include "text_lua.h"

#define INGEST_T "vankien.ingest"

/* User values of an ingest: what it borrows. */
enum { TOKENIZER = 1, BYTES, PASSAGES, REPAIRS, BEFORE };

typedef struct Ingest {
  vk_ingest g;
  vk_ahead **ahead;       /* where it is queued, in the tokenizer; NULL: nothing is begun */
} Ingest;


/* An ingest that no job works on any more.  [-0, +0, v] */
static Ingest *check_ingest (lua_State *L, int index) {
  Ingest *i = luaL_checkudata(L, index, INGEST_T);
  if (i->ahead != NULL && *i->ahead != NULL) vk_ahead_wait(*i->ahead, &i->g.job);
  return i;
}


/* __gc and __close; the next ingest may still ask for the id behind the last passage */
static int l_ingest_close (lua_State *L) {
  Ingest *i = check_ingest(L, 1);
  vk_ingest_free(&i->g);
  i->ahead = NULL;
  return 0;
}


/* Push an ingest that holds nothing yet.  [-0, +1, m] */
static Ingest *push_ingest (lua_State *L) {
  Ingest *i = lua_newuserdatauv(L, sizeof(*i), BEFORE);
  memset(i, 0, sizeof(*i));
  i->g.job.run = vk_ingest_run;
  i->g.job.done = 1;
  luaL_setmetatable(L, INGEST_T);
  return i;
}


/* The id of the first passage: a number, or the ingest whose passages come before.  [-0, +0, v] */
static void set_first (lua_State *L, vk_ingest *g, int index) {
  Ingest *before = luaL_testudata(L, index, INGEST_T);
  if (before != NULL) g->before = &before->g;
  else g->next_id = luaL_checkinteger(L, index);
}


/*
** ingest(tokenizer, bytes, passages, document id, first id | ingest [, repairs [, in_parts]])
**   -> ingest
** The bytes are the original, or with repairs the repaired text.  Passages are made ahead; or
** part by part while they are written, and then nothing else may be begun before they are.
*/
int l_store_ingest (lua_State *L) {
  vk_ahead **ahead;
  vk_tokenizer *tk = vk_check_tokenizer_ahead(L, 1, &ahead);
  size_t n;
  const char *bytes = luaL_checklstring(L, 2, &n);
  const vk_passages *p = vk_check_passages(L, 3);
  lua_Integer document = luaL_checkinteger(L, 4);
  int in_parts = lua_toboolean(L, 7), value;
  Ingest *i;
  lua_settop(L, 6);
  i = push_ingest(L);
  i->g.moves = vk_check_moves(L, 6);
  set_first(L, &i->g, 5);
  i->g.tk = tk;
  i->g.original = bytes;
  i->g.n = n;
  i->g.passages = p;
  i->g.document = document;
  for (value = TOKENIZER; value <= BEFORE; value++) {
    static const int arguments[] = { 0, 1, 2, 3, 6, 5 };
    lua_pushvalue(L, arguments[value]);
    lua_setiuservalue(L, 7, value);
  }
  i->ahead = ahead;
  if (in_parts) vk_ahead_wait(*ahead, NULL);
  else vk_ahead_add(*ahead, &i->g.job);
  return 1;
}


static int raise_ingest (lua_State *L, const vk_ingest *g, vk_stmt *insert, int rc) {
  switch (g->part) {
    case VK_INGEST_CLEAN: return vk_raise_clean(L, rc, g->original, g->n, g->bad_at);
    case VK_INGEST_TOKENS:
      return vk_raise_tokens(L, rc, g->texts.data + g->bad_at, g->texts.len - g->bad_at);
    default: return vk_raise_store(L, vk_stmt_store(insert), rc);
  }
}


/* The bulk statement at 1, which takes rows and nothing else.  [-0, +0, v] */
static vk_stmt *check_insert (lua_State *L, const char *rows) {
  vk_stmt *q = vk_check_bulk(L, 1);
  if (vk_store_is_open(vk_stmt_store(q)) && vk_stmt_params(q) != 1)
    vk_raise(L, VK_ERR_USAGE, "this statement does not insert %s", rows);
  luaL_checkstack(L, 8, rows);
  return q;
}


/* Hand what the trace queued to its function.  [-0, +0, e] */
static void drain (lua_State *L, vk_store *s) {
  size_t len;
  vk_store_traced(s, &len);
  if (len == 0) return;
  lua_getiuservalue(L, 1, 1);
  vk_drain_trace(L, lua_absindex(L, -1));
  lua_pop(L, 1);
}


/*
** bulk:passages(ingest) -> rows, counts of what cleaning did
** The statement inserts into `passages` what `incoming` gives: every column in order,
** the hash last.  The id may be left out: it must come out as the one that was hashed.
*/
int l_bulk_passages (lua_State *L) {
  vk_stmt *q = check_insert(L, "passages");
  Ingest *i = check_ingest(L, 2);
  int rc;
  if (i->ahead == NULL) return vk_raise(L, VK_ERR_USAGE, "the ingest is closed");
  rc = vk_ingest_passages(&i->g, q);
  if (rc < 0) return raise_ingest(L, &i->g, q, rc);
  if (i->g.ordinal > 0 && vk_store_last_rowid(vk_stmt_store(q)) != i->g.next_id - 1)
    return vk_raise(L, VK_ERR_INTERNAL, "passages are not numbered as they were hashed");
  drain(L, vk_stmt_store(q));
  lua_pushnil(L);       /* or all documents of a transaction would hang on each other */
  lua_setiuservalue(L, 2, BEFORE);
  lua_pushinteger(L, (lua_Integer)i->g.ordinal);
  vk_push_counts(L, &i->g.counts);
  return 2;
}


/* bulk:types(ingest) -> id of the last type, or nil: the document's new types are written */
int l_bulk_types (lua_State *L) {
  vk_stmt *q = check_insert(L, "types");
  Ingest *i = check_ingest(L, 2);
  uint32_t last = 0;
  int rc = vk_ingest_types(&i->g, q, &last);
  if (rc < 0) return vk_raise_store(L, vk_stmt_store(q), rc);
  drain(L, vk_stmt_store(q));
  if (last == 0) return 0;
  lua_pushinteger(L, last);
  return 1;
}


static void push_buf (lua_State *L, const vk_buf *b) {
  lua_pushlstring(L, (b->len > 0) ? b->data : "", b->len);
}


/* units() -> token units, syllables, sentences; once the passages are written */
static int l_ingest_units (lua_State *L) {
  const Ingest *i = check_ingest(L, 1);
  push_buf(L, &i->g.units);
  lua_pushinteger(L, (lua_Integer)i->g.size.syllables);
  lua_pushinteger(L, (lua_Integer)i->g.size.sentences);
  return 3;
}


/* shingles() -> as corpus.shingles of the units */
static int l_ingest_shingles (lua_State *L) {
  push_buf(L, &check_ingest(L, 1)->g.shingles);
  return 1;
}


void vk_open_ingest (lua_State *L) {
  static const luaL_Reg methods[] = {
    { "units", l_ingest_units }, { "shingles", l_ingest_shingles }, { "close", l_ingest_close },
    { NULL, NULL }
  };
  vk_new_type(L, INGEST_T, methods, l_ingest_close);
  lua_pop(L, 1);
}
