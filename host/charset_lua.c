/*
** vankien.host.charset: legacy encodings in, and whether what came out can be
** Vietnamese.
*/

#include <lauxlib.h>

#include "charset.h"
#include "error_lua.h"
#include "object_lua.h"
#include "plausible.h"
#include "syllable.h"
#include "text_lua.h"

/* Push what a buffer holds and give it back.  [-0, +1, m] */
static int push_taken (lua_State *L, vk_buf *b) {
  lua_pushlstring(L, (b->len > 0) ? b->data : "", b->len);
  vk_buf_free(b);
  return 1;
}


/* nil, offset: where it went wrong; nil alone: no such encoding */
static int fail_at (lua_State *L, int status, size_t at) {
  if (status == VK_ERR_NOMEM) return vk_raise(L, status, "not enough memory for the text");
  lua_pushnil(L);
  if (status != VK_ERR_BAD_INPUT) return 1;
  lua_pushinteger(L, (lua_Integer)at);
  return 2;
}


/* decode(name, bytes) -> text | nil, offset of the wrong byte from 0 | nil: unknown encoding */
static int l_charset_decode (lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  size_t n, at = 0;
  const char *s = luaL_checklstring(L, 2, &n);
  vk_buf *b = vk_push_buffer(L);
  int rc = vk_charset_decode(name, s, n, b, &at);
  return (rc < 0) ? fail_at(L, rc, at) : push_taken(L, b);
}


/* back_to_bytes(text) -> bytes | nil, offset of the character that Latin-1 has not */
static int l_charset_back_to_bytes (lua_State *L) {
  size_t n, at = 0;
  const char *s = luaL_checklstring(L, 1, &n);
  vk_buf *b = vk_push_buffer(L);
  int rc = vk_charset_back_to_bytes(s, n, b, &at);
  return (rc < 0) ? fail_at(L, rc, at) : push_taken(L, b);
}


static void set_count (lua_State *L, const char *name, size_t n) {
  lua_pushinteger(L, (lua_Integer)n);
  lua_setfield(L, -2, name);
}


/* measure(text) -> {words=, marked=, impossible=, signs=} */
static int l_charset_measure (lua_State *L) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  vk_plausible counts;
  int rc = vk_plausible_measure(s, n, &counts);
  if (rc < 0) return vk_raise_text(L, rc, s, n);
  lua_createtable(L, 0, 4);
  set_count(L, "words", counts.words);
  set_count(L, "marked", counts.marked);
  set_count(L, "impossible", counts.impossible);
  set_count(L, "signs", counts.signs);
  return 1;
}


/* syllable(word) -> can it be one? */
static int l_charset_syllable (lua_State *L) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  lua_pushboolean(L, vk_syllable_valid(s, n));
  return 1;
}


int luaopen_vankien_charset (lua_State *L) {
  static const luaL_Reg functions[] = {
    { "decode", l_charset_decode }, { "back_to_bytes", l_charset_back_to_bytes },
    { "measure", l_charset_measure }, { "syllable", l_charset_syllable }, { NULL, NULL }
  };
  luaL_newlib(L, functions);
  return 1;
}
