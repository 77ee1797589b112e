/*
** vankien.host.corpus: lexicons, shingles, and `scan`, which becomes a method of
** store connections.
*/

#include "corpus_lua.h"

#include <lauxlib.h>
#include <string.h>

#include "error_lua.h"
#include "evidence_lua.h"
#include "frequency_lua.h"
#include "rank_lua.h"
#include "repeats_lua.h"
#include "seen.h"
#include "shingle.h"
#include "store_lua.h"
#include "text_lua.h"

#define SEEN_T "vankien.seen"

/* Only the collector finishes a lexicon: a scan that runs holds it on its stack. */
typedef struct Lexicon {
  vk_lexicon *lex;        /* NULL before it is made and after it is collected */
} Lexicon;


const vk_lexicon *vk_check_lexicon (lua_State *L, int index) {
  Lexicon *x = luaL_checkudata(L, index, VK_LEXICON_T);
  if (x->lex == NULL) vk_raise(L, VK_ERR_USAGE, "the lexicon is gone");
  return x->lex;
}


static int l_lexicon_gc (lua_State *L) {
  Lexicon *x = luaL_checkudata(L, 1, VK_LEXICON_T);
  vk_lexicon *lex = x->lex;
  x->lex = NULL;
  vk_lexicon_free(lex);
  return 0;
}


static void raise_phrase (lua_State *L, int rc, lua_Integer i) {
  switch (rc) {
    case VK_ERR_REFUSED:
      vk_raise(L, rc, "phrase %d has more than %d tokens", (int)i, VK_PHRASE_MAX);
      break;
    case VK_ERR_BAD_INPUT:
      vk_raise(L, rc, "phrase %d is not made of the units of a tokenizer", (int)i);
      break;
    case VK_ERR_FULL: vk_raise(L, rc, "the lexicon is too large"); break;
    default: vk_raise(L, rc, "not enough memory for the lexicon");
  }
}


/* Stream at `index`: its bytes, and how many units.  [-0, +0, v] */
static const uint8_t *check_units (lua_State *L, int index, size_t *n) {
  size_t bytes;
  const char *units = luaL_checklstring(L, index, &bytes);
  luaL_argcheck(L, bytes % 2 == 0, index, "no stream of units");
  *n = bytes / 2;
  return (const uint8_t *)units;
}


/* The string on top of the stack, its bytes.  [-0, +0, v] */
static const uint8_t *top_bytes (lua_State *L, size_t *n, lua_Integer i) {
  if (lua_type(L, -1) != LUA_TSTRING)
    vk_raise(L, VK_ERR_BAD_INPUT, "phrase %d is no string of units", (int)i);
  return (const uint8_t *)lua_tolstring(L, -1, n);
}


/* Add the program on top of the stack as phrase i.  [-0, +0, v] */
static void add_program (lua_State *L, vk_lexicon *lex, lua_Integer i) {
  size_t n;
  const uint8_t *program = top_bytes(L, &n, i);
  int rc = vk_lexicon_add_pattern(lex, program, n);
  if (rc == VK_ERR_BAD_INPUT) vk_raise(L, rc, "phrase %d is no program of a pattern", (int)i);
  if (rc != VK_OK) raise_phrase(L, rc, i);
}


/* Add the units on top of the stack as phrase i, or as another spelling of it.  [-0, +0, v] */
static void add_units (lua_State *L, vk_lexicon *lex, lua_Integer i, int spelling) {
  size_t n;
  const uint8_t *units = top_bytes(L, &n, i);
  int rc = VK_ERR_BAD_INPUT;
  if (n % 2 == 0)
    rc = spelling ? vk_lexicon_add_spelling(lex, units, n / 2) : vk_lexicon_add(lex, units, n / 2);
  if (rc != VK_OK) raise_phrase(L, rc, i);
}


