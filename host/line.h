/*
** Line editing on a terminal: libedit, or readline when built with LINE=readline.
** Both libraries keep their state in globals, so there is one editor a process.
*/

#ifndef vk_line_h
#define vk_line_h

#include <stddef.h>

#include "vk.h"

enum vk_line_result { VK_LINE_TEXT = 0, VK_LINE_EOF = 1, VK_LINE_INTERRUPTED = 2 };

/* What Tab does: both texts are made with malloc, or NULL; the editor frees them. */
typedef struct vk_line_completion {
  size_t from;          /* byte from which up to the cursor `insert` stands instead */
  char *insert;         /* NULL: the text stays */
  char *listing;        /* lines to show below, NULL: none */
} vk_line_completion;

/* Asked by the editor.  `whole`: does Enter end this entry, or begin a new line of it? */
typedef struct vk_line_handlers {
  void (*complete) (void *arg, const char *text, size_t cursor, vk_line_completion *out);
  int (*whole) (void *arg, const char *text);
  void *arg;
} vk_line_handlers;

/* The library that edits: "libedit" or "readline".  Borrowed, static. */
const char *vk_line_library (void);

/* NULL functions: no completion, every line is whole. */
void vk_line_set_handlers (const vk_line_handlers *handlers);

/*
** Read an entry: one line, or more where `whole` says so.  *text: returns new
** (free it) with VK_LINE_TEXT, else NULL.  Ctrl-C gives VK_LINE_INTERRUPTED and
** drops what was typed.
*/
int vk_line_read (const char *prompt, char **text);

/* The history: entries, each perhaps of several lines. */
void vk_line_add_history (const char *text);

/* Read and append the history file, an entry a line.  VK_OK, or VK_ERR_IO with errno set. */
int vk_line_load_history (const char *path);
int vk_line_append_history (const char *path, const char *text);

#endif
