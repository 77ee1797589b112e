/*
** Line editing, the part that is the same with either library: keys are read by our own
** function, so that Ctrl-C comes back at once, a paste arrives whole, and a resize is seen.
*/

#include "line.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <utf8proc.h>

#include "interrupt.h"
#include "line_backend.h"
#include "line_history.h"
#include "sys.h"

#define POLL_MS 100           /* how soon a resize is seen */
#define ESCAPE_MS 50          /* bytes of one key come closer together */
#define MAX_PASTE (16u << 20)

static struct {
  int ready;
  int interrupted;
  int columns, rows;
  unsigned char pending[8];   /* bytes read ahead of the editor */
  int n_pending;
  vk_buf pasted;
  char *recalled, *prefix;    /* what Up brought, and the beginning it was looked for by */
  size_t at;                  /* the entry it is */
  vk_line_handlers handlers;
} editor;


const char *vk_line_library (void) {
  return vk_edit_library();
}


void vk_line_set_handlers (const vk_line_handlers *handlers) {
  editor.handlers = *handlers;
}


static void see_resize (void) {
  int columns, rows;
  if (vk_sys_winsize(STDOUT_FILENO, &columns, &rows) < 0) return;
  if (columns == editor.columns && rows == editor.rows) return;
  editor.columns = columns;
  editor.rows = rows;
  vk_edit_resized();
}


/* One byte from the terminal; -1: the end, Ctrl-C, or nothing within `ms` (-1: no limit). */
static int read_byte (int ms) {
  unsigned char c;
  struct pollfd p = { STDIN_FILENO, POLLIN, 0 };
  for (;;) {
    int ready;
    if (vk_interrupted()) {
      editor.interrupted = 1;
      return -1;
    }
    ready = poll(&p, 1, ms >= 0 ? ms : POLL_MS);
    if (ready > 0) {
      ssize_t n = read(STDIN_FILENO, &c, 1);
      if (n == 1) return c;
      if (n == 0 || errno != EINTR) return -1;
    }
    else if (ready == 0 && ms >= 0) return -1;
    else if (ready == 0) see_resize();
  }
}


static int next_byte (void) {
  if (editor.n_pending > 0) {
    int c = editor.pending[0];
    memmove(editor.pending, editor.pending + 1, (size_t)--editor.n_pending);
    return c;
  }
  return read_byte(-1);
}


static int ends_with (const vk_buf *b, const char *end, size_t len) {
  return b->len >= len && memcmp(b->data + b->len - len, end, len) == 0;
}


/* Everything up to the mark that ends a paste; line ends become \n. */
static int read_paste (void) {
  static const char end[] = "\033[201~";
  vk_buf *b = &editor.pasted;
  b->len = 0;
  while (b->len < MAX_PASTE && !ends_with(b, end, sizeof(end) - 1)) {
    int c = read_byte(-1);
    if (c < 0 || vk_buf_byte(b, (char)(c == '\r' ? '\n' : c)) < 0) return -1;
  }
  if (ends_with(b, end, sizeof(end) - 1)) b->len -= sizeof(end) - 1;
  while (b->len > 0 && b->data[b->len - 1] == '\n') b->len--;
  return VK_KEY_PASTE;
}


/* After Escape: a paste, or bytes that wait for the editor. */
static int after_escape (void) {
  static const char begin[] = "[200~";
  while (editor.n_pending < (int)sizeof(begin) - 1) {
    int c = read_byte(ESCAPE_MS);
    if (editor.interrupted) return -1;
    if (c < 0) return 27;
    editor.pending[editor.n_pending++] = (unsigned char)c;
    if (c != begin[editor.n_pending - 1]) return 27;
  }
  editor.n_pending = 0;
  return read_paste();
}


