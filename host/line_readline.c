/*
** The editor: readline.  Not used unless the program is built with LINE=readline.
*/

#ifdef VK_READLINE

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "line_backend.h"


const char *vk_edit_library (void) {
  return "readline";
}


static int read_byte (FILE *f) {
  int c = vk_line_key();
  (void)f;
  return c < 0 ? EOF : c;
}


#define KEY(name, act) \
  static int name (int count, int key) { \
    (void)count; (void)key; \
    act(); \
    return 0; \
  }

KEY(key_newline, vk_line_do_newline)
KEY(key_paste, vk_line_do_paste)
KEY(key_complete, vk_line_do_complete)
KEY(key_up, vk_line_do_up)
KEY(key_down, vk_line_do_down)


void vk_edit_prepare (void) {
  static const char *const up[] = { "\\e[A", "\\eOA", "\\C-p" };
  static const char *const down[] = { "\\e[B", "\\eOB", "\\C-n" };
  size_t i;
  rl_readline_name = "vankien";
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_getc_function = read_byte;
  rl_initialize();
  rl_variable_bind("enable-bracketed-paste", "off");  /* pastes are put together in line.c */
  rl_variable_bind("bell-style", "none");
  rl_bind_key('\n', key_newline);
  rl_bind_key(VK_KEY_PASTE, key_paste);
  rl_bind_key('\t', key_complete);
  for (i = 0; i < 3; i++) {
    rl_bind_keyseq(up[i], key_up);
    rl_bind_keyseq(down[i], key_down);
  }
}


char *vk_edit_read (const char *prompt) {
  return readline(prompt);
}


char *vk_edit_text (size_t *cursor) {
  *cursor = (size_t)rl_point;
  return strdup(rl_line_buffer);
}


void vk_edit_move (size_t to) {
  rl_point = (int)to;
}


void vk_edit_replace (size_t from, size_t to, const char *text) {
  rl_delete_text((int)from, (int)to);
  rl_point = (int)from;
  if (text[0] != '\0') rl_insert_text(text);
}


void vk_edit_printed (void) {
  rl_on_new_line();
  rl_redisplay();
}


void vk_edit_resized (void) {
  rl_resize_terminal();
}


void vk_edit_remember (const char *text) {
  add_history(text);
}

#else
typedef int vk_line_readline_is_not_used;  /* a file is not empty in C */
#endif
