/*
** A pager: a child that reads from a pipe.  The parent never waits longer than a step, so that
** Ctrl-C is seen whatever the child does with it.
*/

#include "pager.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "interrupt.h"

#define STEP_MS 20
#define PATIENCE 3              /* steps that the child gets to leave by itself */
#define NOT_FOUND 127           /* what sh says of a command it cannot find */


extern char **environ;

/* The child: reads from `in`, has not the other end, and dies of a broken pipe as usual. */
static int start (const char *command, int in, int other, pid_t *pid) {
  char shell[] = "sh", option[] = "-c";
  char *argv[] = { shell, option, (char *)(size_t)command, NULL };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t usual;
  int rc;
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addclose(&actions, other);
  posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  rc = posix_spawn(pid, "/bin/sh", &actions, &attributes, argv, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return rc;
}


/* Hand over as much as the pipe takes; 0 when there is nothing more to hand over. */
static size_t feed (int fd, const char **text, size_t left) {
  struct pollfd p = { fd, POLLOUT, 0 };
  ssize_t n;
  if (poll(&p, 1, STEP_MS) <= 0) return left;
  n = write(fd, *text, left);
  if (n < 0) return (errno == EAGAIN || errno == EINTR) ? left : 0;
  *text += n;
  return left - (size_t)n;
}


/* After Ctrl-C: wait a little, then insist. */
static void dismiss (pid_t pid, int *status) {
  int step;
  for (step = 0; waitpid(pid, status, WNOHANG) == 0; step++) {
    if (step == PATIENCE) kill(pid, SIGTERM);
    if (step == 2 * PATIENCE) kill(pid, SIGKILL);
    poll(NULL, 0, STEP_MS);
  }
}


static int finish (pid_t pid, int fd, const char *text, size_t left) {
  int status = 0;
  pid_t done;
  while (left > 0 && !vk_interrupted()) left = feed(fd, &text, left);
  close(fd);
  while ((done = waitpid(pid, &status, WNOHANG)) == 0) {
    if (vk_interrupted()) {
      dismiss(pid, &status);
      return VK_ERR_INTERRUPTED;
    }
    poll(NULL, 0, STEP_MS);
  }
  if (done < 0) return VK_ERR_IO;
  return (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND) ? VK_ERR_NOT_FOUND : VK_OK;
}


static int run (const char *command, const char *text, size_t len) {
  int ends[2], rc;
  pid_t pid;
  if (pipe(ends) != 0) return VK_ERR_IO;
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  rc = start(command, ends[0], ends[1], &pid);
  close(ends[0]);
  if (rc != 0) {
    close(ends[1]);
    errno = rc;
    return VK_ERR_IO;
  }
  return finish(pid, ends[1], text, len);
}


int vk_pager_show (const char *command, const char *text, size_t len) {
  struct termios modes;
  struct sigaction ignore, before;
  int has_modes = tcgetattr(STDIN_FILENO, &modes) == 0, rc;
  ignore.sa_handler = SIG_IGN;
  sigemptyset(&ignore.sa_mask);
  ignore.sa_flags = 0;
  sigaction(SIGPIPE, &ignore, &before);
  rc = run(command, text, len);
  sigaction(SIGPIPE, &before, NULL);
  if (has_modes) tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
  return rc;
}