/* Add phrase i of the list at 1: units, a list of spellings, or {program=}.  [-0, +0, v] */
static void add_phrase (lua_State *L, vk_lexicon *lex, lua_Integer i) {
  lua_Integer k, n;
  if (lua_geti(L, 1, i) != LUA_TTABLE) add_units(L, lex, i, 0);
  else if (lua_getfield(L, -1, "program") != LUA_TNIL) {
    add_program(L, lex, i);
    lua_pop(L, 1);
  }
  else {
    lua_pop(L, 1);
    n = luaL_len(L, -1);
    for (k = 1; k <= n || k == 1; k++) {
      lua_geti(L, -1, k);
      add_units(L, lex, i, k > 1);
      lua_pop(L, 1);
    }
  }
  lua_pop(L, 1);
}


/* lexicon(list of units, of lists of units, or of {program=}) -> lexicon */
static int l_corpus_lexicon (lua_State *L) {
  Lexicon *x;
  lua_Integer i, n;
  luaL_checktype(L, 1, LUA_TTABLE);
  n = luaL_len(L, 1);
  x = lua_newuserdatauv(L, sizeof(*x), 0);
  x->lex = NULL;
  luaL_setmetatable(L, VK_LEXICON_T);
  x->lex = vk_lexicon_new();
  if (x->lex == NULL) raise_phrase(L, VK_ERR_NOMEM, 0);
  for (i = 1; i <= n; i++) add_phrase(L, x->lex, i);
  if (vk_lexicon_finish(x->lex) != VK_OK) raise_phrase(L, VK_ERR_NOMEM, 0);
  return 1;
}


/* #lexicon: how many phrases it was made of */
static int l_lexicon_len (lua_State *L) {
  lua_pushinteger(L, (lua_Integer)vk_lexicon_size(vk_check_lexicon(L, 1)));
  return 1;
}


/* Push one kind of count of every phrase.  [-0, +1, m] */
static void push_counts (lua_State *L, const vk_cell *cells, size_t n, enum vk_hit_kind kind) {
  size_t i;
  lua_createtable(L, (int)n, 0);
  for (i = 0; i < n; i++) {
    lua_pushinteger(L, cells[i].count[kind]);
    lua_seti(L, -2, (lua_Integer)i + 1);
  }
}


/* Push {[inner] = {[outer] = n}}.  [-0, +1, m] */
static void push_inside (lua_State *L, const vk_inside *inside, size_t n) {
  size_t i;
  lua_newtable(L);
  for (i = 0; i < n; i++) {
    if (lua_geti(L, -1, (lua_Integer)inside[i].inner + 1) == LUA_TNIL) {
      lua_pop(L, 1);
      lua_newtable(L);
      lua_pushvalue(L, -1);
      lua_seti(L, -3, (lua_Integer)inside[i].inner + 1);
    }
    lua_pushinteger(L, inside[i].n);
    lua_seti(L, -2, (lua_Integer)inside[i].outer + 1);
    lua_pop(L, 1);
  }
}


/* lexicon:count(units) -> {free=, nested=, overlapped=, inside=} */
static int l_lexicon_count (lua_State *L) {
  const vk_lexicon *lex = vk_check_lexicon(L, 1);
  const vk_scan_options options = { .inside = 1 };
  size_t n, phrases = vk_lexicon_size(lex), nestings;
  const uint8_t *units = check_units(L, 2, &n);
  vk_scan *scan = vk_push_scan(L, lex, &options);
  const vk_inside *inside;
  const vk_cell *cells;
  int rc = (vk_scan_group(scan, 'x', "", 0) < 0) ? VK_ERR_NOMEM
           : vk_scan_document(scan, 0, 0, units, n);
  if (rc != VK_OK) vk_raise_scan(L, rc);
  cells = vk_scan_cells(scan, 0);
  inside = vk_scan_inside(scan, &nestings);
  lua_createtable(L, 0, 4);
  push_counts(L, cells, phrases, VK_FREE);
  lua_setfield(L, -2, "free");
  push_counts(L, cells, phrases, VK_NESTED);
  lua_setfield(L, -2, "nested");
  push_counts(L, cells, phrases, VK_OVERLAPPED);
  lua_setfield(L, -2, "overlapped");
  push_inside(L, inside, nestings);
  lua_setfield(L, -2, "inside");
  return 1;
}


