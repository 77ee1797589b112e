/*
** Lua values to messages and back.  Recursive, as deep as a message may be and no deeper.
*/

#include "message_lua.h"

#include <lauxlib.h>
#include <string.h>

#include "error_lua.h"
#include "object_lua.h"

#define DEFAULT_BYTES (64 << 20)
#define DEFAULT_NODES 4000000
#define MOST_RESERVED 1024      /* slots made ahead because a message says so */
#define LONGEST_KEY 40          /* bytes of a key in the name of a place */
#define SLOTS 8                 /* of the stack, for each level */

typedef struct Encoder {
  vk_message_writer w;
  int depth;
} Encoder;

static int put (lua_State *L, Encoder *e, int index);


/* Put the words why not on the stack; `status` for the caller. */
static int refuse (lua_State *L, int status, const char *why) {
  lua_pushstring(L, why);
  return status;
}


/* Put ".name" or "[3]" before the text on top, which says what is wrong further down. */
static void add_place (lua_State *L, int key) {
  size_t len;
  const char *name;
  if (lua_type(L, key) == LUA_TSTRING) {
    name = lua_tolstring(L, key, &len);
    lua_pushlstring(L, name, len < LONGEST_KEY ? len : LONGEST_KEY);
    lua_pushfstring(L, ".%s%s", lua_tostring(L, -1), lua_tostring(L, -2));
    lua_remove(L, -2);
  }
  else if (lua_isinteger(L, key))
    lua_pushfstring(L, "[%I]%s", (LUAI_UACINT)lua_tointeger(L, key), lua_tostring(L, -1));
  else
    lua_pushfstring(L, "[a %s]%s", luaL_typename(L, key), lua_tostring(L, -1));
  lua_remove(L, -2);
}


static int put_item (lua_State *L, Encoder *e, const vk_message_item *item) {
  int rc = vk_message_put(&e->w, item);
  if (rc == VK_ERR_FULL) return refuse(L, rc, " is more than may be handed over");
  return (rc < 0) ? refuse(L, rc, ": not enough memory") : rc;
}


/* How many keys the table at `index` has, and whether they are 1 to that.  [-0, +0, -] */
static size_t count_keys (lua_State *L, int index, int *is_list) {
  lua_Unsigned border = lua_rawlen(L, index);
  size_t n = 0;
  *is_list = 1;
  for (lua_pushnil(L); lua_next(L, index); n++) {
    lua_pop(L, 1);
    if (!lua_isinteger(L, -1) || (lua_Unsigned)lua_tointeger(L, -1) - 1u >= border) *is_list = 0;
  }
  *is_list = *is_list && n == border;
  return n;
}


static int put_list (lua_State *L, Encoder *e, int index, size_t n) {
  lua_Integer i;
  int rc = VK_OK;
  for (i = 1; rc == VK_OK && i <= (lua_Integer)n; i++) {
    lua_rawgeti(L, index, i);
    rc = put(L, e, lua_gettop(L));
    if (rc != VK_OK) {
      lua_pushfstring(L, "[%I]%s", (LUAI_UACINT)i, lua_tostring(L, -1));
      lua_replace(L, -3);
    }
    lua_pop(L, 1);
  }
  return rc;
}


static int put_map (lua_State *L, Encoder *e, int index) {
  int rc = VK_OK;
  lua_pushnil(L);
  while (rc == VK_OK && lua_next(L, index)) {
    int value = lua_gettop(L), key = value - 1;
    if (lua_istable(L, key)) rc = refuse(L, VK_ERR_BAD_INPUT, " is a key that is no plain value");
    else rc = put(L, e, key);
    if (rc == VK_OK) rc = put(L, e, value);
    if (rc != VK_OK) {
      add_place(L, key);
      lua_replace(L, key);
    }
    lua_settop(L, key);
  }
  return rc;
}


