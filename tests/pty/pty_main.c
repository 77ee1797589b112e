/*
** Types at a program in a pseudo-terminal: pty COLUMNS ROWS PROGRAM [ARG…] < steps > answers
**
** A step is a line, its text with escapes (\n \r \t \\ \e \xNN):
**   send TEXT            -> "sent"; what came before is not looked at any more
**   expect MS TEXT       -> "ok MS" when the text came since the last match, else "late" and
**                           what came, escaped
**   until MS TEXT        -> "ok" and what came before the text, escaped, else as expect
**   never MS TEXT        -> "ok 0" when the text does not come within MS, else "came"
**   resize COLUMNS ROWS  -> "resized"
**   output               -> "output" and what came since the last match, escaped
**   exit MS              -> "exit CODE", or "late"
** Nothing can be opened: exit code 77.
*/

#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROOM (1 << 22)

static char screen[ROOM];      /* what came, and how far it was matched */
static size_t came, matched;
static int terminal = -1, ended;
static pid_t child;


static double now_ms (void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}


static void set_size (int columns, int rows) {
  struct winsize w;
  memset(&w, 0, sizeof(w));
  w.ws_col = (unsigned short)columns;
  w.ws_row = (unsigned short)rows;
  ioctl(terminal, TIOCSWINSZ, &w);
}


/* The child has the other end as its terminal. */
static int start (char **argv) {
  const char *name;
  int other;
  terminal = posix_openpt(O_RDWR | O_NOCTTY);
  if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0) return 0;
  name = ptsname(terminal);
  set_size(atoi(argv[1]), atoi(argv[2]));
  if (name == NULL || (other = open(name, O_RDWR | O_NOCTTY)) < 0) return 0;
  child = fork();
  if (child == 0) {
    setsid();
    ioctl(other, TIOCSCTTY, 0);
    dup2(other, 0);
    dup2(other, 1);
    dup2(other, 2);
    close(other);
    close(terminal);
    execv(argv[3], argv + 3);
    _exit(127);
  }
  close(other);
  return child > 0;
}


/* The marks that switch bracketed paste say nothing about what is seen. */
static void drop_marks (size_t from) {
  static const char mark[] = "\033[?2004";
  size_t len = sizeof(mark) - 1, i = (from > len) ? from - len : 0;
  while (i + len < came) {
    if (memcmp(screen + i, mark, len) == 0) {
      came -= len + 1;
      memmove(screen + i, screen + i + len + 1, came - i);
    }
    else i++;
  }
}


/* Take what comes within `ms`. */
static void take (int ms) {
  struct pollfd p = { terminal, POLLIN, 0 };
  ssize_t n;
  if (ended || poll(&p, 1, ms) <= 0) return;
  if (came == ROOM) came = matched = 0;
  n = read(terminal, screen + came, ROOM - came);
  if (n > 0) {
    came += (size_t)n;
    drop_marks(came - (size_t)n);
    if (matched > came) matched = came;
  }
  else if (n == 0 || errno != EINTR) ended = 1;
}


static size_t unescape (char *s) {
  char *from = s, *to = s;
  while (*from != '\0') {
    if (*from != '\\') {
      *to++ = *from++;
      continue;
    }
    from++;
    if (*from == 'x') {
      char hex[3] = { from[1], from[2], '\0' };
      *to++ = (char)strtol(hex, NULL, 16);
      from += 3;
    }
    else {
      *to++ = *from == 'n' ? '\n' : *from == 'r' ? '\r' : *from == 't' ? '\t'
        : *from == 'e' ? '\033' : *from;
      from++;
    }
  }
  *to = '\0';
  return (size_t)(to - s);
}


static void say_output (const char *what, size_t end) {
  size_t i;
  printf("%s ", what);
  for (i = matched; i < end; i++) {
    unsigned char c = (unsigned char)screen[i];
    if (c == '\\') printf("\\\\");
    else if (c < 32 || c == 127) printf("\\x%02x", c);
    else putchar(c);
  }
  putchar('\n');
}


/* Where the text stands in what came since the last match, or 0. */
static size_t find (const char *text, size_t len) {
  size_t i;
  for (i = matched; i + len <= came; i++)
    if (memcmp(screen + i, text, len) == 0) return i + len;
  return 0;
}


enum wanted { NEVER, MATCH, BEFORE };

static void expect (char *rest, enum wanted wanted) {
  char *text;
  double ms = strtod(rest, &text), from = now_ms();
  size_t len = unescape(++text), at;
  while ((at = find(text, len)) == 0 && now_ms() - from < ms && !ended) take(20);
  if (wanted == NEVER) puts(at == 0 ? "ok 0" : "came");
  else if (at == 0) say_output("late", came);
  else if (wanted == BEFORE) {
    say_output("ok", at - len);
    matched = at;
  }
  else {
    matched = at;
    printf("ok %.0f\n", now_ms() - from);
  }
}


static void send_text (char *text) {
  size_t len = unescape(text), done = 0;
  take(0);
  matched = came;  /* what is looked for next comes after this */
  while (done < len && !ended) {
    struct pollfd p = { terminal, POLLIN | POLLOUT, 0 };
    ssize_t n;
    if (poll(&p, 1, 2000) <= 0) break;
    if (p.revents & POLLIN) take(0);
    if (!(p.revents & POLLOUT)) continue;
    n = write(terminal, text + done, len - done > 256 ? 256 : len - done);
    if (n > 0) done += (size_t)n;
  }
  puts(done == len ? "sent" : "not sent");
}


static void await_exit (double ms) {
  double from = now_ms();
  int status;
  while (now_ms() - from < ms) {
    take(10);
    if (waitpid(child, &status, WNOHANG) == child) {
      while (!ended && came < ROOM) {
        size_t before = came;
        take(10);
        if (came == before) break;
      }
      child = 0;
      printf("exit %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
      return;
    }
  }
  puts("late");
}


static void step (char *line) {
  char *rest = strchr(line, ' ');
  if (rest != NULL) *rest++ = '\0';
  if (strcmp(line, "send") == 0) send_text(rest);
  else if (strcmp(line, "expect") == 0) expect(rest, MATCH);
  else if (strcmp(line, "until") == 0) expect(rest, BEFORE);
  else if (strcmp(line, "never") == 0) expect(rest, NEVER);
  else if (strcmp(line, "output") == 0) say_output("output", came);
  else if (strcmp(line, "exit") == 0) await_exit(strtod(rest, NULL));
  else if (strcmp(line, "resize") == 0) {
    int columns = (int)strtol(rest, &rest, 10);
    set_size(columns, (int)strtol(rest, NULL, 10));
    kill(-child, SIGWINCH);
    puts("resized");
  }
  else puts("unknown step");
}


int main (int argc, char **argv) {
  char *line = NULL;
  size_t room = 0;
  ssize_t n;
  if (argc < 4) return 2;
  if (!start(argv)) {
    perror("pty");
    return 77;
  }
  while ((n = getline(&line, &room, stdin)) > 0) {
    if (line[n - 1] == '\n') line[n - 1] = '\0';
    step(line);
    fflush(stdout);
  }
  if (child > 0) {
    kill(-child, SIGKILL);
    waitpid(child, NULL, 0);
  }
  free(line);
  return 0;
}
