/*
** Tokenizers in Lua: one userdata that owns a vk_tokenizer.
*/

#include <lauxlib.h>

#include "error_lua.h"
#include "text_lua.h"

typedef struct Tokenizer {
  vk_tokenizer *tk;       /* NULL before it is made and after it is closed */
  vk_ahead *ahead;        /* jobs that work on it; NULL: there never was one */
  int threaded;           /* they may have a thread */
} Tokenizer;

static const char *const kind_names[] = { "syllable", "number", "mark", NULL };


static Tokenizer *check_open (lua_State *L, int index) {
  Tokenizer *t = luaL_checkudata(L, index, VK_TOKENIZER_T);
  if (t->tk == NULL) vk_raise(L, VK_ERR_USAGE, "the tokenizer is closed");
  return t;
}


vk_tokenizer *vk_check_tokenizer (lua_State *L, int index) {
  Tokenizer *t = check_open(L, index);
  if (t->ahead != NULL) vk_ahead_wait(t->ahead, NULL);
  return t->tk;
}


vk_tokenizer *vk_check_tokenizer_ahead (lua_State *L, int index, vk_ahead ***ahead) {
  Tokenizer *t = check_open(L, index);
  if (t->ahead == NULL) t->ahead = vk_ahead_new(t->threaded);
  if (t->ahead == NULL) vk_raise(L, VK_ERR_NOMEM, "not enough memory to read a text ahead");
  *ahead = &t->ahead;
  return t->tk;
}


/* __gc and __close */
static int l_tokenizer_close (lua_State *L) {
  Tokenizer *t = luaL_checkudata(L, 1, VK_TOKENIZER_T);
  vk_tokenizer *tk = t->tk;
  vk_ahead *ahead = t->ahead;
  t->tk = NULL;
  t->ahead = NULL;
  vk_ahead_free(ahead);
  vk_tokenizer_free(tk);
  return 0;
}


/* tokenizer([threaded]) -> tokenizer without types; texts are read ahead by a thread or not */
static int l_text_tokenizer (lua_State *L) {
  int threaded = lua_toboolean(L, 1);
  Tokenizer *t = lua_newuserdatauv(L, sizeof(*t), 0);
  *t = (Tokenizer){ .threaded = threaded };
  luaL_setmetatable(L, VK_TOKENIZER_T);
  t->tk = vk_tokenizer_new();
  if (t->tk == NULL) return vk_raise(L, VK_ERR_NOMEM, "not enough memory for a tokenizer");
  return 1;
}


int vk_raise_tokens (lua_State *L, int rc, const char *s, size_t n) {
  if (rc == VK_ERR_FULL)
    return vk_raise_hint(L, rc, "split the documents over several stores",
                         "the store has %u different tokens, and no more fit", VK_TYPE_LIMIT);
  return vk_raise_text(L, rc, s, n);
}


/* load(form, id, kind): a type that the store has */
static int l_tokenizer_load (lua_State *L) {
  vk_tokenizer *tk = vk_check_tokenizer(L, 1);
  size_t n;
  const char *form = luaL_checklstring(L, 2, &n);
  lua_Integer id = luaL_checkinteger(L, 3);
  int kind = luaL_checkoption(L, 4, NULL, kind_names), rc;
  luaL_argcheck(L, id >= 0 && id <= UINT32_MAX, 3, "no id of a type");
  rc = vk_tokenizer_load(tk, form, n, (uint32_t)id, (enum vk_token_kind)kind);
  if (rc == VK_ERR_USAGE)
    return vk_raise(L, rc, "type %d (%s) is there already, reserved, or comes after new types",
                    (int)id, form);
  return (rc < 0) ? vk_raise_text(L, rc, form, n) : 0;
}


/* add(text) -> first unit, syllables, sentences */
static int l_tokenizer_add (lua_State *L) {
  vk_tokenizer *tk = vk_check_tokenizer(L, 1);
  size_t n, first;
  const char *s = luaL_checklstring(L, 2, &n);
  vk_text_size size;
  int rc = vk_tokenizer_add(tk, s, n, &first, &size);
  if (rc < 0) return vk_raise_tokens(L, rc, s, n);
  lua_pushinteger(L, (lua_Integer)first);
  lua_pushinteger(L, (lua_Integer)size.syllables);
  lua_pushinteger(L, (lua_Integer)size.sentences);
  return 3;
}


/* finish() -> units, syllables, sentences; the stream starts afresh */
static int l_tokenizer_finish (lua_State *L) {
  vk_tokenizer *tk = vk_check_tokenizer(L, 1);
  vk_text_size size;
  const vk_buf *units = vk_tokenizer_stream(tk, &size);
  if (units == NULL) return vk_raise_text(L, VK_ERR_NOMEM, NULL, 0);
  lua_pushlstring(L, units->data, units->len);
  lua_pushinteger(L, (lua_Integer)size.syllables);
  lua_pushinteger(L, (lua_Integer)size.sentences);
  vk_tokenizer_clear_stream(tk);
  return 3;
}


