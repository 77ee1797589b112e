/*
** vankien.host.literal: the first statement of a recipe as a table.
*/

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "error_lua.h"
#include "literal.h"

#define READER_T "vankien.literal"
#define PATH_MAX_BYTES (VK_LITERAL_DEPTH * (VK_LITERAL_KEY + 8) + 1)

int luaopen_vankien_literal (lua_State *L);

/* What building a table needs at every step. */
typedef struct Build {
  const vk_literal *literal;
  size_t at;                    /* the next node */
  int places;                   /* index of the table path -> line; 0: not wanted */
  const char *wrong;            /* why it cannot be built, and on which line */
  uint32_t line;
  char path[PATH_MAX_BYTES];
} Build;


static int l_literal_gc (lua_State *L) {
  vk_literal_free(luaL_checkudata(L, 1, READER_T));
  return 0;
}


/* [-0, +1, m] */
static vk_literal *push_literal (lua_State *L) {
  vk_literal *l = lua_newuserdatauv(L, sizeof(*l), 0);
  memset(l, 0, sizeof(*l));
  if (luaL_newmetatable(L, READER_T)) {
    lua_pushcfunction(L, l_literal_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return l;
}


/* Push a string or a number; 0, and nothing pushed, when Lua does not know it.  [-0, +(0|1), m] */
static int push_scalar (lua_State *L, const Build *b, const vk_literal_node *node) {
  const char *text = b->literal->texts.data + node->at;
  if (node->kind == VK_LITERAL_STRING) {
    lua_pushlstring(L, text, node->n);
    return 1;
  }
  if (lua_stringtonumber(L, text) != node->n + 1) return 0;
  if (node->is_negative) lua_arith(L, LUA_OPUNM);
  return 1;
}


/* Write ".name" or "[3]" behind a path of `len` bytes; the new length.  The key is on top. */
static size_t add_to_path (lua_State *L, Build *b, size_t len) {
  char *end = b->path + len;
  size_t room = sizeof(b->path) - len;
  int n;
  if (lua_type(L, -1) == LUA_TSTRING)
    n = snprintf(end, room, (len > 0) ? ".%s" : "%s", lua_tostring(L, -1));
  else if (lua_isinteger(L, -1)) n = snprintf(end, room, "[" LUA_INTEGER_FMT "]", lua_tointeger(L, -1));
  else n = snprintf(end, room, "[%.14g]", lua_tonumber(L, -1));
  return (n > 0 && (size_t)n < room) ? len + (size_t)n : len;
}


static int fail_build (Build *b, const vk_literal_node *node, const char *wrong) {
  b->wrong = wrong;
  b->line = node->line;
  return 0;
}


static int push_value (lua_State *L, Build *b, size_t len);


/* Push the key that stands next, else the next whole number.  [-0, +(0|1), m] */
static int push_key (lua_State *L, Build *b, lua_Integer *next) {
  const vk_literal_node *node = &b->literal->nodes[b->at];
  if (!node->is_key) {
    lua_pushinteger(L, (*next)++);
    return 1;
  }
  b->at++;
  if (!push_scalar(L, b, node)) return fail_build(b, node, "a number that Lua cannot read");
  return 1;
}


/* Note the line of the key on top; the length of its path.  [-0, +0, m] */
static size_t note_place (lua_State *L, Build *b, size_t len, uint32_t line) {
  if (b->places == 0) return 0;
  len = add_to_path(L, b, len);
  lua_pushlstring(L, b->path, len);
  lua_pushinteger(L, (lua_Integer)line);
  lua_rawset(L, b->places);
  return len;
}


/* One field of the table on top.  [-0, +0, m] on success */
static int set_field (lua_State *L, Build *b, lua_Integer *next, size_t len) {
  const vk_literal_node *node = &b->literal->nodes[b->at];
  size_t longer;
  if (!push_key(L, b, next)) return 0;
  lua_pushvalue(L, -1);
  if (lua_rawget(L, -3) != LUA_TNIL) return fail_build(b, node, "a key that is already given above");
  lua_pop(L, 1);
  longer = note_place(L, b, len, node->line);
  if (!push_value(L, b, longer)) return 0;
  lua_rawset(L, -3);
  return 1;
}


/* Push a table with room for the fields that follow.  [-0, +1, m] */
static void push_table (lua_State *L, const Build *b) {
  const vk_literal_node *node = &b->literal->nodes[b->at];
  int listed = 0, named = 0, depth = 0;
  for (; depth > 0 || node->kind != VK_LITERAL_END; node++) {
    if (depth == 0) node->is_key ? named++ : listed++;
    if (node->kind == VK_LITERAL_TABLE) depth++;
    else if (node->kind == VK_LITERAL_END) depth--;
  }
  lua_createtable(L, listed - named, named);
}


/* The value that begins at the next node.  [-0, +1, m] on success */
static int push_value (lua_State *L, Build *b, size_t len) {
  const vk_literal_node *node = &b->literal->nodes[b->at++];
  lua_Integer next = 1;
  luaL_checkstack(L, 6, "nested metadata");
  switch (node->kind) {
    case VK_LITERAL_NIL: lua_pushnil(L); return 1;
    case VK_LITERAL_FALSE: case VK_LITERAL_TRUE:
      lua_pushboolean(L, node->kind == VK_LITERAL_TRUE);
      return 1;
    case VK_LITERAL_TABLE: break;
    default:
      return push_scalar(L, b, node) || fail_build(b, node, "a number that Lua cannot read");
  }
  push_table(L, b);
  while (b->literal->nodes[b->at].kind != VK_LITERAL_END)
    if (!set_field(L, b, &next, len)) return 0;
  b->at++;
  return 1;
}


static int fail_at (lua_State *L, const char *name, uint32_t line, uint32_t column,
                    const char *cause, const char *hint) {
  vk_fail(L, VK_ERR_BAD_INPUT, hint, "%s", cause);
  if (column > 0) lua_pushfstring(L, "%s:%d:%d", name, (int)line, (int)column);
  else lua_pushfstring(L, "%s:%d", name, (int)line);
  lua_setfield(L, -2, "place");
  return 2;
}


static int fail_read (lua_State *L, const char *name, const char *s, int rc,
                      const vk_literal_error *error) {
  uint32_t line, column;
  if (rc == VK_ERR_NOMEM) return vk_raise(L, rc, "not enough memory for the metadata");
  vk_literal_place(s, error->at, &line, &column);
  return fail_at(L, name, line, column, error->cause, error->hint);
}


/* Read the bytes at 1, named at 2, and push their value; 0: nil and an error are pushed. */
static vk_literal *read_here (lua_State *L, Build *b) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n), *name = luaL_checkstring(L, 2);
  vk_literal_error error = { 0, "", NULL };
  vk_literal *literal = push_literal(L);
  int rc = vk_literal_read(s, n, literal, &error);
  if (rc != VK_OK) {
    fail_read(L, name, s, rc, &error);
    return NULL;
  }
  b->literal = literal;
  if (push_value(L, b, 0)) return literal;
  fail_at(L, name, b->line, 0, b->wrong, NULL);
  return NULL;
}


/*
** read(bytes, name) -> table, end_byte | nil, err
** end_byte: the last byte of the statement.  The name is for messages.
*/
static int l_literal_read (lua_State *L) {
  Build b = { 0 };
  vk_literal *literal;
  lua_settop(L, 2);
  literal = read_here(L, &b);
  if (literal == NULL) return 2;
  lua_pushinteger(L, (lua_Integer)literal->end);
  vk_literal_free(literal);
  return 2;
}


/*
** places(bytes, name) -> {["params[2].type"] = line} | nil, err
** "" is the statement itself.
*/
static int l_literal_places (lua_State *L) {
  Build b = { 0 };
  vk_literal *literal;
  lua_settop(L, 2);
  lua_newtable(L);
  b.places = 3;
  literal = read_here(L, &b);
  if (literal == NULL) return 2;
  lua_pushinteger(L, (lua_Integer)literal->nodes[0].line);
  lua_setfield(L, b.places, "");
  vk_literal_free(literal);
  lua_settop(L, b.places);
  return 1;
}


int luaopen_vankien_literal (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "read", l_literal_read }, { "places", l_literal_places }, { NULL, NULL }
  };
  luaL_newlib(L, functions);
  return 1;
}
