/*
** The connection's method `lines`: hits of a scan to late rows.
*/

#include "evidence_lua.h"

#include <lauxlib.h>
#include <string.h>

#include "error_lua.h"
#include "evidence.h"
#include "interrupt.h"
#include "late_lua.h"
#include "store_bind.h"
#include "store_lua.h"

#define LINES_T "vankien.evidence"
#define PER_HIT 7               /* numbers of a hit, as conn:scan gives them */

typedef struct Lines {
  vk_evidence evidence;
  vk_batch *batch;
} Lines;

/* Where the arguments stand. */
enum { CONN = 1, OPTIONS, HITS, PLACES, PHRASES, PERIODS, LINES };


static int l_lines_gc (lua_State *L) {
  vk_evidence_free(&((Lines *)lua_touserdata(L, 1))->evidence);
  return 0;
}


/* Push what makes the rows of the shape in the options.  [-0, +1, e] */
static Lines *push_lines (lua_State *L) {
  Lines *x = lua_newuserdatauv(L, sizeof(*x), VK_ROWS_USED);
  lua_Integer around;
  memset(x, 0, sizeof(*x));
  luaL_setmetatable(L, LINES_T);
  lua_getfield(L, OPTIONS, "shape");
  luaL_argcheck(L, vk_check_shape(L, -1) == VK_LINE_COLUMNS, OPTIONS, "not the shape of a line");
  lua_setiuservalue(L, -2, VK_ROWS_SHAPE);
  x->evidence.sentence = lua_getfield(L, OPTIONS, "around") == LUA_TNIL;
  around = luaL_optinteger(L, -1, 0);
  luaL_argcheck(L, around >= 0, OPTIONS, "around is no number of tokens");
  x->evidence.around = (size_t)around;
  lua_pop(L, 1);
  return x;
}


/* Prepare the SQL in a field of the options; NULL where there is none.  The cursor stays on
   the stack and is closed with it.  [-0, +2, e] */
static vk_stmt *prepare (lua_State *L, const char *name, int params, int columns) {
  vk_stmt *q;
  int i;
  if (lua_getfield(L, OPTIONS, name) == LUA_TNIL) return lua_pushnil(L), NULL;
  lua_createtable(L, params, 0);
  for (i = 1; i <= params; i++) {
    lua_pushinteger(L, 0);
    lua_rawseti(L, -2, i);
  }
  q = vk_push_query(L, CONN, lua_gettop(L) - 1, lua_gettop(L));
  lua_replace(L, -2);
  lua_toclose(L, -1);
  if (vk_stmt_columns(q) != columns)
    vk_raise(L, VK_ERR_USAGE, "lines: the query \"%s\" must give %d columns", name, columns);
  return q;
}


/* A number of the list at `list`; 0 where it has none.  [-0, +0, -] */
static size_t number_at (lua_State *L, int list, lua_Integer i) {
  lua_Integer v;
  lua_rawgeti(L, list, i);
  v = lua_tointeger(L, -1);
  lua_pop(L, 1);
  return (v > 0) ? (size_t)v : 0;
}


static vk_hit hit_at (lua_State *L, lua_Integer i) {
  const lua_Integer at = PER_HIT * i + 1;
  vk_hit hit = {
    .document = (int64_t)number_at(L, HITS, at), .unit = number_at(L, HITS, at + 1),
    .units = number_at(L, HITS, at + 2), .phrase = (uint32_t)number_at(L, HITS, at + 3),
    .kind = (enum vk_hit_kind)number_at(L, HITS, at + 4),
    .container = (uint32_t)number_at(L, HITS, at + 5),
    .group = (uint32_t)number_at(L, HITS, at + 6),
    .passage = number_at(L, PLACES, 2 * i + 1), .first = number_at(L, PLACES, 2 * i + 2)
  };
  return hit;
}


/* The string with that number in a list, which keeps it; NULL where it has none. */
static vk_field name_at (lua_State *L, int list, uint32_t i) {
  vk_field f = { VK_NULL, 0, NULL };
  lua_rawgeti(L, list, (lua_Integer)i);
  if (lua_type(L, -1) == LUA_TSTRING) {
    f.bytes = lua_tolstring(L, -1, &f.len);
    f.type = VK_TEXT;
  }
  lua_pop(L, 1);
  return f;
}


