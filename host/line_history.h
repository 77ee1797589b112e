/*
** The entries of earlier: in memory, and in a file with one entry a line, in which a line end
** stands as \n and a backslash as \\.
*/

#ifndef vk_line_history_h
#define vk_line_history_h

#include <stddef.h>

#include "vk.h"

/* Entries in memory; the oldest is 0.  Borrowed until the next add. */
size_t vk_history_count (void);
const char *vk_history_at (size_t i);

/* Adds a copy; the same as the last one is left out.  1 when it was added. */
int vk_history_add (const char *text);

/* Calls `add` for every entry of the file, at most the last MiB of it. */
int vk_history_load (const char *path, void (*add) (const char *text));

/* One write an entry, so that two sessions do not mix theirs. */
int vk_history_append (const char *path, const char *text);

#endif
