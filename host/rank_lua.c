/*
** vankien.host.corpus.rank: the best passages of a search.
*/

#include "rank_lua.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "error_lua.h"
#include "rank.h"

#define RANK_T "vankien.rank"

/* Owner of a ranking and of what it is asked. */
typedef struct Rank {
  vk_rank rank;
  vk_rank_step *steps;
} Rank;

enum { RECORDS = 1, OPTIONS, RANK };


static int l_rank_gc (lua_State *L) {
  Rank *x = lua_touserdata(L, 1);
  vk_rank_free(&x->rank);
  free(x->rank.leaves);
  free(x->steps);
  return 0;
}


/* The whole number at place `i` of the list on top.  [-0, +0, v] */
static uint32_t number_at (lua_State *L, size_t i) {
  lua_Integer v;
  lua_rawgeti(L, -1, (lua_Integer)i);
  v = luaL_checkinteger(L, -1);
  luaL_argcheck(L, v >= 0 && v <= UINT32_MAX, OPTIONS, "a number is out of range");
  lua_pop(L, 1);
  return (uint32_t)v;
}


/* Push the list in field `name` of the options; how many groups of `size` it has.  [-0, +1, v] */
static size_t push_list (lua_State *L, const char *name, size_t size) {
  lua_getfield(L, OPTIONS, name);
  luaL_checktype(L, -1, LUA_TTABLE);
  return (size_t)lua_rawlen(L, -1) / size;
}


/* Room for n items of a size, and never for none.  [-0, +0, v] */
static void *room (lua_State *L, size_t n, size_t size) {
  void *p = calloc(n + 1, size);
  if (p == NULL) vk_raise(L, VK_ERR_NOMEM, "not enough memory for the search");
  return p;
}


/* Read the question: steps in twos, leaves in threes.  [-0, +0, v] */
static void read_question (lua_State *L, Rank *x) {
  vk_rank *r = &x->rank;
  size_t i, n = push_list(L, "steps", 2);
  r->steps = x->steps = room(L, n, sizeof(*x->steps));
  for (i = 0; i < n; i++)
    x->steps[i] = (vk_rank_step){ number_at(L, 2 * i + 1), number_at(L, 2 * i + 2) };
  r->n_steps = n;
  n = push_list(L, "leaves", 3);
  r->leaves = room(L, n, sizeof(*r->leaves));
  for (i = 0; i < n; i++)
    r->leaves[i] = (vk_rank_leaf){ .phrase = number_at(L, 3 * i + 1),
      .typed = number_at(L, 3 * i + 2), .differs = number_at(L, 3 * i + 3) > 0 };
  r->n_leaves = n;
  lua_pop(L, 2);
}


static double number_option (lua_State *L, const char *name) {
  double v;
  lua_getfield(L, OPTIONS, name);
  v = luaL_checknumber(L, -1);
  lua_pop(L, 1);
  return v;
}


/* A whole number, 0 or more, among the options.  [-0, +0, v] */
static uint32_t count_option (lua_State *L, const char *name) {
  lua_Integer v;
  lua_getfield(L, OPTIONS, name);
  v = luaL_checkinteger(L, -1);
  luaL_argcheck(L, v >= 0 && v < INT32_MAX, OPTIONS, name);
  lua_pop(L, 1);
  return (uint32_t)v;
}


/* Ask the function `idf` of the options for the weight of each leaf.  [-0, +0, e] */
static void weigh (lua_State *L, vk_rank *r) {
  size_t i;
  for (i = 0; i < r->n_leaves; i++) {
    lua_getfield(L, OPTIONS, "idf");
    lua_pushinteger(L, (lua_Integer)r->passages);
    lua_pushinteger(L, (lua_Integer)r->leaves[i].with);
    lua_call(L, 2, 1);
    r->leaves[i].idf = luaL_checknumber(L, -1);
    lua_pop(L, 1);
  }
}


/* Set a field of the table on top.  [-0, +0, m] */
static void set_integer (lua_State *L, const char *name, size_t v) {
  lua_pushinteger(L, (lua_Integer)v);
  lua_setfield(L, -2, name);
}


/* Push one passage.  [-0, +1, m] */
static void push_passage (lua_State *L, const vk_rank *r, const vk_ranked *p) {
  const vk_passage_count record = vk_rank_record(r, p->at);
  lua_createtable(L, 0, 6);
  set_integer(L, "document_id", (size_t)record.document);
  set_integer(L, "ordinal", record.ordinal);
  set_integer(L, "length", record.units);
  set_integer(L, "hits", p->hits);
  lua_pushnumber(L, p->score);
  lua_setfield(L, -2, "score");
  lua_pushboolean(L, p->typed);
  lua_setfield(L, -2, "typed");
}


/* Push what owns a ranking of the records at 1.  [-0, +1, v] */
static vk_rank *push_rank (lua_State *L) {
  size_t len;
  const char *records = luaL_checklstring(L, RECORDS, &len);
  Rank *x = lua_newuserdatauv(L, sizeof(*x), 0);
  memset(x, 0, sizeof(*x));
  luaL_setmetatable(L, RANK_T);
  x->rank.records = records;
  x->rank.n_records = len / sizeof(vk_passage_count);
  read_question(L, x);
  x->rank.phrases = count_option(L, "phrases");
  return &x->rank;
}


/*
** rank(records, {phrases=, steps=, leaves=, idf=, k1=, b=, limit=, sort=}) -> passages, total,
** as typed, documents
** The records of conn:scan with `passages`, of so many phrases.  Steps: an operator (0 leaf,
** 1 and, 2 or, 3 not) and its number, for each; leaves: phrase, phrase as typed or 0, 1 where
** they differ; idf(passages, passages with the leaf).  With sort = "date" the first ones.
*/
int l_corpus_rank (lua_State *L) {
  vk_rank *r;
  const vk_ranked *all;
  size_t i, n, limit;
  int rc, by_date;
  luaL_checktype(L, OPTIONS, LUA_TTABLE);
  lua_settop(L, OPTIONS);
  r = push_rank(L);
  limit = count_option(L, "limit");
  lua_getfield(L, OPTIONS, "sort");
  by_date = strcmp(luaL_checkstring(L, -1), "date") == 0;
  rc = vk_rank_find(r);
  if (rc == VK_ERR_NOMEM) return vk_raise(L, rc, "not enough memory for the search");
  if (rc != VK_OK) return vk_raise(L, rc, "rank: the question does not fit the records");
  weigh(L, r);
  vk_rank_best(r, number_option(L, "k1"), number_option(L, "b"), by_date ? 0 : limit);
  all = vk_rank_found(r, &n);
  if (limit > n) limit = n;
  lua_createtable(L, (limit < INT32_MAX) ? (int)limit : 0, 0);
  for (i = 0; i < limit; i++) {
    push_passage(L, r, &all[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_pushinteger(L, (lua_Integer)n);
  lua_pushinteger(L, (lua_Integer)r->typed);
  lua_pushinteger(L, (lua_Integer)r->documents);
  return 4;
}


void vk_open_rank (lua_State *L) {
  luaL_newmetatable(L, RANK_T);
  lua_pushcfunction(L, l_rank_gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
}
