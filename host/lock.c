/*
** Locks between processes: flock on a file of its own, so that the file it guards
** can be replaced by renaming.
*/

#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "interrupt.h"
#include "sys.h"
#include "vk.h"

#define PAUSE_NS 5000000        /* between two tries */


static int open_plain (const char *path, int *fd) {
  struct stat st;
  *fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0600);
  if (*fd < 0) return VK_ERR_IO;
  if (fstat(*fd, &st) != 0) return VK_ERR_IO;
  return S_ISREG(st.st_mode) ? VK_OK : VK_ERR_BAD_INPUT;
}


static int wait_for (int fd, double seconds) {
  static const struct timespec pause = { 0, PAUSE_NS };
  double end = vk_sys_clock() + seconds;
  while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return VK_ERR_IO;
    if (vk_interrupted()) return VK_ERR_INTERRUPTED;
    if (vk_sys_clock() >= end) return VK_ERR_BUSY;
    nanosleep(&pause, NULL);
  }
  return VK_OK;
}


int vk_lock_take (vk_lock *lock, const char *path, double seconds) {
  int fd = -1, saved;
  int rc = open_plain(path, &fd);
  if (rc == VK_OK) rc = wait_for(fd, seconds);
  if (rc == VK_OK) {
    lock->fd = fd;
    return VK_OK;
  }
  saved = errno;
  if (fd >= 0) close(fd);
  errno = saved;
  return rc;
}


void vk_lock_release (vk_lock *lock) {
  if (lock->fd >= 0) close(lock->fd);
  lock->fd = -1;
}
