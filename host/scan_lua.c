/*
** connection:scan: rows of a query through the matcher, and the counts as tables.
*/

#include <lauxlib.h>
#include <string.h>

#include "corpus_lua.h"
#include "error_lua.h"
#include "store_bind.h"
#include "store_lua.h"

#define SCAN_T "vankien.scan"
#define COLUMNS 3               /* document, group, units; then come the sums */

typedef struct Scan {
  vk_scan *scan;          /* NULL before it is made and after it is finished */
} Scan;

typedef struct Options {
  vk_scan_options scan;
  int per_document;
  int stop;               /* read no further once as many hits are kept as were asked for */
} Options;

static const char *const kind_names[] = { "free", "nested", "overlapped" };


static int l_scan_gc (lua_State *L) {
  Scan *s = luaL_checkudata(L, 1, SCAN_T);
  vk_scan *scan = s->scan;
  s->scan = NULL;
  vk_scan_free(scan);
  return 0;
}


vk_scan *vk_push_scan (lua_State *L, const vk_lexicon *lex, const vk_scan_options *options) {
  Scan *s = lua_newuserdatauv(L, sizeof(*s), 0);
  s->scan = NULL;
  luaL_setmetatable(L, SCAN_T);
  s->scan = vk_scan_new(lex, options);
  if (s->scan == NULL) vk_raise_scan(L, VK_ERR_NOMEM);
  return s->scan;
}


int vk_raise_scan (lua_State *L, int status) {
  if (status == VK_ERR_INTERRUPTED) return vk_raise(L, status, "interrupted");
  return vk_raise(L, VK_ERR_NOMEM, "not enough memory for the counts");
}


/* The count on top of the stack, popped.  [-1, +0, v] */
static size_t pop_count (lua_State *L, const char *name) {
  int is_int;
  lua_Integer v = lua_tointegerx(L, -1, &is_int);
  if (!is_int || v < 0)
    vk_raise(L, VK_ERR_USAGE, "scan: option \"%s\" must be an integer, 0 or more", name);
  lua_pop(L, 1);
  return (size_t)v;
}


static int pop_boolean (lua_State *L) {
  int v = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return v;
}


/* The set of kinds on top of the stack, {free = true, …}, popped.  [-1, +0, v] */
static unsigned pop_kinds (lua_State *L) {
  unsigned kinds = 0;
  int set = lua_gettop(L), i;
  if (!lua_istable(L, set)) vk_raise(L, VK_ERR_USAGE, "scan: option \"kinds\" must be a set");
  for (lua_pushnil(L); lua_next(L, set); lua_pop(L, 1)) {
    const char *name = (lua_type(L, -2) == LUA_TSTRING) ? lua_tostring(L, -2) : "";
    for (i = 0; i < 3 && strcmp(kind_names[i], name) != 0; i++) {}
    if (i == 3)
      vk_raise_hint(L, VK_ERR_USAGE, "kinds are free, nested, overlapped",
                    "scan: no kind of occurrence is called \"%s\"", name);
    if (lua_toboolean(L, -1)) kinds |= 1u << i;
  }
  lua_pop(L, 1);
  return kinds;
}


/* Read the options at `index`; an unknown one raises.  [-0, +0, v] */
static Options check_options (lua_State *L, int index) {
  Options o = { { .kinds = 7 }, 0, 0 };
  if (lua_isnoneornil(L, index)) return o;
  luaL_checktype(L, index, LUA_TTABLE);
  for (lua_pushnil(L); lua_next(L, index); ) {
    const char *name = (lua_type(L, -2) == LUA_TSTRING) ? lua_tostring(L, -2) : "?";
    if (strcmp(name, "hits") == 0) o.scan.hits = pop_count(L, name);
    else if (strcmp(name, "hits_per") == 0) o.scan.hits_per = pop_count(L, name);
    else if (strcmp(name, "kinds") == 0) o.scan.kinds = pop_kinds(L);
    else if (strcmp(name, "per_document") == 0) o.per_document = pop_boolean(L);
    else if (strcmp(name, "passages") == 0) o.scan.passages = pop_boolean(L);
    else if (strcmp(name, "stop") == 0) o.stop = pop_boolean(L);
    else if (strcmp(name, "inside") == 0) o.scan.inside = pop_boolean(L);
    else
      vk_raise_hint(L, VK_ERR_UNKNOWN_NAME,
                    "options are hits, hits_per, inside, kinds, passages, per_document, stop",
                    "scan: no option is called \"%s\"", name);
  }
  return o;
}