/* shingles(units, tokenizer) -> 32-bit hashes, ascending: a string of 8-byte integers */
static int l_corpus_shingles (lua_State *L) {
  size_t n;
  const uint8_t *units = check_units(L, 1, &n);
  const vk_tokenizer *tk = vk_check_tokenizer(L, 2);
  vk_scratch *x = vk_scratch_here(L);
  if (vk_shingle_sample(units, n, tk, &x->out) != VK_OK)
    return vk_raise(L, VK_ERR_NOMEM, "not enough memory for shingles");
  lua_pushlstring(L, (x->out.len > 0) ? x->out.data : "", x->out.len);
  return 1;
}


/* contained(units_a, units_b, tokenizer) -> share of a that stands in b, of b in a, 0 to 1 */
static int l_corpus_contained (lua_State *L) {
  size_t na, nb;
  const uint8_t *a = check_units(L, 1, &na), *b = check_units(L, 2, &nb);
  double of_a, of_b;
  if (vk_shingle_contained(a, na, b, nb, vk_check_tokenizer(L, 3), &of_a, &of_b) != VK_OK)
    return vk_raise(L, VK_ERR_NOMEM, "not enough memory for shingles");
  lua_pushnumber(L, of_a);
  lua_pushnumber(L, of_b);
  return 2;
}


/* seen() -> a set of hashes, none of them met */
static int l_corpus_seen (lua_State *L) {
  memset(lua_newuserdatauv(L, sizeof(vk_seen), 0), 0, sizeof(vk_seen));
  luaL_setmetatable(L, SEEN_T);
  return 1;
}


/* meet(hashes) -> those that may have been met before; all of them are met now */
static int l_seen_meet (lua_State *L) {
  vk_seen *s = luaL_checkudata(L, 1, SEEN_T);
  vk_scratch *x = vk_scratch_here(L);
  size_t n, at;
  const char *hashes = luaL_checklstring(L, 2, &n);
  int64_t h;
  for (at = 0; n - at >= sizeof(h); at += sizeof(h)) {
    memcpy(&h, hashes + at, sizeof(h));
    if (vk_seen_meet(s, h) && vk_buf_append(&x->out, &h, sizeof(h)) != VK_OK)
      return vk_raise(L, VK_ERR_NOMEM, "not enough memory for shingles");
  }
  lua_pushlstring(L, (x->out.len > 0) ? x->out.data : "", x->out.len);
  return 1;
}


static const luaL_Reg lexicon_methods[] = {
  { "count", l_lexicon_count },
  { NULL, NULL }
};

static const luaL_Reg lexicon_events[] = {
  { "__gc", l_lexicon_gc },
  { "__len", l_lexicon_len },
  { NULL, NULL }
};

static const luaL_Reg functions[] = {
  { "lexicon", l_corpus_lexicon },
  { "shingles", l_corpus_shingles },
  { "contained", l_corpus_contained },
  { "seen", l_corpus_seen },
  { "rank", l_corpus_rank },
  { NULL, NULL }
};


int luaopen_vankien_corpus (lua_State *L) {
  luaL_newmetatable(L, VK_LEXICON_T);
  luaL_setfuncs(L, lexicon_events, 0);
  luaL_newlib(L, lexicon_methods);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
  luaL_newmetatable(L, SEEN_T);
  lua_newtable(L);
  vk_push_scratch(L);
  lua_pushcclosure(L, l_seen_meet, 1);
  lua_setfield(L, -2, "meet");
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  vk_open_scan(L);
  vk_open_evidence(L);
  vk_open_rank(L);
  vk_open_frequency(L);
  luaL_newlibtable(L, functions);
  vk_push_scratch(L);
  luaL_setfuncs(L, functions, 1);
  vk_open_repeats(L);
  return 1;
}
