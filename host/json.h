/*
** Long strings out of a line of JSON, so that a decoder that reads byte by byte is
** left with the short rest.  Knows no more of JSON than where strings begin and end;
** what it does not understand it leaves to the decoder.
*/

#ifndef vk_json_h
#define vk_json_h

#include <stddef.h>

#include "vk.h"

#define VK_JSON_LONG 512        /* bytes; shorter strings stay */
#define VK_JSON_SPANS 8         /* no more are cut */

/* A string with its quotes: [from, to). */
typedef struct vk_json_span { size_t from, to; } vk_json_span;

/*
** The long strings that are values of the outermost object; how many, 0 also when
** the line is not whole or the rest of it holds the escape of a zero byte.
*/
size_t vk_json_long (const char *s, size_t n, vk_json_span spans[VK_JSON_SPANS]);

/* Append what a string stands for.  VK_ERR_BAD_INPUT for an escape that is none. */
int vk_json_unescape (const char *s, vk_json_span span, vk_buf *out);

/*
** Append a string with its quotes; UTF-8 is kept, control characters are escaped.
** VK_ERR_BAD_INPUT for what is no UTF-8 or holds a zero byte.
*/
int vk_json_quote (const char *s, size_t n, vk_buf *out);

#endif
