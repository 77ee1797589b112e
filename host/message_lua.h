/*
** Lua values as messages, and the module vankien.host.message.
*/

#ifndef vk_message_lua_h
#define vk_message_lua_h

#include <lua.h>

#include "message.h"

/*
** Append the value at `index` as a message.  Tables are read raw; those with the keys 1 to n are
** lists.  VK_OK; negative with a text on the stack that says what and where: VK_ERR_BAD_INPUT (a
** value that is no data), VK_ERR_FULL (beyond the limits), VK_ERR_NOMEM.  [-0, +(0|1), m]
*/
int vk_message_from (lua_State *L, int index, vk_buf *out, const vk_message_limits *limits);

/* Push the value of a message.  VK_OK, or VK_ERR_BAD_INPUT with a text instead.  [-0, +1, m] */
int vk_message_push (lua_State *L, const char *bytes, size_t len, const vk_message_limits *limits);

int luaopen_vankien_message (lua_State *L);

#endif