static int ends_entry (void) {
  size_t cursor;
  char *text;
  int whole;
  if (editor.handlers.whole == NULL || (text = vk_edit_text(&cursor)) == NULL) return 1;
  whole = editor.handlers.whole(editor.handlers.arg, text);
  if (whole) vk_edit_move(strlen(text));
  free(text);
  return whole;
}


int vk_line_key (void) {
  int c = next_byte();
  if (c == 27 && editor.n_pending == 0) return after_escape();
  if (c == '\r' || c == '\n') return ends_entry() ? VK_KEY_ACCEPT : VK_KEY_NEWLINE;
  return c;
}


static void write_out (const char *s, size_t len) {
  fwrite(s, 1, len, stdout);
  fflush(stdout);
}


/* Below the entry, which may have lines after the cursor. */
static void show_below (const char *text, size_t cursor, const char *listing) {
  const char *p;
  for (p = text + cursor; (p = strchr(p, '\n')) != NULL; p++) write_out("\n", 1);
  write_out("\n", 1);
  write_out(listing, strlen(listing));
  for (p = text; (p = strchr(p, '\n')) != NULL; p++) write_out("\n", 1);
  vk_edit_printed();
}


void vk_line_do_complete (void) {
  vk_line_completion found = { 0, NULL, NULL };
  size_t cursor;
  char *text;
  if (editor.handlers.complete == NULL || (text = vk_edit_text(&cursor)) == NULL) return;
  editor.handlers.complete(editor.handlers.arg, text, cursor, &found);
  if (found.insert != NULL && found.from <= cursor)
    vk_edit_replace(found.from, cursor, found.insert);
  if (found.listing != NULL) show_below(text, cursor, found.listing);
  free(found.insert);
  free(found.listing);
  free(text);
}


static void insert (const char *s) {
  size_t cursor;
  char *text = vk_edit_text(&cursor);
  if (text != NULL) vk_edit_replace(cursor, cursor, s);
  free(text);
}


/* Marks join their letters, so that both libraries draw them; bytes that are no UTF-8 stay. */
void vk_line_do_paste (void) {
  utf8proc_uint8_t *joined;
  if (vk_buf_byte(&editor.pasted, '\0') != VK_OK) return;
  joined = utf8proc_NFC((const utf8proc_uint8_t *)editor.pasted.data);
  insert(joined != NULL ? (const char *)joined : editor.pasted.data);
  free(joined);
}


void vk_line_do_newline (void) {
  insert("\n");
}


/* Bring an entry; NULL: what was typed before the walk began. */
static void recall (const char *entry, size_t at, size_t old_len) {
  const char *text = entry != NULL ? entry : editor.prefix;
  vk_edit_replace(0, old_len, text);
  free(editor.recalled);
  editor.recalled = strdup(text);
  editor.at = at;
}


/* A walk goes on while nobody typed since; else it begins, with what stands before the cursor. */
static void begin_walk (const char *text, size_t cursor) {
  if (editor.recalled != NULL && strcmp(editor.recalled, text) == 0) return;
  free(editor.recalled);
  free(editor.prefix);
  editor.recalled = NULL;
  editor.prefix = strndup(text, cursor);
  editor.at = vk_history_count();
}


static int begins (const char *entry, const char *text) {
  return editor.prefix != NULL && strncmp(entry, editor.prefix, strlen(editor.prefix)) == 0
    && strcmp(entry, text) != 0;
}


static void older (const char *text, size_t cursor) {
  size_t i;
  begin_walk(text, cursor);
  for (i = editor.at; i-- > 0;) {
    if (begins(vk_history_at(i), text)) {
      recall(vk_history_at(i), i, strlen(text));
      return;
    }
  }
}


static void newer (const char *text, size_t cursor) {
  size_t i;
  begin_walk(text, cursor);
  for (i = editor.at + 1; i < vk_history_count(); i++) {
    if (begins(vk_history_at(i), text)) {
      recall(vk_history_at(i), i, strlen(text));
      return;
    }
  }
  if (editor.recalled != NULL) recall(NULL, vk_history_count(), strlen(text));
}


