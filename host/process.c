/*
** Another program, from spawn to reaping.  One loop feeds it, reads it, and looks at the clock, at
** Ctrl-C and at whether it has ended.  It is killed as a group before it is reaped: until then its
** number cannot belong to anybody else.
*/

#define _GNU_SOURCE   /* pipe2, waitid's WNOWAIT */

#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "interrupt.h"
#include "sys.h"

#define STEP_MS 50            /* how long Ctrl-C may go unseen */
#define BLIND_STEP_MS 2       /* the same where the kernel cannot tell that a process ended */
#define CHUNK 65536

enum { PIPE_IN, PIPE_OUT, PIPE_ERR, PIPES };

typedef struct Run {
  const vk_process_job *job;
  vk_process_end *end;
  pid_t pid;
  int watch;                  /* readable once the child has ended; -1: no such thing here */
  int fd[PIPES];              /* our ends; -1: closed */
  int theirs[PIPES];
  size_t fed;                 /* bytes of the input handed over */
  double start;
} Run;


static void shut (int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}


/* Both ends above the standard descriptors, so that none is overwritten in the child. */
static int new_pipe (int ends[2]) {
  int low[2], i, rc = VK_OK;
  if (pipe2(low, O_CLOEXEC) != 0) return VK_ERR_IO;
  for (i = 0; i < 2; i++) {
    ends[i] = fcntl(low[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close(low[i]);
    if (ends[i] < 0) rc = VK_ERR_IO;
  }
  return rc;
}


static int open_pipes (Run *r) {
  int i, rc = VK_OK;
  for (i = 0; i < PIPES && rc == VK_OK; i++) {
    int ends[2] = { -1, -1 }, ours = (i == PIPE_IN) ? 1 : 0;
    if (i == PIPE_IN && r->job->input == NULL) continue;
    rc = new_pipe(ends);
    r->fd[i] = ends[ours];
    r->theirs[i] = ends[1 - ours];
    if (rc == VK_OK) fcntl(r->fd[i], F_SETFL, O_NONBLOCK);
  }
  return rc;
}


static void close_pipes (int fd[PIPES]) {
  int i, saved = errno;
  for (i = 0; i < PIPES; i++) shut(&fd[i]);
  errno = saved;
}


/* What happens in the child between its birth and the new program.  0 or an errno. */
static int plan_actions (const Run *r, posix_spawn_file_actions_t *a) {
  int i, rc = 0;
  for (i = 0; i < PIPES && rc == 0; i++) {
    if (r->theirs[i] >= 0) rc = posix_spawn_file_actions_adddup2(a, r->theirs[i], i);
    else rc = posix_spawn_file_actions_addopen(a, i, "/dev/null", O_RDONLY, 0);
  }
  if (rc == 0) rc = posix_spawn_file_actions_addclosefrom_np(a, STDERR_FILENO + 1);
  if (rc == 0 && r->job->dir != NULL) rc = posix_spawn_file_actions_addchdir_np(a, r->job->dir);
  return rc;
}


/* A group of its own, no signal blocked, all as a new program expects them. */
static int plan_signals (posix_spawnattr_t *a) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(a, &none);
  posix_spawnattr_setsigdefault(a, &all);
  posix_spawnattr_setpgroup(a, 0);
  return posix_spawnattr_setflags(a, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                     POSIX_SPAWN_SETSIGDEF);
}


static int spawn (Run *r) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int rc = posix_spawn_file_actions_init(&actions);
  if (rc == 0) {
    rc = posix_spawnattr_init(&attributes);
    if (rc == 0) {
      rc = plan_actions(r, &actions);
      if (rc == 0) rc = plan_signals(&attributes);
      if (rc == 0)
        rc = posix_spawn(&r->pid, r->job->file, &actions, &attributes, r->job->argv, r->job->envp);
      posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
  }
  errno = rc;
  if (rc == 0) return VK_OK;
  if (rc == ENOMEM) return VK_ERR_NOMEM;
  return (rc == ENOENT || rc == ENOTDIR) ? VK_ERR_NOT_FOUND : VK_ERR_IO;
}


/* Hand over what the pipe takes; close it at the end, or when nobody reads any more. */
static void feed (Run *r) {
  const vk_process_job *job = r->job;
  ssize_t n = write(r->fd[PIPE_IN], job->input + r->fed, job->input_len - r->fed);
  if (n > 0) r->fed += (size_t)n;
  else if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n < 0 || r->fed == job->input_len) shut(&r->fd[PIPE_IN]);
}


/* Append what is there, up to `max` bytes in all.  VK_OK, VK_STOP: there is more, VK_ERR_NOMEM. */
static int collect (int *fd, vk_buf *b, size_t max) {
  size_t room = (max - b->len < CHUNK) ? max - b->len + 1 : CHUNK;
  ssize_t n;
  int rc = vk_buf_reserve(b, room);
  if (rc != VK_OK) return rc;
  n = read(*fd, b->data + b->len, room);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return VK_OK;
  if (n <= 0) {
    shut(fd);
    return VK_OK;
  }
  b->len += (size_t)n;
  if (b->len <= max) return VK_OK;
  b->len = max;
  return VK_STOP;
}


static int collect_both (Run *r, const struct pollfd p[PIPES]) {
  int rc = VK_OK;
  if (p[PIPE_OUT].revents != 0)
    rc = collect(&r->fd[PIPE_OUT], r->end->out, r->job->out_bytes);
  if (rc == VK_OK && p[PIPE_ERR].revents != 0)
    rc = collect(&r->fd[PIPE_ERR], r->end->err, r->job->err_bytes);
  if (rc == VK_STOP) r->end->ended = VK_ENDED_OUTPUT;
  return rc;
}


