/*
** Text in encodings other than UTF-8, read by the system's iconv.  What it does
** not do: guess; a name is given.  TCVN3, VISCII, CP1258 and UTF-16 are the ones
** that Vietnamese texts came in.
*/

#ifndef vk_charset_h
#define vk_charset_h

#include <stddef.h>

#include "vk.h"

/*
** Append the text as UTF-8 in NFC, without a byte order mark.  `name` is one of
** iconv's.  VK_OK; VK_ERR_NOT_FOUND: no such encoding here; VK_ERR_BAD_INPUT with
** *at_byte: nothing is written so, or the end cuts a character, or (*at_byte is n) there is a
** zero character in it; VK_ERR_NOMEM.
*/
int vk_charset_decode (const char *name, const char *s, size_t n, vk_buf *out, size_t *at_byte);

/*
** Go back on a mistake: text of an 8-bit encoding was read as Latin-1 (or Windows
** 1252, which adds letters where Latin-1 has controls) and written as UTF-8.  Append
** the bytes it was.  VK_OK; VK_ERR_BAD_INPUT with *at_byte: a character that neither
** has, so this did not happen, or not to all of it; VK_ERR_NOMEM.
*/
int vk_charset_back_to_bytes (const char *s, size_t n, vk_buf *out, size_t *at_byte);

#endif