/* The group of the row: by its second column, or of its own.  [-0, +0, v] */
static size_t group_of (lua_State *L, vk_scan *scan, const vk_stmt *q, int64_t document,
                        int per_document) {
  enum vk_type type = per_document ? VK_INTEGER : vk_stmt_type(q, 1);
  int64_t v, group;
  size_t n = 0;
  const char *key = "";
  switch (type) {
    case VK_NULL: group = vk_scan_group(scan, 'n', "", 0); break;
    case VK_INTEGER:
      v = per_document ? document : vk_stmt_int64(q, 1);
      group = vk_scan_group(scan, 'i', &v, sizeof(v));
      break;
    case VK_TEXT:
      key = vk_stmt_text(q, 1, &n);
      group = (key != NULL) ? vk_scan_group(scan, 't', key, n) : VK_ERR_NOMEM;
      break;
    default:
      vk_raise(L, VK_ERR_USAGE, "scan: the second column, the group, must be text, integer or NULL");
      group = VK_ERR_USAGE;
  }
  if (group < 0) vk_raise_scan(L, VK_ERR_NOMEM);
  return (size_t)group;
}


/* The token stream of the row, n units.  Borrowed until the next row.  [-0, +0, v] */
static const uint8_t *units_of (lua_State *L, const vk_stmt *q, int64_t document, size_t *n) {
  size_t bytes = 0;
  const uint8_t *units = vk_stmt_blob(q, 2, &bytes);
  if (vk_stmt_type(q, 2) != VK_BLOB || bytes % 2 != 0)
    vk_raise(L, VK_ERR_INTEGRITY, "the token stream of document %lld is damaged",
             (long long)document);
  if (units == NULL && bytes > 0) vk_raise_scan(L, VK_ERR_NOMEM);
  *n = bytes / 2;
  return units;
}


/* Add the numbers of the row up by group; NULL adds nothing.  [-0, +0, v] */
static void add_sums (lua_State *L, vk_scan *scan, const vk_stmt *q, size_t group, int sums) {
  int k;
  for (k = 0; k < sums; k++)
    if (vk_scan_add(scan, group, (size_t)k, vk_stmt_int64(q, COLUMNS + k)) != VK_OK)
      vk_raise(L, VK_ERR_INTEGRITY, "scan: the sum of a group is too large");
}


/* Scan the document of the row; units that are NULL are none.  [-0, +0, v] */
static void scan_row (lua_State *L, vk_scan *scan, const vk_stmt *q, int per_document, int sums) {
  int64_t document = vk_stmt_int64(q, 0);
  size_t group, n = 0;
  const uint8_t *units;
  int rc;
  if (vk_stmt_type(q, 0) != VK_INTEGER)
    vk_raise(L, VK_ERR_USAGE, "scan: the first column, the document, must be an integer");
  group = group_of(L, scan, q, document, per_document);
  add_sums(L, scan, q, group, sums);
  if (sums > 0 && vk_stmt_type(q, 2) == VK_NULL) units = NULL;
  else units = units_of(L, q, document, &n);
  rc = vk_scan_document(scan, document, group, units, n);
  if (rc != VK_OK) vk_raise_scan(L, rc);
}


/* Push the key of a group; false for NULL.  [-0, +1, m] */
static void push_key (lua_State *L, const vk_scan *scan, size_t group) {
  size_t n;
  char tag;
  const char *key = vk_scan_key(scan, group, &tag, &n);
  int64_t v;
  if (tag == 'n') lua_pushboolean(L, 0);
  else if (tag == 't') lua_pushlstring(L, key, n);
  else {
    memcpy(&v, key, sizeof(v));
    lua_pushinteger(L, v);
  }
}


