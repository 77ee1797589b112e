/*
** vankien.host.text: texts in, texts out.  Offsets are bytes; positions of
** tokens count from 1, as in string.sub, offsets into an original from 0.
*/

#include "text_lua.h"

#include <lauxlib.h>
#include <string.h>

#include "error_lua.h"
#include "json_lua.h"
#include "lines_lua.h"
#include "repair_lua.h"
#include "syllable.h"
#include "text.h"

#define SCRATCH_T "vankien.scratch"
#define KEEP_BYTES (1u << 20)           /* a larger scratch is given back at once */

static const char *const kind_names[] = { "syllable", "number", "mark" };


static int l_scratch_gc (lua_State *L) {
  vk_scratch *x = luaL_checkudata(L, 1, SCRATCH_T);
  vk_buf_free(&x->out);
  vk_buf_free(&x->other);
  return 0;
}


vk_scratch *vk_push_scratch (lua_State *L) {
  vk_scratch *x = lua_newuserdatauv(L, sizeof(*x), 0);
  memset(x, 0, sizeof(*x));
  luaL_newmetatable(L, SCRATCH_T);
  lua_pushcfunction(L, l_scratch_gc);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, -2);
  return x;
}


vk_scratch *vk_scratch_here (lua_State *L) {
  vk_scratch *x = lua_touserdata(L, lua_upvalueindex(1));
  if (x->out.cap > KEEP_BYTES) vk_buf_free(&x->out);
  if (x->other.cap > KEEP_BYTES) vk_buf_free(&x->other);
  x->out.len = x->other.len = 0;
  return x;
}


int vk_raise_text (lua_State *L, int status, const char *s, size_t n) {
  const char *reason = "not UTF-8";
  size_t at = 0;
  if (status == VK_ERR_NOMEM) return vk_raise(L, status, "not enough memory for the text");
  if (status != VK_ERR_BAD_INPUT) return vk_raise(L, status, "the text cannot be read");
  vk_text_check(s, n, &at, &reason);
  return vk_raise(L, status, "the text is not UTF-8: byte %zu is %s", at, reason);
}


/* Push what is in a buffer.  [-0, +1, m] */
static void push_buf (lua_State *L, const vk_buf *b) {
  lua_pushlstring(L, (b->len > 0) ? b->data : "", b->len);
}


/* Push f of the text at 1; its status.  [-0, +1, v] */
static int transform (lua_State *L, int (*f) (const char *, size_t, vk_buf *)) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  vk_scratch *x = vk_scratch_here(L);
  int rc = f(s, n, &x->out);
  if (rc < 0) vk_raise_text(L, rc, s, n);
  push_buf(L, &x->out);
  return rc;
}


/* nfc(text) -> text, changed */
static int l_text_nfc (lua_State *L) {
  int changed = transform(L, vk_text_nfc);
  lua_pushboolean(L, changed);
  return 2;
}


static int l_text_fold (lua_State *L) { transform(L, vk_text_fold); return 1; }
static int l_text_bare (lua_State *L) { transform(L, vk_text_bare); return 1; }
static int l_text_lower (lua_State *L) { transform(L, vk_text_lower); return 1; }
static int l_text_upper (lua_State *L) { transform(L, vk_text_upper); return 1; }
static int l_text_collate_key (lua_State *L) { transform(L, vk_text_collate_key); return 1; }


/* check_utf8(text) -> true, or nil, offset from 0, reason */
static int l_text_check_utf8 (lua_State *L) {
  size_t n, at;
  const char *s = luaL_checklstring(L, 1, &n), *reason;
  if (vk_text_check(s, n, &at, &reason) == VK_OK) {
    lua_pushboolean(L, 1);
    return 1;
  }
  lua_pushnil(L);
  lua_pushinteger(L, (lua_Integer)at);
  lua_pushstring(L, reason);
  return 3;
}


/* matches(haystack, needle [, bare]) -> boolean */
static int l_text_matches (lua_State *L) {
  size_t nh, nn;
  const char *hay = luaL_checklstring(L, 1, &nh), *needle = luaL_checklstring(L, 2, &nn);
  int rc = vk_text_matches(hay, nh, needle, nn, lua_toboolean(L, 3));
  if (rc < 0)
    return vk_text_check(hay, nh, NULL, NULL) != VK_OK ? vk_raise_text(L, rc, hay, nh)
                                                       : vk_raise_text(L, rc, needle, nn);
  lua_pushboolean(L, rc);
  return 1;
}


static int l_text_width (lua_State *L) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  lua_pushinteger(L, (lua_Integer)vk_text_width(s, n));
  return 1;
}