static int put_table (lua_State *L, Encoder *e, int index) {
  vk_message_item item;
  int is_list, rc;
  memset(&item, 0, sizeof(item));
  if (e->depth == e->w.limits.depth)
    return refuse(L, VK_ERR_BAD_INPUT, " is too deep, or a table that holds itself");
  luaL_checkstack(L, SLOTS, "value");
  item.len = count_keys(L, index, &is_list);
  item.type = is_list ? VK_MESSAGE_LIST : VK_MESSAGE_MAP;
  rc = put_item(L, e, &item);
  if (rc != VK_OK) return rc;
  e->depth++;
  rc = is_list ? put_list(L, e, index, item.len) : put_map(L, e, index);
  e->depth--;
  return rc;
}


/* VK_OK, or negative with a text pushed.  [-0, +(0|1), m] */
static int put (lua_State *L, Encoder *e, int index) {
  vk_message_item item;
  memset(&item, 0, sizeof(item));
  switch (lua_type(L, index)) {
    case LUA_TNIL: item.type = VK_MESSAGE_NIL; break;
    case LUA_TBOOLEAN:
      item.type = VK_MESSAGE_BOOLEAN;
      item.integer = lua_toboolean(L, index);
      break;
    case LUA_TNUMBER:
      item.type = lua_isinteger(L, index) ? VK_MESSAGE_INTEGER : VK_MESSAGE_FLOAT;
      if (lua_isinteger(L, index)) item.integer = (int64_t)lua_tointeger(L, index);
      else item.number = lua_tonumber(L, index);
      break;
    case LUA_TSTRING:
      item.type = VK_MESSAGE_STRING;
      item.text = lua_tolstring(L, index, &item.len);
      break;
    case LUA_TTABLE: return put_table(L, e, index);
    default:
      lua_pushfstring(L, " is a %s, which is no data", luaL_typename(L, index));
      return VK_ERR_BAD_INPUT;
  }
  return put_item(L, e, &item);
}


int vk_message_from (lua_State *L, int index, vk_buf *out, const vk_message_limits *limits) {
  Encoder e;
  int rc;
  index = lua_absindex(L, index);
  luaL_checkstack(L, SLOTS, "value");
  e.depth = 0;
  rc = vk_message_begin(&e.w, out, limits);
  if (rc != VK_OK) return refuse(L, rc, ": not enough memory");
  rc = put(L, &e, index);
  if (rc == VK_OK) vk_message_finish(&e.w);
  return rc;
}


/* Push the next value of a message with all that is in it.  VK_OK or negative.  [-0, +1, m] */
static int push (lua_State *L, vk_message_reader *r);


/* May the value on top be a key, and is it new in the table?  [-0, +0, -] */
static int is_new_key (lua_State *L, int table) {
  int is_new;
  if (!lua_rawequal(L, -1, -1)) return 0;  /* not a number (NaN) */
  lua_pushvalue(L, -1);
  is_new = lua_rawget(L, table) == LUA_TNIL;
  lua_pop(L, 1);
  return is_new;
}


/* A pair of a map, or member `i` of a list.  Leaves things behind when it fails. */
static int push_member (lua_State *L, vk_message_reader *r, int table, int is_map, size_t i) {
  int rc = VK_OK;
  if (is_map) rc = push(L, r);
  else lua_pushinteger(L, (lua_Integer)i);
  if (rc != VK_OK) return rc;
  if (is_map && !is_new_key(L, table)) {
    r->problem = "a key stands there twice, or is no number";
    return VK_ERR_BAD_INPUT;
  }
  rc = push(L, r);
  if (rc == VK_OK) lua_rawset(L, table);
  return rc;
}


static int push_members (lua_State *L, vk_message_reader *r, const vk_message_item *head) {
  int is_map = head->type == VK_MESSAGE_MAP, rc = VK_OK, table;
  int reserved = (int)(head->len < MOST_RESERVED ? head->len : MOST_RESERVED);
  size_t i;
  luaL_checkstack(L, SLOTS, "message");
  lua_createtable(L, is_map ? 0 : reserved, is_map ? reserved : 0);
  table = lua_gettop(L);
  for (i = 1; rc == VK_OK && i <= head->len; i++) rc = push_member(L, r, table, is_map, i);
  lua_settop(L, table);
  return rc;
}