/* Push one count of every phrase in a group; which = 3: documents.  [-0, +1, m] */
static void push_row (lua_State *L, const vk_cell *cells, size_t n, int which) {
  size_t i;
  lua_createtable(L, (int)n, 0);
  for (i = 0; i < n; i++) {
    lua_pushinteger(L, (which < 3) ? cells[i].count[which] : cells[i].documents);
    lua_seti(L, -2, (lua_Integer)i + 1);
  }
}


/* Set sums[k] = list by group in the result on top.  [-0, +0, m] */
static void set_sums (lua_State *L, const vk_scan *scan, int sums) {
  size_t g, groups = vk_scan_groups(scan);
  int k;
  lua_createtable(L, sums, 0);
  for (k = 0; k < sums; k++) {
    lua_createtable(L, (int)groups, 0);
    for (g = 0; g < groups; g++) {
      lua_pushinteger(L, vk_scan_sum(scan, g, (size_t)k));
      lua_seti(L, -2, (lua_Integer)g + 1);
    }
    lua_seti(L, -2, (lua_Integer)k + 1);
  }
  lua_setfield(L, -2, "sums");
}


/* Set the counts by group and phrase in the result on top.  [-0, +0, m] */
static void set_counts (lua_State *L, const vk_scan *scan, size_t phrases) {
  static const char *const names[] = { "free", "nested", "overlapped", "documents" };
  size_t g, groups = vk_scan_groups(scan);
  int which;
  for (which = 0; which < 4; which++) {
    lua_createtable(L, (int)groups, 0);
    for (g = 0; g < groups; g++) {
      push_row(L, vk_scan_cells(scan, g), phrases, which);
      lua_seti(L, -2, (lua_Integer)g + 1);
    }
    lua_setfield(L, -2, names[which]);
  }
}


/* Set groups and documents_in in the result on top.  [-0, +0, m] */
static void set_groups (lua_State *L, const vk_scan *scan) {
  size_t g, groups = vk_scan_groups(scan);
  lua_createtable(L, (int)groups, 0);
  lua_createtable(L, (int)groups, 0);
  for (g = 0; g < groups; g++) {
    push_key(L, scan, g);
    lua_seti(L, -3, (lua_Integer)g + 1);
    lua_pushinteger(L, (lua_Integer)vk_scan_documents_in(scan, g));
    lua_seti(L, -2, (lua_Integer)g + 1);
  }
  lua_setfield(L, -3, "documents_in");
  lua_setfield(L, -2, "groups");
}


/* Set inside[g] = list of {inner, outer, n} in the result on top.  [-0, +0, m] */
static void set_inside (lua_State *L, vk_scan *scan) {
  size_t g, i = 0, n, groups = vk_scan_groups(scan);
  const vk_inside *inside = vk_scan_inside(scan, &n);
  lua_createtable(L, (int)groups, 0);
  for (g = 0; g < groups; g++) {
    lua_Integer at = 0;
    lua_newtable(L);
    for (; i < n && inside[i].group == g; i++) {
      lua_createtable(L, 3, 0);
      lua_pushinteger(L, (lua_Integer)inside[i].inner + 1);
      lua_seti(L, -2, 1);
      lua_pushinteger(L, (lua_Integer)inside[i].outer + 1);
      lua_seti(L, -2, 2);
      lua_pushinteger(L, inside[i].n);
      lua_seti(L, -2, 3);
      lua_seti(L, -2, ++at);
    }
    lua_seti(L, -2, (lua_Integer)g + 1);
  }
  lua_setfield(L, -2, "inside");
}


