/*
** The editor: libedit, by its own interface.  Its text is wide characters; ours is UTF-8.
** It draws a combining mark over the next letter, so marks are joined to their letter as they
** are typed.
*/

#ifndef VK_READLINE

#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#include "line_backend.h"

static EditLine *el;
static History *history_of_el;
static const char *prompt_text;


const char *vk_edit_library (void) {
  return "libedit";
}


static char *prompt_of (EditLine *e) {
  (void)e;
  return (char *)(size_t)prompt_text;  /* libedit wants it writable and does not write */
}


/* Put a UTF-8 sequence together. */
static int whole_character (int c) {
  int more, code;
  if (c < 0xC2 || c > 0xF4) return c;
  more = (c >= 0xF0) ? 3 : (c >= 0xE0) ? 2 : 1;
  code = c & (0x3F >> more);
  while (more-- > 0) {
    c = vk_line_key();
    if (c < 0) return -1;
    code = code << 6 | (c & 0x3F);
  }
  return code;
}


/* The letter before the cursor with this mark as one character, or 0. */
static wchar_t joined (wchar_t mark) {
  const LineInfoW *line = el_wline(el);
  utf8proc_uint8_t pair[16], *out;
  utf8proc_int32_t one = 0;
  utf8proc_ssize_t n;
  if (mark < 0x300 || mark > 0x36F || line->cursor == line->buffer) return 0;
  n = utf8proc_encode_char((utf8proc_int32_t)line->cursor[-1], pair);
  n += utf8proc_encode_char((utf8proc_int32_t)mark, pair + n);
  pair[n] = 0;
  out = utf8proc_NFC(pair);
  if (out == NULL) return 0;
  n = utf8proc_iterate(out, -1, &one);
  if (n <= 0 || out[n] != 0) one = 0;  /* no such letter: the mark stays alone */
  free(out);
  return (wchar_t)one;
}


/* The next character for libedit: 1, or 0 at the end and after Ctrl-C. */
static int read_character (EditLine *e, wchar_t *out) {
  int c = whole_character(vk_line_key());
  wchar_t one;
  if (c < 0) return 0;
  one = joined((wchar_t)c);
  if (one != 0) el_deletestr(e, 1);
  *out = (one != 0) ? one : (wchar_t)c;
  return 1;
}


#define KEY(name, act) \
  static unsigned char name (EditLine *e, int c) { \
    (void)e; (void)c; \
    act(); \
    return CC_REFRESH; \
  }

KEY(key_newline, vk_line_do_newline)
KEY(key_paste, vk_line_do_paste)
KEY(key_up, vk_line_do_up)
KEY(key_down, vk_line_do_down)

static int printed;


static unsigned char key_complete (EditLine *e, int c) {
  (void)e;
  (void)c;
  printed = 0;
  vk_line_do_complete();
  return printed ? CC_REDISPLAY : CC_REFRESH;
}


void vk_edit_printed (void) {
  printed = 1;
}


static void bind_keys (void) {
  static const char *const keys[][2] = {
    { "\\r", "ed-newline" }, { "\\n", "vk-newline" }, { "\\036", "vk-paste" },
    { "\\t", "vk-complete" }, { "\\e[A", "vk-up" }, { "\\eOA", "vk-up" }, { "^P", "vk-up" },
    { "\\e[B", "vk-down" }, { "\\eOB", "vk-down" }, { "^N", "vk-down" },
    { "\\e[C", "ed-next-char" }, { "\\eOC", "ed-next-char" },
    { "\\e[D", "ed-prev-char" }, { "\\eOD", "ed-prev-char" },
    { "\\e[H", "ed-move-to-beg" }, { "\\eOH", "ed-move-to-beg" }, { "\\e[1~", "ed-move-to-beg" },
    { "\\e[F", "ed-move-to-end" }, { "\\eOF", "ed-move-to-end" }, { "\\e[4~", "ed-move-to-end" },
    { "\\e[3~", "ed-delete-next-char" }, { "^W", "ed-delete-prev-word" },
    { "\\e[1;5C", "em-next-word" }, { "\\e[1;5D", "ed-prev-word" },
    { "^R", "em-inc-search-prev" }
  };
  size_t i;
  el_set(el, EL_ADDFN, "vk-newline", "new line in the entry", key_newline);
  el_set(el, EL_ADDFN, "vk-paste", "what was pasted", key_paste);
  el_set(el, EL_ADDFN, "vk-complete", "complete", key_complete);
  el_set(el, EL_ADDFN, "vk-up", "line above, or history", key_up);
  el_set(el, EL_ADDFN, "vk-down", "line below, or history", key_down);
  for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
    el_set(el, EL_BIND, keys[i][0], keys[i][1], NULL);
}


