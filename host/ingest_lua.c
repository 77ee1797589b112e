/*
** A document's passages from Lua to the store, in one call.
*/

#include "ingest_lua.h"

#include <lauxlib.h>
#include <string.h>

#include "error_lua.h"
#include "ingest.h"
#include "lines_lua.h"
#include "repair_lua.h"
#include "store_bind.h"
#include "store_lua.h"
#include "text_lua.h"

#define INGEST_T "vankien.ingest"


static int ingest_gc (lua_State *L) {
  vk_ingest_free(luaL_checkudata(L, 1, INGEST_T));
  return 0;
}


/* Push an ingest that holds nothing yet.  [-0, +1, m] */
static vk_ingest *push_ingest (lua_State *L) {
  vk_ingest *g = lua_newuserdatauv(L, sizeof(*g), 0);
  memset(g, 0, sizeof(*g));
  if (luaL_newmetatable(L, INGEST_T)) {
    lua_pushcfunction(L, ingest_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return g;
}


static int raise_ingest (lua_State *L, const vk_ingest *g, int rc) {
  switch (g->part) {
    case VK_INGEST_CLEAN: return vk_raise_clean(L, rc, g->original, g->n, g->bad_at);
    case VK_INGEST_TOKENS:
      return vk_raise_tokens(L, rc, (g->text.len > 0) ? g->text.data : "", g->text.len);
    default: return vk_raise_store(L, vk_stmt_store(g->insert), rc);
  }
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
** bulk:passages(tokenizer, bytes, passages, document id, first id [, repairs])
**   -> rows, counts of what cleaning did
** The bytes are the original, or with repairs the repaired text.
** The statement inserts into `passages` what `incoming` gives: every column in order,
** the hash last.
*/
int l_bulk_passages (lua_State *L) {
  vk_stmt *q = vk_check_bulk(L, 1);
  vk_tokenizer *tk = vk_check_tokenizer(L, 2);
  size_t n;
  const char *bytes = luaL_checklstring(L, 3, &n);
  const vk_passages *p = vk_check_passages(L, 4);
  lua_Integer document = luaL_checkinteger(L, 5), id = luaL_checkinteger(L, 6);
  vk_moves moves = vk_check_moves(L, 7);
  vk_ingest *g;
  int rc;
  if (vk_store_is_open(vk_stmt_store(q)) && vk_stmt_params(q) != 1)
    return vk_raise(L, VK_ERR_USAGE, "this statement does not insert passages");
  luaL_checkstack(L, 8, "passages");
  g = push_ingest(L);
  g->insert = q;
  g->tk = tk;
  g->original = bytes;
  g->n = n;
  g->moves = moves;
  g->document = document;
  g->next_id = id;
  rc = vk_ingest_passages(g, p);
  if (rc < 0) return raise_ingest(L, g, rc);
  drain(L, vk_stmt_store(q));
  lua_pushinteger(L, (lua_Integer)g->ordinal);
  vk_push_counts(L, &g->counts);
  vk_ingest_free(g);
  return 2;
}


/* bulk:types(tokenizer) -> the next id: the tokenizer's new types are written */
int l_bulk_types (lua_State *L) {
  vk_stmt *q = vk_check_bulk(L, 1);
  vk_tokenizer *tk = vk_check_tokenizer(L, 2);
  int rc;
  if (vk_store_is_open(vk_stmt_store(q)) && vk_stmt_params(q) != 1)
    return vk_raise(L, VK_ERR_USAGE, "this statement does not insert types");
  luaL_checkstack(L, 8, "types");
  rc = vk_ingest_types(q, tk);
  if (rc < 0) return vk_raise_store(L, vk_stmt_store(q), rc);
  drain(L, vk_stmt_store(q));
  lua_pushinteger(L, vk_tokenizer_next_id(tk));
  return 1;
}
