/*
** Lines and passages in Lua.  Lines count from 1; offsets into the original from 0,
** ends exclusive; places in a line's text from 1, as in string.sub.
*/

#include <lauxlib.h>
#include <string.h>

#include "error_lua.h"
#include "lines_lua.h"

#define LINES_T "vankien.lines"
#define PASSAGES_T "vankien.passages"

static const char *const gap_names[] = { "none", "blank", "page", "break", NULL };
static const char *const begin_names[] = { "lower", "upper", "digit", "other" };
static const char *const end_names[] = { "sentence", "clause", "comma", "hanging", "open" };
static const char *const kinds[] = { "paragraph", "heading", "item", NULL };


static int raise_lines (lua_State *L, int rc) {
  if (rc == VK_ERR_NOMEM) return vk_raise(L, rc, "not enough memory for the lines of a text");
  if (rc == VK_ERR_USAGE) return vk_raise(L, rc, "fragments must ascend and stay in the text");
  return vk_raise(L, rc, "the text is not UTF-8");
}


/* lines(text, at): no lines yet; the user value keeps the text */
static int l_text_lines (lua_State *L) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  lua_Integer at = luaL_optinteger(L, 2, 0);
  vk_lines *l;
  luaL_argcheck(L, at >= 0, 2, "must not be negative");
  l = lua_newuserdatauv(L, sizeof(*l), 1);
  memset(l, 0, sizeof(*l));
  luaL_setmetatable(L, LINES_T);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  vk_lines_start(l, s, n, (size_t)at);
  return 1;
}


static int l_lines_close (lua_State *L) {
  vk_lines_free(luaL_checkudata(L, 1, LINES_T));
  return 0;
}


static vk_line *check_line (lua_State *L, vk_lines **lines, int self, int arg) {
  vk_lines *l = luaL_checkudata(L, self, LINES_T);
  lua_Integer k = luaL_checkinteger(L, arg);
  luaL_argcheck(L, k >= 1 && (lua_Unsigned)k <= l->count, arg, "no such line");
  *lines = l;
  return &l->all[k - 1];
}


static int l_lines_count (lua_State *L) {
  vk_lines *l = luaL_checkudata(L, 1, LINES_T);
  lua_pushinteger(L, (lua_Integer)l->count);
  return 1;
}


/* lines:read(at) -> ornaments, page marks that were left out */
static int l_lines_read (lua_State *L) {
  vk_lines *l = luaL_checkudata(L, 1, LINES_T);
  lua_Integer at = luaL_checkinteger(L, 2);
  vk_lines_dropped dropped = { 0, 0 };
  int rc;
  luaL_argcheck(L, at >= 0, 2, "must not be negative");
  rc = vk_lines_read(l, (size_t)at, &dropped);
  if (rc < 0) return raise_lines(L, rc);
  lua_pushinteger(L, (lua_Integer)dropped.ornaments);
  lua_pushinteger(L, (lua_Integer)dropped.page_marks);
  return 2;
}


/* Push the list of offsets at `index` as an array; *n pairs.  [-0, +1, v] */
static size_t *check_pairs (lua_State *L, int index, size_t *n) {
  lua_Integer i, size;
  size_t *out;
  luaL_checktype(L, index, LUA_TTABLE);
  size = luaL_len(L, index);
  luaL_argcheck(L, size > 0 && size % 2 == 0, index, "offsets must come in pairs");
  out = lua_newuserdatauv(L, (size_t)size * sizeof(*out), 0);
  for (i = 0; i < size; i++) {
    lua_geti(L, index, i + 1);
    luaL_argcheck(L, lua_isinteger(L, -1) && lua_tointeger(L, -1) >= 0, index,
                  "offsets must be integers, 0 or more");
    out[i] = (size_t)lua_tointeger(L, -1);
    lua_pop(L, 1);
  }
  *n = (size_t)size / 2;
  return out;
}


/* lines:add({from, to, …}, gap or nil, level or nil) */
static int l_lines_add (lua_State *L) {
  vk_lines *l = luaL_checkudata(L, 1, LINES_T);
  int gap = luaL_checkoption(L, 3, "none", gap_names);
  lua_Integer level = luaL_optinteger(L, 4, 0);
  size_t n, *pieces = check_pairs(L, 2, &n);
  int rc;
  luaL_argcheck(L, level >= 0 && level <= UINT8_MAX, 4, "no level of a heading");
  rc = vk_lines_add(l, pieces, n, (enum vk_gap)gap, (int)level);
  return (rc < 0) ? raise_lines(L, rc) : 0;
}


/* lines:measure(): find the columns that the text was set in */
static int l_lines_measure (lua_State *L) {
  int rc = vk_lines_measure(luaL_checkudata(L, 1, LINES_T));
  return (rc < 0) ? raise_lines(L, rc) : 0;
}