/* new_types() -> list of {id, form, kind} made since the last call */
static int l_tokenizer_new_types (lua_State *L) {
  vk_tokenizer *tk = vk_check_tokenizer(L, 1);
  size_t i, n = vk_tokenizer_fresh(tk);
  lua_createtable(L, (n < INT32_MAX) ? (int)n : 0, 0);
  for (i = 0; i < n; i++) {
    vk_token_type type = vk_tokenizer_fresh_type(tk, i);
    lua_createtable(L, 0, 3);
    lua_pushinteger(L, type.id);
    lua_setfield(L, -2, "id");
    lua_pushlstring(L, type.form, type.n);
    lua_setfield(L, -2, "form");
    lua_pushstring(L, kind_names[type.kind]);
    lua_setfield(L, -2, "kind");
    lua_seti(L, -2, (lua_Integer)i + 1);
  }
  vk_tokenizer_reported(tk);
  return 1;
}


/* next_id() -> the id that the next new type will get */
static int l_tokenizer_next_id (lua_State *L) {
  lua_pushinteger(L, vk_tokenizer_next_id(vk_check_tokenizer(L, 1)));
  return 1;
}


/* rollback(next_id): forget the stream and the types from next_id on */
static int l_tokenizer_rollback (lua_State *L) {
  vk_tokenizer *tk = vk_check_tokenizer(L, 1);
  lua_Integer id = luaL_checkinteger(L, 2);
  luaL_argcheck(L, id >= 0 && id <= UINT32_MAX, 2, "no id of a type");
  if (vk_tokenizer_rollback(tk, (uint32_t)id) != VK_OK)
    return vk_raise_text(L, VK_ERR_NOMEM, NULL, 0);
  return 0;
}


/* encode(phrase) -> units, or nil and the first form that is no type */
static int l_tokenizer_encode (lua_State *L) {
  vk_tokenizer *tk = vk_check_tokenizer(L, 1);
  vk_scratch *x = vk_scratch_here(L);
  size_t n;
  const char *s = luaL_checklstring(L, 2, &n);
  int rc = vk_tokenizer_encode(tk, s, n, &x->out, &x->other);
  if (rc == VK_ERR_NOT_FOUND) {
    lua_pushnil(L);
    lua_pushlstring(L, x->other.data, x->other.len);
    return 2;
  }
  if (rc < 0) return vk_raise_text(L, rc, s, n);
  lua_pushlstring(L, (x->out.len > 0) ? x->out.data : "", x->out.len);
  return 1;
}


/* Set items 2i-1 and 2i of the list on top to the bytes of the pair's units.
   [-0, +0, v] */
static void set_bytes (lua_State *L, const vk_scratch *x, lua_Integer i) {
  const vk_span *spans = (const vk_span *)(const void *)x->out.data;
  lua_Integer n = (lua_Integer)(x->out.len / sizeof(*spans)), at, units;
  lua_geti(L, 3, i);
  lua_geti(L, 3, i + 1);
  at = luaL_checkinteger(L, -2);
  units = luaL_checkinteger(L, -1);
  lua_pop(L, 2);
  if (at < 0 || units < 1 || units > n || at > n - units)
    vk_raise(L, VK_ERR_USAGE, "units %lld to %lld are not in the passage of %lld units",
             (long long)at, (long long)(at + units - 1), (long long)n);
  lua_pushinteger(L, (lua_Integer)spans[at].from + 1);
  lua_seti(L, -2, i);
  lua_pushinteger(L, (lua_Integer)spans[at + units - 1].to);
  lua_seti(L, -2, i + 1);
}


/*
** locate(text, {unit, units, …}) -> {from, to, …}
** Units count from 0 at the passage's first; bytes from 1, both ends included.
*/
static int l_tokenizer_locate (lua_State *L) {
  vk_tokenizer *tk = vk_check_tokenizer(L, 1);
  vk_scratch *x = vk_scratch_here(L);
  size_t n;
  const char *s = luaL_checklstring(L, 2, &n);
  lua_Integer i, wanted;
  int rc;
  luaL_checktype(L, 3, LUA_TTABLE);
  wanted = luaL_len(L, 3);
  luaL_argcheck(L, wanted % 2 == 0, 3, "units must come in pairs");
  rc = vk_tokenizer_spans(tk, s, n, &x->out);
  if (rc == VK_ERR_NOT_FOUND)
    return vk_raise(L, VK_ERR_INTEGRITY, "the passage has a token that is no type");
  if (rc < 0) return vk_raise_text(L, rc, s, n);
  lua_newtable(L);
  for (i = 1; i < wanted; i += 2) set_bytes(L, x, i);
  return 1;
}


static const luaL_Reg methods[] = {
  { "load", l_tokenizer_load },
  { "add", l_tokenizer_add },
  { "finish", l_tokenizer_finish },
  { "new_types", l_tokenizer_new_types },
  { "next_id", l_tokenizer_next_id },
  { "rollback", l_tokenizer_rollback },
  { "encode", l_tokenizer_encode },
  { "locate", l_tokenizer_locate },
  { "close", l_tokenizer_close },
  { NULL, NULL }
};


void vk_push_tokenizer_maker (lua_State *L) {
  luaL_newmetatable(L, VK_TOKENIZER_T);
  lua_pushcfunction(L, l_tokenizer_close);
  lua_setfield(L, -2, "__gc");
  lua_pushcfunction(L, l_tokenizer_close);
  lua_setfield(L, -2, "__close");
  luaL_newlibtable(L, methods);
  vk_push_scratch(L);
  luaL_setfuncs(L, methods, 1);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
  lua_pushcfunction(L, l_text_tokenizer);
}
