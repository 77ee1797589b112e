/*
** Line editing on a terminal: libedit, or readline when built with LINE=readline.
** Both libraries keep their state in globals, so there is one editor a process.
*/

#ifndef vk_line_h
#define vk_line_h

#include <stddef.h>

#include "vk.h"

enum vk_line_result { VK_LINE_TEXT = 0, VK_LINE_EOF = 1, VK_LINE_INTERRUPTED = 2 };

/* The library that edits: "libedit" or "readline".  Borrowed, static. */
const char *vk_line_library (void);

/*
** Read a line.  *line: returns new (free it) with VK_LINE_TEXT, else NULL.
** Ctrl-C gives VK_LINE_INTERRUPTED and drops what was typed.
*/
int vk_line_read (const char *prompt, char **line);

void vk_line_add_history (const char *line);

/* Read and append the history file.  VK_OK, or VK_ERR_IO with errno set. */
int vk_line_load_history (const char *path);
int vk_line_append_history (const char *path, const char *line);

/*
** Completion: `complete` gives the candidates for the bytes start..stop of the
** line: a NULL-terminated list made with malloc, each text too; NULL: none.
** The editor takes it.
*/
typedef char **(*vk_line_complete) (void *arg, const char *line, size_t start, size_t stop);

void vk_line_set_completer (vk_line_complete complete, void *arg);

#endif