/* lines:text(k) -> s, i, j: the line is s:sub(i, j), NFC, without markup */
static int l_lines_text (lua_State *L) {
  vk_lines *l;
  const vk_line *line = check_line(L, &l, 1, 2);
  size_t at = line->is_shown ? 0 : line->at;
  if (line->is_shown) lua_pushlstring(L, (const char *)vk_line_text(l, line), line->n);
  else lua_getiuservalue(L, 1, 1);
  lua_pushinteger(L, (lua_Integer)at + 1);
  lua_pushinteger(L, (lua_Integer)(at + line->n));
  return 3;
}


/* lines:place(k) -> from, to, level or nil, gap or nil, column or nil */
static int l_lines_place (lua_State *L) {
  vk_lines *l;
  const vk_line *line = check_line(L, &l, 1, 2);
  lua_pushinteger(L, (lua_Integer)line->from);
  lua_pushinteger(L, (lua_Integer)line->to);
  if (line->level > 0) lua_pushinteger(L, line->level);
  else lua_pushnil(L);
  if (line->gap != VK_GAP_NONE) lua_pushstring(L, gap_names[line->gap]);
  else lua_pushnil(L);
  if (line->column > 0) lua_pushinteger(L, line->column);
  else lua_pushnil(L);
  return 5;
}


/* The offset into a line's text that the place at `arg` is; its beginning when none. */
static size_t opt_place (lua_State *L, const vk_line *line, int arg) {
  lua_Integer first = (lua_Integer)(line->is_shown ? 0 : line->at) + 1;
  lua_Integer at = luaL_optinteger(L, arg, first);
  luaL_argcheck(L, at >= first, arg, "before the line");
  return (size_t)(at - first);
}


/* lines:begins(k, at or nil) -> "lower", "upper", "digit" or "other" */
static int l_lines_begins (lua_State *L) {
  vk_lines *l;
  const vk_line *line = check_line(L, &l, 1, 2);
  lua_pushstring(L, begin_names[vk_line_begins(l, line, opt_place(L, line, 3))]);
  return 1;
}


/* lines:ends(k) -> "sentence", "clause", "comma", "hanging" or "open" */
static int l_lines_ends (lua_State *L) {
  vk_lines *l;
  vk_line *line = check_line(L, &l, 1, 2);
  lua_pushstring(L, end_names[vk_line_ends(l, line)]);
  return 1;
}


/* lines:capitals(k, at or nil) -> boolean */
static int l_lines_capitals (lua_State *L) {
  vk_lines *l;
  const vk_line *line = check_line(L, &l, 1, 2);
  lua_pushboolean(L, vk_line_capitals(l, line, opt_place(L, line, 3)));
  return 1;
}


/* lines:colon(k) -> does the line end in a colon? */
static int l_lines_colon (lua_State *L) {
  vk_lines *l;
  const vk_line *line = check_line(L, &l, 1, 2);
  lua_pushboolean(L, line->n > 0 && vk_line_text(l, line)[line->n - 1] == ':');
  return 1;
}


/* lines:plain(k) -> can it bear no mark? */
static int l_lines_plain (lua_State *L) {
  vk_lines *l;
  const vk_line *line = check_line(L, &l, 1, 2);
  lua_pushboolean(L, vk_line_is_plain(l, line));
  return 1;
}


/* lines:joins(k, marked) -> does the line go on in the next one, which bears no mark? */
static int l_lines_joins (lua_State *L) {
  vk_lines *l;
  const vk_line *line = check_line(L, &l, 1, 2);
  size_t k = (size_t)(line - l->all);
  lua_pushboolean(L, k + 1 < l->count && vk_lines_join(l, k, lua_toboolean(L, 3)));
  return 1;
}


vk_passages *vk_check_passages (lua_State *L, int index) {
  return luaL_checkudata(L, index, PASSAGES_T);
}


/* passages() -> none yet */
static int l_text_passages (lua_State *L) {
  vk_passages *p = lua_newuserdatauv(L, sizeof(*p), 0);
  memset(p, 0, sizeof(*p));
  luaL_setmetatable(L, PASSAGES_T);
  return 1;
}


static int l_passages_close (lua_State *L) {
  vk_passages_free(vk_check_passages(L, 1));
  return 0;
}


static int l_passages_count (lua_State *L) {
  lua_pushinteger(L, (lua_Integer)vk_check_passages(L, 1)->count);
  return 1;
}


/* passages:begin(path): a paragraph of nothing yet */
static int l_passages_begin (lua_State *L) {
  vk_passages *p = vk_check_passages(L, 1);
  size_t n;
  const char *path = luaL_checklstring(L, 2, &n);
  int rc = vk_passages_begin(p, path, n);
  return (rc < 0) ? raise_lines(L, rc) : 0;
}