static size_t check_size (lua_State *L, int arg) {
  lua_Integer v = luaL_checkinteger(L, arg);
  luaL_argcheck(L, v >= 0, arg, "must not be negative");
  return (size_t)v;
}


/* cut(text, columns [, ellipsis]) -> text of at most so many columns */
static int l_text_cut (lua_State *L) {
  size_t n, n_end, end_columns, keep, columns = check_size(L, 2);
  const char *s = luaL_checklstring(L, 1, &n);
  const char *end = luaL_optlstring(L, 3, "…", &n_end);
  if (vk_text_width(s, n) <= columns) {
    lua_settop(L, 1);
    return 1;
  }
  end_columns = vk_text_width(end, n_end);
  if (end_columns > columns) end_columns = n_end = 0;
  keep = vk_text_fit(s, n, columns - end_columns, NULL);
  lua_pushlstring(L, s, keep);
  lua_pushlstring(L, end, n_end);
  lua_concat(L, 2);
  return 1;
}


static void add_spaces (luaL_Buffer *b, size_t n) {
  while (n-- > 0) luaL_addchar(b, ' ');
}


/* pad(text, columns [, "left"|"right"|"center"]) -> text of at least so many columns */
static int l_text_pad (lua_State *L) {
  static const char *const sides[] = { "left", "right", "center", NULL };
  size_t n, width, columns = check_size(L, 2), missing, before;
  const char *s = luaL_checklstring(L, 1, &n);
  int side = luaL_checkoption(L, 3, "left", sides);
  luaL_Buffer b;
  width = vk_text_width(s, n);
  missing = (width < columns) ? columns - width : 0;
  before = (side == 0) ? 0 : (side == 1) ? missing : missing / 2;
  luaL_buffinit(L, &b);
  add_spaces(&b, before);
  luaL_addlstring(&b, s, n);
  add_spaces(&b, missing - before);
  luaL_pushresult(&b);
  return 1;
}


/* Push the list at 2 as an array of sizes; how many.  [-0, +1, v] */
static size_t check_offsets (lua_State *L, size_t **offsets) {
  lua_Integer n, i;
  luaL_checktype(L, 2, LUA_TTABLE);
  n = luaL_len(L, 2);
  luaL_argcheck(L, n % 2 == 0, 2, "offsets must come in pairs");
  *offsets = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof(**offsets), 0);
  for (i = 0; i < n; i++) {
    int is_int;
    lua_Integer v;
    lua_geti(L, 2, i + 1);
    v = lua_tointegerx(L, -1, &is_int);
    luaL_argcheck(L, is_int && v >= 0, 2, "offsets must be integers, 0 or more");
    (*offsets)[i] = (size_t)v;
    lua_pop(L, 1);
  }
  return (size_t)n;
}


void vk_push_counts (lua_State *L, const vk_clean_counts *c) {
  const struct { const char *name; size_t n; } all[] = {
    { "nfc", c->nfc }, { "eth", c->eth }, { "nbsp", c->nbsp }, { "joined", c->joined },
    { "zero_width", c->zero_width }, { "white_space", c->white_space },
    { "control", c->control },
  };
  size_t i;
  lua_newtable(L);
  for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
    if (all[i].n == 0) continue;
    lua_pushinteger(L, (lua_Integer)all[i].n);
    lua_setfield(L, -2, all[i].name);
  }
}


int vk_raise_clean (lua_State *L, int rc, const char *s, size_t n, size_t at) {
  const char *reason = "not UTF-8";
  if (rc == VK_ERR_USAGE)
    return vk_raise(L, rc, "fragments must ascend and stay within the original");
  if (rc != VK_ERR_BAD_INPUT) return vk_raise_text(L, rc, s, n);
  vk_text_check(s + at, n - at, NULL, &reason);
  return vk_raise(L, rc, "the text is not UTF-8: byte %zu is %s", at, reason);
}


/* clean(original, fragments [, repairs]) -> text, map or nil, counts
   The original is repairs:text() where repairs are given. */
static int l_text_clean (lua_State *L) {
  size_t n, n_offsets, *offsets, at = 0;
  const char *s = luaL_checklstring(L, 1, &n);
  vk_scratch *x = vk_scratch_here(L);
  vk_clean_counts counts = { 0 };
  vk_moves moves = vk_check_moves(L, 3);
  int rc;
  n_offsets = check_offsets(L, &offsets);
  rc = vk_text_clean(s, n, offsets, n_offsets / 2, &moves, &x->out, &x->other, &counts, &at);
  if (rc != VK_OK) return vk_raise_clean(L, rc, s, n, at);
  push_buf(L, &x->out);
  if (x->other.len > 0) push_buf(L, &x->other);
  else lua_pushnil(L);
  vk_push_counts(L, &counts);
  return 3;
}


