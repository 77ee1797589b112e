/*
** A pager: a child that reads from a pipe.  The parent never waits longer than a step, so that
** Ctrl-C is seen whatever the child does with it.
*/

#include "pager.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "interrupt.h"

#define STEP_MS 20
#define PATIENCE 3              /* steps that the child gets to leave by itself */
#define NOT_FOUND 127           /* what sh says of a command it cannot find */


static pid_t start (const char *command, int in, int other) {
  pid_t pid = fork();
  if (pid == 0) {
    signal(SIGPIPE, SIG_DFL);
    close(other);
    if (dup2(in, STDIN_FILENO) < 0) _exit(NOT_FOUND);
    if (in != STDIN_FILENO) close(in);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(NOT_FOUND);
  }
  return pid;
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
  int ends[2], saved;
  pid_t pid;
  if (pipe(ends) != 0) return VK_ERR_IO;
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  pid = start(command, ends[0], ends[1]);
  saved = errno;
  close(ends[0]);
  if (pid < 0) {
    close(ends[1]);
    errno = saved;
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