/* Set hits, seven values each, places, two for each hit, and cut in the result on top.  [-0, +0, m] */
static void set_hits (lua_State *L, const vk_scan *scan) {
  size_t i, k, n;
  int cut;
  const vk_hit *hits = vk_scan_hits(scan, &n, &cut);
  lua_createtable(L, (n < INT32_MAX / 7) ? (int)(7 * n) : 0, 0);
  for (i = 0; i < n; i++) {
    const vk_hit *h = &hits[i];
    const lua_Integer values[7] = {
      h->document, (lua_Integer)h->unit, (lua_Integer)h->units, (lua_Integer)h->phrase + 1,
      (lua_Integer)h->kind, h->container, (lua_Integer)h->group + 1
    };
    for (k = 0; k < 7; k++) {
      lua_pushinteger(L, values[k]);
      lua_rawseti(L, -2, (lua_Integer)(7 * i + k) + 1);
    }
  }
  lua_setfield(L, -2, "hits");
  lua_createtable(L, (n < INT32_MAX / 2) ? (int)(2 * n) : 0, 0);
  for (i = 0; i < n; i++) {
    lua_pushinteger(L, (lua_Integer)hits[i].passage);
    lua_rawseti(L, -2, (lua_Integer)(2 * i) + 1);
    lua_pushinteger(L, (lua_Integer)hits[i].first);
    lua_rawseti(L, -2, (lua_Integer)(2 * i) + 2);
  }
  lua_setfield(L, -2, "places");
  lua_pushboolean(L, cut);
  lua_setfield(L, -2, "cut");
}


/* Set passages in the result on top: records of 32 bytes, "<i8I4I4I4I4I4I4", as struct
   vk_passage_count has them: many, so they are not made into tables.  [-0, +0, m] */
static void set_passages (lua_State *L, const vk_scan *scan) {
  size_t n;
  const vk_passage_count *p = vk_scan_passages(scan, &n);
  lua_pushlstring(L, (n > 0) ? (const char *)p : "", n * sizeof(*p));
  lua_setfield(L, -2, "passages");
}


/*
** connection:scan(sql, params, lexicon [, options]) -> result
** The query gives document id, group, units, and numbers to be added up by group, with
** which documents without units may come too; the cursor is closed on every way out.
*/
static int l_store_scan (lua_State *L) {
  const vk_lexicon *lex;
  Options options;
  vk_scan *scan;
  vk_stmt *q;
  int stopped = 0, sums;
  vk_check_store(L, 1);
  lex = vk_check_lexicon(L, 4);
  lua_settop(L, 5);
  options = check_options(L, 5);
  scan = vk_push_scan(L, lex, &options.scan);
  q = vk_push_query(L, 1, 2, 3);
  lua_toclose(L, -1);
  sums = vk_stmt_columns(q) - COLUMNS;
  if (sums < 0 || sums > VK_SCAN_SUMS)
    return vk_raise(L, VK_ERR_USAGE, "scan: the query must give document, group, units");
  while (!stopped && vk_step(L, q, 1)) {
    scan_row(L, scan, q, options.per_document, sums);
    stopped = options.stop && vk_scan_full(scan);
  }
  lua_createtable(L, 0, 12);
  lua_pushboolean(L, stopped);
  lua_setfield(L, -2, "stopped");
  set_groups(L, scan);
  if (sums > 0) set_sums(L, scan, sums);
  set_counts(L, scan, vk_lexicon_size(lex));
  if (options.scan.inside) set_inside(L, scan);
  set_hits(L, scan);
  if (options.scan.passages) set_passages(L, scan);
  lua_pushinteger(L, (lua_Integer)vk_scan_documents(scan));
  lua_setfield(L, -2, "scanned");
  return 1;
}


void vk_open_scan (lua_State *L) {
  luaL_newmetatable(L, SCAN_T);
  lua_pushcfunction(L, l_scan_gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_requiref(L, "vankien.host.store", luaopen_vankien_store, 0);
  lua_pop(L, 1);
  luaL_getmetatable(L, VK_STORE_T);
  lua_getfield(L, -1, "__index");
  lua_pushcfunction(L, l_store_scan);
  lua_setfield(L, -2, "scan");
  lua_pop(L, 2);
}