/* passages:take(lines, k): the line belongs to the last passage */
static int l_passages_take (lua_State *L) {
  vk_passages *p = vk_check_passages(L, 1);
  vk_lines *l;
  const vk_line *line = check_line(L, &l, 2, 3);
  int rc = vk_passages_take(p, l, line);
  return (rc < 0) ? raise_lines(L, rc) : 0;
}


/* passages:kind(name): what the last passage is */
static int l_passages_kind (lua_State *L) {
  vk_passages *p = vk_check_passages(L, 1);
  int kind = luaL_checkoption(L, 2, NULL, kinds);
  luaL_argcheck(L, p->count > 0, 1, "there is no passage");
  p->all[p->count - 1].kind = (enum vk_passage_kind)kind;
  return 0;
}


/*
** passages:run(lines, k, first) -> k, first, lines joined, colon
** Put lines together that bear no mark, from k on (vk_passages_run).
*/
static int l_passages_run (lua_State *L) {
  vk_passages *p = vk_check_passages(L, 1);
  vk_lines *l = luaL_checkudata(L, 2, LINES_T);
  lua_Integer next = luaL_checkinteger(L, 3), first = luaL_checkinteger(L, 4);
  vk_run run = { 0, 0, 0, 0 };
  int rc;
  luaL_argcheck(L, first >= 1 && first < next && (lua_Unsigned)next <= l->count + 1, 3,
                "no such line");
  run.next = (size_t)next - 1;
  run.first = (size_t)first - 1;
  rc = vk_passages_run(p, l, &run);
  if (rc < 0) return raise_lines(L, rc);
  lua_pushinteger(L, (lua_Integer)run.next + 1);
  lua_pushinteger(L, (lua_Integer)run.first + 1);
  lua_pushinteger(L, (lua_Integer)run.joined);
  lua_pushboolean(L, run.colon);
  return 4;
}


/* Push the passage at i as {path=, kind=, fragments=}.  [-0, +1, m] */
static void push_passage (lua_State *L, const vk_passages *p, size_t i) {
  const vk_passage *passage = &p->all[i];
  const size_t *fragments = vk_passage_fragments(p, passage);
  size_t k;
  lua_createtable(L, 0, 3);
  lua_pushlstring(L, (passage->n_path > 0) ? p->paths.data + passage->path : "", passage->n_path);
  lua_setfield(L, -2, "path");
  lua_pushstring(L, kinds[passage->kind]);
  lua_setfield(L, -2, "kind");
  lua_createtable(L, (int)(2 * passage->n), 0);
  for (k = 0; k < 2 * passage->n; k++) {
    lua_pushinteger(L, (lua_Integer)fragments[k]);
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
  lua_setfield(L, -2, "fragments");
}


/* passages[i] -> a copy of the passage, or nil; passages.name -> method */
static int l_passages_index (lua_State *L) {
  vk_passages *p = vk_check_passages(L, 1);
  if (lua_isinteger(L, 2)) {
    lua_Integer i = lua_tointeger(L, 2);
    if (i >= 1 && (lua_Unsigned)i <= p->count) push_passage(L, p, (size_t)i - 1);
    else lua_pushnil(L);
    return 1;
  }
  lua_settop(L, 2);
  lua_rawget(L, lua_upvalueindex(1));
  return 1;
}


static const luaL_Reg lines_methods[] = {
  { "read", l_lines_read }, { "add", l_lines_add }, { "measure", l_lines_measure },
  { "text", l_lines_text }, { "place", l_lines_place }, { "begins", l_lines_begins },
  { "ends", l_lines_ends }, { "capitals", l_lines_capitals }, { "colon", l_lines_colon },
  { "plain", l_lines_plain }, { "joins", l_lines_joins }, { NULL, NULL }
};


static const luaL_Reg passages_methods[] = {
  { "begin", l_passages_begin }, { "take", l_passages_take }, { "kind", l_passages_kind },
  { "run", l_passages_run }, { NULL, NULL }
};


/* Make a type with a length.  [-0, +1, m] */
static void new_type (lua_State *L, const char *type, lua_CFunction close, lua_CFunction count) {
  luaL_newmetatable(L, type);
  lua_pushcfunction(L, close);
  lua_setfield(L, -2, "__gc");
  lua_pushcfunction(L, close);
  lua_setfield(L, -2, "__close");
  lua_pushcfunction(L, count);
  lua_setfield(L, -2, "__len");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
}


void vk_set_lines (lua_State *L) {
  new_type(L, LINES_T, l_lines_close, l_lines_count);
  luaL_newlib(L, lines_methods);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  new_type(L, PASSAGES_T, l_passages_close, l_passages_count);
  luaL_newlib(L, passages_methods);
  lua_pushcclosure(L, l_passages_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  lua_pushcfunction(L, l_text_lines);
  lua_setfield(L, -2, "lines");
  lua_pushcfunction(L, l_text_passages);
  lua_setfield(L, -2, "passages");
}
