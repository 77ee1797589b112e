/*
** connection:frequency, connection:around, connection:places: rows of a query
** through the n-gram counter, and the counts as flat lists.
*/

#include "frequency.h"

#include <lauxlib.h>
#include <string.h>

#include "corpus_lua.h"
#include "error_lua.h"
#include "frequency_lua.h"
#include "store_bind.h"
#include "store_lua.h"

#define FREQUENCY_T "vankien.frequency"
#define PLACES_MAX ((size_t)1 << 24)

typedef struct Frequency {
  vk_frequency *counts;   /* NULL before it is made and after it is finished */
} Frequency;

typedef struct Options {
  lua_Integer n, least, most, left, right;
  int segments;           /* 0 windows, 1 sentences, 2 passages */
} Options;


static int l_frequency_gc (lua_State *L) {
  Frequency *x = luaL_checkudata(L, 1, FREQUENCY_T);
  vk_frequency *counts = x->counts;
  x->counts = NULL;
  vk_frequency_free(counts);
  return 0;
}


static void check_status (lua_State *L, int rc) {
  switch (rc) {
    case VK_OK: break;
    case VK_ERR_INTERRUPTED: vk_raise(L, rc, "interrupted"); break;
    case VK_ERR_FULL:
      vk_raise_hint(L, rc, "a smaller n, or fewer documents", "too many different n-grams");
      break;
    case VK_ERR_BAD_INPUT: vk_raise(L, rc, "an id in skip is no type"); break;
    default: vk_raise(L, VK_ERR_NOMEM, "not enough memory for the counts");
  }
}


/* An integer field of the table at `index`, between two bounds.  [-0, +0, v] */
static lua_Integer check_field (lua_State *L, int index, const char *name, lua_Integer least,
                                lua_Integer most, lua_Integer missing) {
  int is_int = 1;
  lua_Integer v = missing;
  if (lua_getfield(L, index, name) != LUA_TNIL) v = lua_tointegerx(L, -1, &is_int);
  lua_pop(L, 1);
  if (!is_int || v < least || v > most)
    vk_raise(L, VK_ERR_USAGE, "option \"%s\" must be a whole number from %d to %d", name,
             (int)least, (int)most);
  return v;
}


/* Read the options at `index`.  [-0, +0, v] */
static Options check_options (lua_State *L, int index) {
  Options o;
  const char *segment;
  luaL_checktype(L, index, LUA_TTABLE);
  o.n = check_field(L, index, "n", 1, VK_NGRAM_MAX, 1);
  o.least = check_field(L, index, "least", 1, INT32_MAX, 1);
  o.most = check_field(L, index, "most", 1, INT32_MAX, INT32_MAX);
  o.left = check_field(L, index, "left", 0, INT32_MAX, 0);
  o.right = check_field(L, index, "right", 0, INT32_MAX, 0);
  lua_getfield(L, index, "segment");
  segment = luaL_optstring(L, -1, "");
  o.segments = (strcmp(segment, "sentence") == 0) ? 1 : (strcmp(segment, "passage") == 0) ? 2 : 0;
  if (o.segments == 0 && segment[0] != '\0')
    vk_raise(L, VK_ERR_USAGE, "no segment is called \"%s\"", segment);
  lua_pop(L, 1);
  return o;
}


/* Push a counter that leaves out the ids of the list `skip` at `index`.  [-0, +1, v] */
static vk_frequency *push_frequency (lua_State *L, int index, unsigned n) {
  Frequency *x = lua_newuserdatauv(L, sizeof(*x), 0);
  lua_Integer i, size;
  x->counts = NULL;
  luaL_setmetatable(L, FREQUENCY_T);
  x->counts = vk_frequency_new(n);
  if (x->counts == NULL) check_status(L, VK_ERR_NOMEM);
  if (lua_getfield(L, index, "skip") != LUA_TNIL) {
    size = luaL_len(L, -1);
    for (i = 1; i <= size; i++) {
      lua_geti(L, -1, i);
      check_status(L, vk_frequency_skip(x->counts, (uint32_t)lua_tointeger(L, -1)));
      lua_pop(L, 1);
    }
  }
  lua_pop(L, 1);
  return x->counts;
}