/* Wait until something can be done, `ms` at the longest, and do it. */
static int turn (Run *r, int ms) {
  struct pollfd p[PIPES + 1];
  int i;
  for (i = 0; i < PIPES; i++) {
    p[i].fd = r->fd[i];
    p[i].events = (i == PIPE_IN) ? POLLOUT : POLLIN;
    p[i].revents = 0;
  }
  p[PIPES].fd = r->watch;
  p[PIPES].events = POLLIN;
  p[PIPES].revents = 0;
  if (poll(p, PIPES + 1, ms) <= 0) return VK_OK;
  if (p[PIPE_IN].revents != 0) feed(r);
  return collect_both(r, p);
}


static int has_ended (const Run *r) {
  siginfo_t info;
  info.si_pid = 0;
  return waitid(P_PID, (id_t)r->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
}


/* Until the child has ended: VK_OK.  VK_STOP: it is to be killed, end->ended says why. */
static int attend (Run *r) {
  for (;;) {
    double left = r->start + r->job->seconds - vk_sys_clock();
    int step = (r->watch >= 0) ? STEP_MS : BLIND_STEP_MS, rc;
    if (vk_interrupted()) return VK_ERR_INTERRUPTED;
    if (left <= 0) {
      r->end->ended = VK_ENDED_TIME;
      return VK_STOP;
    }
    rc = turn(r, left * 1000 < step ? (int)(left * 1000) + 1 : step);
    if (rc != VK_OK) return rc;
    if (has_ended(r)) return VK_OK;
  }
}


/* What it wrote just before it ended is still in the pipes. */
static int drain (Run *r) {
  int rc = VK_OK;
  while (rc == VK_OK && (r->fd[PIPE_OUT] >= 0 || r->fd[PIPE_ERR] >= 0)) {
    struct pollfd p[PIPES] = {
      { -1, 0, 0 }, { r->fd[PIPE_OUT], POLLIN, 0 }, { r->fd[PIPE_ERR], POLLIN, 0 }
    };
    if (poll(p, PIPES, 0) <= 0) break;
    rc = collect_both(r, p);
  }
  return rc;
}


/* Kill what is left of the group, and reap the child. */
static void reap (Run *r, int stopped) {
  vk_process_end *end = r->end;
  int status = 0;
  kill(-r->pid, SIGKILL);
  while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR) { }
  end->seconds = vk_sys_clock() - r->start;
  end->exit = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  end->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  if (!stopped) end->ended = WIFSIGNALED(status) ? VK_ENDED_SIGNAL : VK_ENDED_EXITED;
}


static int run (Run *r) {
  int rc = open_pipes(r);
  r->start = vk_sys_clock();
  if (rc == VK_OK) rc = spawn(r);
  close_pipes(r->theirs);
  if (rc != VK_OK) return rc;
  r->watch = (int)syscall(SYS_pidfd_open, r->pid, 0);
  rc = attend(r);
  if (rc == VK_OK) rc = drain(r);
  reap(r, rc == VK_STOP);
  shut(&r->watch);
  return (rc == VK_STOP) ? VK_OK : rc;
}


/* Ignore or not a signal; what was before in *before. */
static void set_signal (int number, void (*how) (int), struct sigaction *before) {
  struct sigaction now;
  memset(&now, 0, sizeof(now));
  now.sa_handler = how;
  sigemptyset(&now.sa_mask);
  sigaction(number, &now, before);
}


/* A child that does not read its input is no reason to die; and whoever started us ignoring the
   end of children would have them reaped before we see how they ended. */
int vk_process_run (const vk_process_job *job, vk_process_end *end) {
  Run r = { job, end, 0, -1, { -1, -1, -1 }, { -1, -1, -1 }, 0, 0 };
  struct sigaction on_pipe, on_child;
  int rc;
  set_signal(SIGPIPE, SIG_IGN, &on_pipe);
  set_signal(SIGCHLD, SIG_DFL, &on_child);
  rc = run(&r);
  close_pipes(r.fd);
  sigaction(SIGCHLD, &on_child, NULL);
  sigaction(SIGPIPE, &on_pipe, NULL);
  return rc;
}


static int is_program (const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}


/* "folder/name" and a zero; an empty folder is the current one, which we do not search. */
static int try_folder (const char *folder, size_t len, const char *name, vk_buf *path) {
  int rc;
  path->len = 0;
  if (len == 0) return VK_ERR_NOT_FOUND;
  rc = vk_buf_append(path, folder, len);
  if (rc == VK_OK) rc = vk_buf_byte(path, '/');
  if (rc == VK_OK) rc = vk_buf_append(path, name, strlen(name) + 1);
  return (rc == VK_OK && !is_program(path->data)) ? VK_ERR_NOT_FOUND : rc;
}


int vk_process_find (const char *name, const char *folders, vk_buf *path) {
  int rc = VK_ERR_NOT_FOUND;
  if (strchr(name, '/') != NULL)
    return is_program(name) ? vk_buf_append(path, name, strlen(name) + 1) : VK_ERR_NOT_FOUND;
  while (rc == VK_ERR_NOT_FOUND && *folders != '\0') {
    size_t len = strcspn(folders, ":");
    rc = try_folder(folders, len, name, path);
    folders += len + (folders[len] == ':');
  }
  return rc;
}