/* Push where `f` says that the text offset at 3 is.  [-0, +1, v] */
static int original_place (lua_State *L, int (*f) (const void *, size_t, size_t, size_t, size_t *)) {
  size_t n = 0, original;
  const char *map = luaL_optlstring(L, 1, NULL, &n);
  size_t start = check_size(L, 2), offset = check_size(L, 3);
  int rc = f(map, (map != NULL) ? n : 0, start, offset, &original);
  if (rc != VK_OK) return vk_raise(L, rc, "the map of a passage is damaged");
  lua_pushinteger(L, (lua_Integer)original);
  return 1;
}


/* original_offset(map or nil, start, text_offset) -> where the character there starts */
static int l_text_original_offset (lua_State *L) {
  return original_place(L, vk_text_original_offset);
}


/* original_stop(map or nil, start, text_offset) -> where the character before it ended */
static int l_text_original_stop (lua_State *L) {
  return original_place(L, vk_text_original_stop);
}


/* Push one token.  [-0, +1, v] */
static void push_token (lua_State *L, const char *s, const vk_token *t, vk_scratch *x) {
  int rc;
  x->out.len = 0;
  rc = vk_token_form(s, t, &x->out);
  if (rc < 0) vk_raise_text(L, rc, s + t->from, t->to - t->from);
  lua_createtable(L, 0, 5);
  push_buf(L, &x->out);
  lua_setfield(L, -2, "form");
  lua_pushstring(L, kind_names[t->kind]);
  lua_setfield(L, -2, "kind");
  lua_pushinteger(L, (lua_Integer)t->from + 1);
  lua_setfield(L, -2, "from");
  lua_pushinteger(L, (lua_Integer)t->to);
  lua_setfield(L, -2, "to");
  lua_pushboolean(L, t->ends_sentence);
  lua_setfield(L, -2, "sentence_end");
}


/* tokens(text) -> list of {form, kind, from, to, sentence_end} */
static int l_text_tokens (lua_State *L) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  vk_scratch *x = vk_scratch_here(L);
  vk_token_scan scan;
  vk_token token;
  lua_Integer i = 0;
  int rc;
  vk_token_scan_start(&scan, s, n);
  lua_newtable(L);
  while ((rc = vk_token_next(&scan, &token)) > 0) {
    push_token(L, s, &token, x);
    lua_seti(L, -2, ++i);
  }
  return (rc < 0) ? vk_raise_text(L, rc, s, n) : 1;
}


/* syllables(text) -> syllables, sentences */
static int l_text_syllables (lua_State *L) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  vk_text_size size;
  int rc = vk_text_measure(s, n, &size);
  if (rc < 0) return vk_raise_text(L, rc, s, n);
  lua_pushinteger(L, (lua_Integer)size.syllables);
  lua_pushinteger(L, (lua_Integer)size.sentences);
  return 2;
}


/* valid_syllable(text) -> boolean: could these letters be one Vietnamese syllable? */
static int l_text_valid_syllable (lua_State *L) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  lua_pushboolean(L, vk_syllable_valid(s, n));
  return 1;
}


static const luaL_Reg functions[] = {
  { "nfc", l_text_nfc },
  { "fold", l_text_fold },
  { "bare", l_text_bare },
  { "lower", l_text_lower },
  { "upper", l_text_upper },
  { "collate_key", l_text_collate_key },
  { "check_utf8", l_text_check_utf8 },
  { "matches", l_text_matches },
  { "width", l_text_width },
  { "cut", l_text_cut },
  { "pad", l_text_pad },
  { "clean", l_text_clean },
  { "original_offset", l_text_original_offset },
  { "original_stop", l_text_original_stop },
  { "tokens", l_text_tokens },
  { "syllables", l_text_syllables },
  { "valid_syllable", l_text_valid_syllable },
  { "json_cut", l_text_json_cut },
  { "json_records", l_text_json_records },
  { NULL, NULL }
};


int luaopen_vankien_text (lua_State *L) {
  luaL_newlibtable(L, functions);
  vk_push_scratch(L);
  luaL_setfuncs(L, functions, 1);
  vk_push_tokenizer_maker(L);
  lua_setfield(L, -2, "tokenizer");
  vk_set_lines(L);
  vk_set_repairs(L);
  return 1;
}