/* The units of the row in column `column`.  [-0, +0, v] */
static const uint8_t *check_units (lua_State *L, const vk_stmt *q, int column, size_t *n) {
  size_t bytes = 0;
  const uint8_t *units = vk_stmt_blob(q, column, &bytes);
  if (vk_stmt_type(q, column) != VK_BLOB || bytes % 2 != 0)
    vk_raise(L, VK_ERR_INTEGRITY, "the token stream of document %lld is damaged",
             (long long)vk_stmt_int64(q, 0));
  if (units == NULL && bytes > 0) check_status(L, VK_ERR_NOMEM);
  *n = bytes / 2;
  return units;
}


/* Push one n-gram onto the flat list on top, at place `at`; the next place.  [-0, +0, m] */
static lua_Integer push_gram (lua_State *L, const vk_frequency *f, const vk_gram *gram,
                              unsigned n, lua_Integer at) {
  uint32_t ids[VK_NGRAM_MAX];
  unsigned i;
  vk_frequency_ids(f, gram, ids);
  for (i = 0; i < n; i++) {
    lua_pushinteger(L, ids[i]);
    lua_seti(L, -2, at++);
  }
  for (i = 0; i < 4; i++) {
    lua_pushinteger(L, (i < 2) ? gram->count[i] : gram->documents[i - 2]);
    lua_seti(L, -2, at++);
  }
  return at;
}


static void set_pair (lua_State *L, const char *name, uint64_t a, uint64_t b) {
  lua_createtable(L, 2, 0);
  lua_pushinteger(L, (lua_Integer)a);
  lua_seti(L, -2, 1);
  lua_pushinteger(L, (lua_Integer)b);
  lua_seti(L, -2, 2);
  lua_setfield(L, -2, name);
}


/* Push {cells, totals, documents, met, least}; `first`: only n-grams with so many in group
   0, else in both together; no more of them than o->most.  [-0, +1, m] */
static void push_counts (lua_State *L, const vk_frequency *f, const Options *o, int first) {
  size_t step = 0;
  lua_Integer at = 1;
  const vk_gram *gram;
  uint64_t least, met = vk_frequency_above(f, first, (uint64_t)o->least, (uint64_t)o->most, &least);
  lua_createtable(L, 0, 6);
  lua_pushinteger(L, (lua_Integer)met);
  lua_setfield(L, -2, "met");
  lua_pushinteger(L, (lua_Integer)least);
  lua_setfield(L, -2, "least");
  lua_newtable(L);
  while ((gram = vk_frequency_next(f, &step)) != NULL) {
    uint64_t count = (uint64_t)gram->count[0] + (first ? 0 : gram->count[1]);
    if (count >= least) at = push_gram(L, f, gram, (unsigned)o->n, at);
  }
  lua_setfield(L, -2, "cells");
  set_pair(L, "totals", vk_frequency_total(f, 0), vk_frequency_total(f, 1));
  set_pair(L, "documents", vk_frequency_documents(f, 0), vk_frequency_documents(f, 1));
}


/*
** connection:frequency(sql, params, {n, least, skip}) -> counts
** The query gives (document, group 0 or 1, units).
*/
static int l_store_frequency (lua_State *L) {
  Options o;
  vk_frequency *f;
  vk_stmt *q;
  vk_check_store(L, 1);
  lua_settop(L, 4);
  o = check_options(L, 4);
  f = push_frequency(L, 4, (unsigned)o.n);
  q = vk_push_query(L, 1, 2, 3);
  lua_toclose(L, -1);
  while (vk_step(L, q, 1)) {
    size_t n;
    const uint8_t *units = check_units(L, q, 2, &n);
    check_status(L, vk_frequency_document(f, vk_stmt_int64(q, 1) != 0, units, n));
  }
  push_counts(L, f, &o, 0);
  return 1;
}


/* Scan the document of the row for the node; its hits.  [-0, +0, v] */
static const vk_hit *scan_row (lua_State *L, vk_scan *scan, const vk_stmt *q,
                               const uint8_t *units, size_t n, size_t *n_hits) {
  size_t before, after;
  int cut, rc;
  const vk_hit *hits;
  vk_scan_hits(scan, &before, &cut);
  rc = vk_scan_document(scan, vk_stmt_int64(q, 0), 0, units, n);
  if (rc != VK_OK) vk_raise_scan(L, rc);
  hits = vk_scan_hits(scan, &after, &cut);
  *n_hits = after - before;
  return (hits != NULL) ? hits + before : NULL;
}


