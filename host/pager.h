/*
** Showing a long text through another program.
*/

#ifndef vk_pager_h
#define vk_pager_h

#include <stddef.h>

#include "vk.h"

/*
** Run `command` with sh and hand it the text.  Ctrl-C ends it within 0.2 s; the modes of the
** terminal are as before.  A pager that stops reading is no failure.
** VK_OK, VK_ERR_NOT_FOUND (sh found no such command), VK_ERR_INTERRUPTED, VK_ERR_IO with errno.
*/
int vk_pager_show (const char *command, const char *text, size_t len);

#endif