/* Raise why a line could not be made.  [-0, +0, e] */
static int raise_line (lua_State *L, const vk_evidence *e, const vk_hit *hit, int rc) {
  if (rc == VK_ERR_INTEGRITY && e->why != NULL)
    return vk_raise(L, rc, "%s (document %lld, unit %zu)", e->why, (long long)hit->document,
                    hit->unit);
  if (rc == VK_ERR_NOMEM) return vk_raise(L, rc, "not enough memory for the lines");
  return vk_raise_store(L, vk_check_store(L, CONN), rc);
}


/* Push the line of a hit.  [-0, +1, e] */
static void push_line (lua_State *L, Lines *x, const vk_hit *hit) {
  static const struct { const char *name; size_t len; } kinds[] = {
    { "free", 4 }, { "nested", 6 }, { "overlapped", 10 }
  };
  const size_t kind = (hit->kind < 3) ? hit->kind : 0;
  vk_field line[VK_LINE_COLUMNS];
  int rc = vk_interrupted() ? VK_ERR_INTERRUPTED : vk_evidence_line(&x->evidence, hit, line);
  if (rc == VK_ERR_INTERRUPTED) vk_raise(L, rc, "interrupted");
  if (rc != VK_OK) raise_line(L, &x->evidence, hit, rc);
  line[VK_LINE_KIND] = (vk_field){ VK_TEXT, kinds[kind].len, kinds[kind].name };
  line[VK_LINE_INSIDE] = name_at(L, PHRASES, hit->container);
  line[VK_LINE_PHRASE] = name_at(L, PHRASES, hit->phrase);
  line[VK_LINE_PERIOD] = name_at(L, PERIODS, hit->group);
  vk_push_late_fields(L, LINES, &x->batch, line);
}


/*
** connection:lines{hits=, places=, phrases=, periods=, around=, shape=, document=, passage=,
** passage_at=, stream=} -> list of late rows
** Hits and places as scan gives them, a place of 0 where it is not known; the names of
** phrases and groups by number; tokens on either side, nil for the sentence; SQL as
** vk_evidence wants it, `stream` only where a token may take two units.
*/
static int l_store_lines (lua_State *L) {
  static const char *const lists[] = { "hits", "places", "phrases", "periods" };
  lua_Integer i, n;
  Lines *x;
  int rows;
  vk_check_store(L, CONN);
  luaL_checktype(L, OPTIONS, LUA_TTABLE);
  lua_settop(L, OPTIONS);
  luaL_checkstack(L, LUA_MINSTACK + 20, "lines");
  for (i = 0; i < 4; i++) {
    lua_getfield(L, OPTIONS, lists[i]);
    luaL_checktype(L, -1, LUA_TTABLE);
  }
  x = push_lines(L);
  n = (lua_Integer)lua_rawlen(L, HITS) / PER_HIT;
  lua_createtable(L, (n < INT32_MAX) ? (int)n : 0, 0);
  rows = lua_gettop(L);
  x->evidence.document = prepare(L, "document", 1, VK_LINE_HEAD);
  x->evidence.passage = prepare(L, "passage", 2, 6);
  x->evidence.passage_at = prepare(L, "passage_at", 2, 6);
  x->evidence.stream = prepare(L, "stream", 1, 1);
  for (i = 0; i < n; i++) {
    const vk_hit hit = hit_at(L, i);
    push_line(L, x, &hit);
    lua_rawseti(L, rows, i + 1);
  }
  vk_drain_trace(L, CONN);
  lua_pushvalue(L, rows);
  return 1;
}


void vk_open_evidence (lua_State *L) {
  luaL_newmetatable(L, LINES_T);
  lua_pushcfunction(L, l_lines_gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_getmetatable(L, VK_STORE_T);
  lua_getfield(L, -1, "__index");
  lua_pushcfunction(L, l_store_lines);
  lua_setfield(L, -2, "lines");
  lua_pop(L, 2);
}