static vk_scan *push_node_scan (lua_State *L, int lexicon, size_t limit) {
  const vk_scan_options options = { .hits = limit, .kinds = 1u << VK_FREE };
  vk_scan *scan = vk_push_scan(L, vk_check_lexicon(L, lexicon), &options);
  if (vk_scan_group(scan, 'x', "", 0) < 0) check_status(L, VK_ERR_NOMEM);
  return scan;
}


/*
** connection:around(sql, params, lexicon, {n, least, skip, left, right | segment}) -> counts
** with `nodes`: free-standing occurrences.  The query gives (document, units).
*/
static int l_store_around (lua_State *L) {
  Options o;
  vk_frequency *f;
  vk_scan *scan;
  vk_stmt *q;
  lua_Integer nodes = 0;
  vk_check_store(L, 1);
  lua_settop(L, 5);
  o = check_options(L, 5);
  f = push_frequency(L, 5, (unsigned)o.n);
  scan = push_node_scan(L, 4, SIZE_MAX);
  q = vk_push_query(L, 1, 2, 3);
  lua_toclose(L, -1);
  while (vk_step(L, q, 1)) {
    size_t n, n_hits;
    const uint8_t *units = check_units(L, q, 1, &n);
    const vk_hit *hits = scan_row(L, scan, q, units, n, &n_hits);
    nodes += (lua_Integer)n_hits;
    if (o.segments)
      check_status(L, vk_frequency_segments(f, units, n, hits, n_hits, o.segments == 2));
    else
      check_status(L, vk_frequency_window(f, units, n, hits, n_hits, (size_t)o.left,
                                          (size_t)o.right));
  }
  push_counts(L, f, &o, 1);
  lua_pushinteger(L, nodes);
  lua_setfield(L, -2, "nodes");
  return 1;
}


/* Append the places of a document's hits to the lists by phrase at `lists`.  [-0, +0, v] */
static size_t append_places (lua_State *L, int lists, const vk_frequency *f,
                             const uint8_t *units, size_t n, const vk_hit *hits, size_t n_hits,
                             lua_Integer base) {
  size_t i, syllables;
  uint64_t *places = lua_newuserdatauv(L, (n_hits + 1) * sizeof(*places), 0);
  syllables = vk_frequency_places(f, units, n, hits, n_hits, places);
  for (i = 0; i < n_hits; i++) {
    lua_geti(L, lists, (lua_Integer)hits[i].phrase + 1);
    lua_pushinteger(L, base + (lua_Integer)places[i] + 1);
    lua_seti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return syllables;
}


/*
** connection:places(sql, params, lexicon, {skip}) -> lists by phrase, total
** Places of free-standing occurrences in syllables from 1 over all documents in the order
** of the query, which gives (document, units).
*/
static int l_store_places (lua_State *L) {
  vk_frequency *f;
  vk_scan *scan;
  vk_stmt *q;
  lua_Integer total = 0, i, phrases;
  int lists;
  vk_check_store(L, 1);
  lua_settop(L, 5);
  luaL_checktype(L, 5, LUA_TTABLE);
  f = push_frequency(L, 5, 1);
  scan = push_node_scan(L, 4, PLACES_MAX);
  phrases = (lua_Integer)vk_lexicon_size(vk_check_lexicon(L, 4));
  lua_createtable(L, (int)phrases, 0);
  lists = lua_gettop(L);
  for (i = 1; i <= phrases; i++) {
    lua_newtable(L);
    lua_seti(L, lists, i);
  }
  q = vk_push_query(L, 1, 2, 3);
  lua_toclose(L, -1);
  while (vk_step(L, q, 1)) {
    size_t n, n_hits;
    const uint8_t *units = check_units(L, q, 1, &n);
    const vk_hit *hits = scan_row(L, scan, q, units, n, &n_hits);
    total += (lua_Integer)append_places(L, lists, f, units, n, hits, n_hits, total);
  }
  lua_pushvalue(L, lists);
  lua_pushinteger(L, total);
  return 2;
}


void vk_open_frequency (lua_State *L) {
  static const luaL_Reg methods[] = {
    { "frequency", l_store_frequency },
    { "around", l_store_around },
    { "places", l_store_places },
    { NULL, NULL }
  };
  luaL_newmetatable(L, FREQUENCY_T);
  lua_pushcfunction(L, l_frequency_gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_requiref(L, "vankien.host.store", luaopen_vankien_store, 0);
  lua_pop(L, 1);
  luaL_getmetatable(L, VK_STORE_T);
  lua_getfield(L, -1, "__index");
  luaL_setfuncs(L, methods, 0);
  lua_pop(L, 2);
}
