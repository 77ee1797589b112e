/*
** Line editing.  Keys are read by our own function, so that Ctrl-C comes back at
** once from either library, with the session intact.
*/

#include "line.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef VK_READLINE
#include <readline/history.h>
#include <readline/readline.h>
#else
#include <editline/readline.h>
#endif

#include "interrupt.h"

#define WORD_BREAKS " \t\n\"'`()[]{}<>=,;:+-*/%^#~&|."

static struct {
  int ready;
  int interrupted;
  vk_line_complete complete;
  void *arg;
} editor;


const char *vk_line_library (void) {
#ifdef VK_READLINE
  return "readline";
#else
  return "libedit";
#endif
}


/* One byte from the terminal, or -1 at the end or after Ctrl-C. */
static int read_byte (void) {
  unsigned char c;
  struct pollfd p = { STDIN_FILENO, POLLIN, 0 };
  for (;;) {
    if (vk_interrupted()) {
      editor.interrupted = 1;
      return -1;
    }
    if (poll(&p, 1, 200) <= 0) continue;
    if (read(STDIN_FILENO, &c, 1) == 1) return c;
    if (errno != EINTR) return -1;
  }
}


#ifdef VK_READLINE

static int read_key (FILE *f) {
  (void)f;
  return read_byte();
}

#else

/* libedit takes whole characters: put a UTF-8 sequence together. */
static int read_key (FILE *f) {
  int c = read_byte(), more, code;
  (void)f;
  if (c < 0xC2 || c > 0xF4) return c;
  more = (c >= 0xF0) ? 3 : (c >= 0xE0) ? 2 : 1;
  code = c & (0x3F >> more);
  while (more-- > 0) {
    c = read_byte();
    if (c < 0) return -1;
    code = code << 6 | (c & 0x3F);
  }
  return code;
}

#endif


/* matches[0] is what replaces the word: the longest common beginning. */
static char **with_prefix (char **list) {
  size_t n = 0, same, i;
  char **all;
  while (list[n] != NULL) n++;
  all = malloc((n + 2) * sizeof(*all));
  if (all == NULL || n == 0) {
    free(all);
    return NULL;
  }
  same = strlen(list[0]);
  for (i = 1; i < n; i++) {
    size_t k = 0;
    while (k < same && list[i][k] == list[0][k]) k++;
    same = k;
  }
  while (same > 0 && (list[0][same] & 0xC0) == 0x80) same--;
  all[0] = strndup(list[0], same);
  memcpy(all + 1, list, (n + 1) * sizeof(*all));
  return all;
}


/* `start` and `end` count characters in libedit, so the word is found by its bytes. */
static char **attempt (const char *text, int start, int end) {
  size_t len = strlen(text), stop;
  char **list, **all;
  const char *line = rl_line_buffer;
  (void)start;
  rl_attempted_completion_over = 1;
  rl_completion_append_character = '\0';
  if (editor.complete == NULL || line == NULL) return NULL;
  for (stop = 0; line[stop] != '\0'; stop++) {
    if ((line[stop] & 0xC0) != 0x80 && end-- == 0) break;
  }
  list = editor.complete(editor.arg, line, stop >= len ? stop - len : 0, stop);
  if (list == NULL) return NULL;
  all = with_prefix(list);
  if (all == NULL) {
    for (stop = 0; list[stop] != NULL; stop++) free(list[stop]);
  }
  free(list);
  return all;
}


static void prepare (void) {
  static char breaks[] = WORD_BREAKS;
  if (editor.ready) return;
  editor.ready = 1;
  setlocale(LC_CTYPE, "");
  if (strcmp(setlocale(LC_CTYPE, NULL), "C") == 0) setlocale(LC_CTYPE, "C.UTF-8");
  rl_readline_name = "vankien";
  rl_catch_signals = 0;
  rl_getc_function = read_key;
  rl_attempted_completion_function = attempt;
  rl_completer_word_break_characters = breaks;
  using_history();
  stifle_history(10000);
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


int vk_line_read (const char *prompt, char **line) {
  *line = NULL;
  if (!isatty(STDIN_FILENO)) return read_plain(line);
  prepare();
  editor.interrupted = 0;
  *line = readline(prompt);
  if (editor.interrupted) {
    ssize_t n = write(STDOUT_FILENO, "\n", 1);  /* what was typed stays on its own line */
    (void)n;
    free(*line);
    *line = NULL;
    return VK_LINE_INTERRUPTED;
  }
  return (*line != NULL) ? VK_LINE_TEXT : VK_LINE_EOF;
}


void vk_line_add_history (const char *line) {
  prepare();
  add_history(line);
}


int vk_line_load_history (const char *path) {
  FILE *f = fopen(path, "r");
  char *line = NULL;
  size_t cap = 0;
  ssize_t n;
  if (f == NULL) return VK_ERR_IO;
  while ((n = getline(&line, &cap, f)) > 0) {
    if (line[n - 1] == '\n') line[n - 1] = '\0';
    if (line[0] != '\0') vk_line_add_history(line);
  }
  free(line);
  fclose(f);
  return VK_OK;
}


/* One write a line, so that two sessions do not mix theirs. */
int vk_line_append_history (const char *path, const char *line) {
  size_t len = strlen(line);
  char *copy = malloc(len + 1), *p;
  int fd, good;
  if (copy == NULL) return VK_ERR_NOMEM;
  memcpy(copy, line, len);
  for (p = copy; p < copy + len; p++) {
    if (*p == '\n') *p = ' ';
  }
  copy[len] = '\n';
  fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  good = fd >= 0 && write(fd, copy, len + 1) == (ssize_t)(len + 1);
  if (fd >= 0 && close(fd) != 0) good = 0;
  free(copy);
  return good ? VK_OK : VK_ERR_IO;
}


void vk_line_set_completer (vk_line_complete complete, void *arg) {
  editor.complete = complete;
  editor.arg = arg;
}