static int push (lua_State *L, vk_message_reader *r) {
  vk_message_item item;
  int rc = vk_message_next(r, &item);
  if (rc < 0) {
    lua_pushnil(L);
    return rc;
  }
  switch (item.type) {
    case VK_MESSAGE_NIL: lua_pushnil(L); break;
    case VK_MESSAGE_BOOLEAN: lua_pushboolean(L, item.integer != 0); break;
    case VK_MESSAGE_INTEGER: lua_pushinteger(L, (lua_Integer)item.integer); break;
    case VK_MESSAGE_FLOAT: lua_pushnumber(L, item.number); break;
    case VK_MESSAGE_STRING: lua_pushlstring(L, item.text, item.len); break;
    default: return push_members(L, r, &item);
  }
  return VK_OK;
}


int vk_message_push (lua_State *L, const char *bytes, size_t len,
                     const vk_message_limits *limits) {
  vk_message_reader r;
  vk_message_item none;
  int rc = vk_message_open(&r, bytes, len, limits);
  luaL_checkstack(L, SLOTS, "message");
  if (rc != VK_OK) lua_pushnil(L);
  else rc = push(L, &r);
  if (rc == VK_OK) rc = vk_message_next(&r, &none);  /* nothing may be left */
  if (rc == VK_OK) return rc;
  lua_pop(L, 1);
  lua_pushstring(L, r.problem);
  return VK_ERR_BAD_INPUT;
}


/* The limits of a call, from an optional table at `index`. */
static vk_message_limits get_limits (lua_State *L, int index) {
  static const char *const names[] = { "bytes", "nodes", "depth" };
  lua_Integer value[] = { DEFAULT_BYTES, DEFAULT_NODES, VK_MESSAGE_DEPTH };
  vk_message_limits limits;
  int i;
  if (!lua_isnoneornil(L, index)) luaL_checktype(L, index, LUA_TTABLE);
  for (i = 0; i < 3 && !lua_isnoneornil(L, index); i++) {
    if (lua_getfield(L, index, names[i]) != LUA_TNIL) value[i] = lua_tointeger(L, -1);
    lua_pop(L, 1);
    if (value[i] < 1) vk_raise(L, VK_ERR_USAGE, "the limit %s of a message is 1 or more", names[i]);
  }
  limits.bytes = (size_t)value[0];
  limits.nodes = (size_t)value[1];
  limits.depth = (int)(value[2] < VK_MESSAGE_DEPTH ? value[2] : VK_MESSAGE_DEPTH);
  return limits;
}


/* encode(value, {bytes=, nodes=, depth=} or nil) -> bytes | nil, error */
static int l_message_encode (lua_State *L) {
  vk_message_limits limits;
  vk_buf *b;
  int rc;
  luaL_checkany(L, 1);
  limits = get_limits(L, 2);
  b = vk_push_buffer(L);
  rc = vk_message_from(L, 1, b, &limits);
  if (rc != VK_OK) return vk_fail(L, rc, NULL, "value%s", lua_tostring(L, -1));
  lua_pushlstring(L, b->data, b->len);
  vk_buf_free(b);
  return 1;
}


/* decode(bytes, {bytes=, nodes=, depth=} or nil) -> value | nil, error */
static int l_message_decode (lua_State *L) {
  size_t len;
  const char *bytes = luaL_checklstring(L, 1, &len);
  vk_message_limits limits = get_limits(L, 2);
  int rc = vk_message_push(L, bytes, len, &limits);
  if (rc != VK_OK) return vk_fail(L, rc, NULL, "no message: %s", lua_tostring(L, -1));
  return 1;
}


int luaopen_vankien_message (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "encode", l_message_encode }, { "decode", l_message_decode }, { NULL, NULL }
  };
  luaL_newlib(L, functions);
  return 1;
}