void vk_edit_prepare (void) {
  HistEvent event;
  el = el_init("vankien", stdin, stdout, stderr);
  if (el == NULL) return;
  if (history_of_el == NULL) history_of_el = history_init();
  history(history_of_el, &event, H_SETSIZE, 10000);
  el_set(el, EL_EDITOR, "emacs");
  el_set(el, EL_SIGNAL, 0);
  el_set(el, EL_HIST, history, history_of_el);
  el_set(el, EL_PROMPT, prompt_of);
  bind_keys();
  el_source(el, NULL);
  el_wset(el, EL_GETCFN, read_character);
}


char *vk_edit_read (const char *prompt) {
  int n = 0;
  const char *line;
  char *copy;
  size_t len;
  if (el == NULL) return NULL;
  prompt_text = prompt;
  el_set(el, EL_PREP_TERM, 1);  /* before the prompt: a key typed at once is read as a key */
  line = el_gets(el, &n);
  if (line == NULL || n <= 0) return NULL;
  copy = strdup(line);
  len = (copy != NULL) ? strlen(copy) : 0;
  while (len > 0 && (copy[len - 1] == '\n' || copy[len - 1] == '\r')) copy[--len] = '\0';
  return copy;
}


static size_t width_of (wchar_t c) {
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}


char *vk_edit_text (size_t *cursor) {
  const LineInfoW *line = el_wline(el);
  size_t chars = (size_t)(line->lastchar - line->buffer);
  char *text = malloc(4 * chars + 1), *to = text;
  const wchar_t *p;
  if (text == NULL) return NULL;
  for (p = line->buffer; p < line->lastchar; p++) {
    if (p == line->cursor) *cursor = (size_t)(to - text);
    to += utf8proc_encode_char((utf8proc_int32_t)*p, (utf8proc_uint8_t *)to);
  }
  if (line->cursor == line->lastchar) *cursor = (size_t)(to - text);
  *to = '\0';
  return text;
}


/* The character that begins at this byte. */
static int character_at (size_t byte) {
  const LineInfoW *line = el_wline(el);
  const wchar_t *p = line->buffer;
  size_t at = 0;
  while (p < line->lastchar && at < byte) at += width_of(*p++);
  return (int)(p - line->buffer);
}


void vk_edit_move (size_t to) {
  const LineInfoW *line = el_wline(el);
  el_cursor(el, character_at(to) - (int)(line->cursor - line->buffer));
}


void vk_edit_replace (size_t from, size_t to, const char *text) {
  int first = character_at(from), last = character_at(to);
  vk_edit_move(to);
  if (last > first) el_deletestr(el, last - first);
  if (text[0] != '\0') el_insertstr(el, text);
}


void vk_edit_resized (void) {
  if (el != NULL) el_resize(el);
}


void vk_edit_remember (const char *text) {
  HistEvent event;
  if (history_of_el == NULL) history_of_el = history_init();
  if (history_of_el != NULL) history(history_of_el, &event, H_ENTER, text);
}

#else
typedef int vk_line_editline_is_not_used;  /* a file is not empty in C */
#endif
