/*
** What line.c asks of the library that edits (line_editline.c, line_readline.c), and what it
** offers to it.  Texts are UTF-8, places are bytes.
*/

#ifndef vk_line_backend_h
#define vk_line_backend_h

#include <stddef.h>

/* Keys that only line.c sends: an entry that ends, a new line in it, a paste. */
#define VK_KEY_ACCEPT '\r'
#define VK_KEY_NEWLINE '\n'
#define VK_KEY_PASTE 0x1E

/* The backend.  vk_edit_read: returns new, NULL at the end of input and after Ctrl-C. */
const char *vk_edit_library (void);
void vk_edit_prepare (void);
char *vk_edit_read (const char *prompt);
char *vk_edit_text (size_t *cursor);                          /* returns new, or NULL */
void vk_edit_replace (size_t from, size_t to, const char *text);  /* the cursor behind it */
void vk_edit_move (size_t to);
void vk_edit_printed (void);                                  /* something stands below now */
void vk_edit_resized (void);
void vk_edit_remember (const char *text);                     /* for its own search (Ctrl-R) */

/* line.c.  vk_line_key: the next byte or key above, -1 at the end or after Ctrl-C. */
int vk_line_key (void);
void vk_line_do_complete (void);
void vk_line_do_paste (void);
void vk_line_do_newline (void);
void vk_line_do_up (void);
void vk_line_do_down (void);

#endif