static size_t line_start (const char *text, size_t at) {
  while (at > 0 && text[at - 1] != '\n') at--;
  return at;
}


static size_t line_stop (const char *text, size_t at) {
  return at + strcspn(text + at, "\n");
}


static size_t characters (const char *text, size_t from, size_t to) {
  size_t n = 0;
  for (; from < to; from++) n += (text[from] & 0xC0) != 0x80;
  return n;
}


/* The byte that is `n` characters into the line that begins at `start`. */
static size_t into_line (const char *text, size_t start, size_t n) {
  size_t at = start, stop = line_stop(text, start);
  while (at < stop && n-- > 0) {
    do at++; while (at < stop && (text[at] & 0xC0) == 0x80);
  }
  return at;
}


static int is_recalled (const char *text) {
  return editor.recalled != NULL && strcmp(editor.recalled, text) == 0;
}


/* Up within an entry goes to the line above, from its first line to the history. */
void vk_line_do_up (void) {
  size_t cursor, start;
  char *text = vk_edit_text(&cursor);
  if (text == NULL) return;
  start = line_start(text, cursor);
  if (start == 0 || (is_recalled(text) && text[cursor] == '\0')) older(text, cursor);
  else {
    size_t above = line_start(text, start - 1);
    vk_edit_move(into_line(text, above, characters(text, start, cursor)));
  }
  free(text);
}


void vk_line_do_down (void) {
  size_t cursor, stop;
  char *text = vk_edit_text(&cursor);
  if (text == NULL) return;
  stop = line_stop(text, cursor);
  if (text[stop] == '\0') newer(text, cursor);
  else vk_edit_move(into_line(text, stop + 1,
                              characters(text, line_start(text, cursor), cursor)));
  free(text);
}


static void prepare (void) {
  if (editor.ready) return;
  editor.ready = 1;
  setlocale(LC_CTYPE, "");
  if (strcmp(setlocale(LC_CTYPE, NULL), "C") == 0) setlocale(LC_CTYPE, "C.UTF-8");
  vk_sys_winsize(STDOUT_FILENO, &editor.columns, &editor.rows);
  vk_edit_prepare();
}


/* Input that is no terminal: no editing, no prompt. */
static int read_plain (char **line) {
  size_t cap = 0;
  ssize_t n = getline(line, &cap, stdin);
  if (n < 0) {
    free(*line);
    *line = NULL;
    return vk_interrupted() ? VK_LINE_INTERRUPTED : VK_LINE_EOF;
  }
  if (n > 0 && (*line)[n - 1] == '\n') (*line)[n - 1] = '\0';
  return VK_LINE_TEXT;
}


static void bracket_pastes (int on) {
  const char *term = getenv("TERM");
  if (term == NULL || strcmp(term, "dumb") == 0) return;
  write_out(on ? "\033[?2004h" : "\033[?2004l", 8);
}


int vk_line_read (const char *prompt, char **text) {
  *text = NULL;
  if (!isatty(STDIN_FILENO)) return read_plain(text);
  prepare();
  see_resize();
  editor.interrupted = 0;
  free(editor.recalled);
  editor.recalled = NULL;
  bracket_pastes(1);
  *text = vk_edit_read(prompt);
  bracket_pastes(0);
  if (editor.interrupted) {
    editor.n_pending = 0;
    write_out("\n", 1);  /* what was typed stays on its own line */
    free(*text);
    *text = NULL;
    return VK_LINE_INTERRUPTED;
  }
  return (*text != NULL) ? VK_LINE_TEXT : VK_LINE_EOF;
}


void vk_line_add_history (const char *text) {
  if (vk_history_add(text)) vk_edit_remember(text);
}


int vk_line_load_history (const char *path) {
  return vk_history_load(path, vk_line_add_history);
}


int vk_line_append_history (const char *path, const char *text) {
  return vk_history_append(path, text);
}
