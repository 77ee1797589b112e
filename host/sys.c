/*
** The system, for the little that Lua's own library lacks.
*/

#include "sys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define CHUNK 65536


int vk_sys_winsize (int fd, int *columns, int *rows) {
  struct winsize w;
  if (ioctl(fd, TIOCGWINSZ, &w) != 0 || w.ws_col == 0) return VK_ERR_IO;
  *columns = w.ws_col;
  *rows = w.ws_row;
  return VK_OK;
}


static int make_folder (const char *path) {
  struct stat st;
  if (mkdir(path, 0700) == 0) return VK_OK;
  if (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode)) return VK_OK;
  return VK_ERR_IO;
}


int vk_sys_mkdir_private (const char *path) {
  char *copy = strdup(path), *p;
  int rc = VK_OK, saved;
  if (copy == NULL) return VK_ERR_NOMEM;
  for (p = copy + (copy[0] == '/'); rc == VK_OK && (p = strchr(p, '/')) != NULL; p++) {
    *p = '\0';
    rc = make_folder(copy);
    *p = '/';
  }
  if (rc == VK_OK) rc = make_folder(copy);
  saved = errno;
  free(copy);
  errno = saved;
  return rc;
}


static const char *kind_of (mode_t mode) {
  if (S_ISREG(mode)) return "file";
  if (S_ISDIR(mode)) return "dir";
  if (S_ISFIFO(mode)) return "fifo";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "device";
  if (S_ISLNK(mode)) return "link";
  return "other";
}


int vk_sys_stat_path (const char *path, vk_sys_stat *out) {
  struct stat st, target;
  if (lstat(path, &st) != 0)
    return (errno == ENOENT || errno == ENOTDIR) ? VK_ERR_NOT_FOUND : VK_ERR_IO;
  out->is_link = S_ISLNK(st.st_mode);
  if (out->is_link && stat(path, &target) == 0) st = target;
  out->kind = kind_of(st.st_mode);
  out->size = st.st_size;
  out->mode = st.st_mode & 07777;
  out->modified_s = st.st_mtime;
  out->device = st.st_dev;
  out->inode = st.st_ino;
  return VK_OK;
}


static int add_name (vk_sys_names *names, const char *name) {
  if (names->n == names->cap) {
    size_t cap = names->cap ? names->cap * 2 : 32;
    char **more = realloc(names->name, cap * sizeof(*more));
    if (more == NULL) return VK_ERR_NOMEM;
    names->name = more;
    names->cap = cap;
  }
  names->name[names->n] = strdup(name);
  if (names->name[names->n] == NULL) return VK_ERR_NOMEM;
  names->n++;
  return VK_OK;
}


static int by_bytes (const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}


int vk_sys_list (const char *path, vk_sys_names *out) {
  DIR *dir = opendir(path);
  struct dirent *e;
  int rc = VK_OK;
  if (dir == NULL) return (errno == ENOENT) ? VK_ERR_NOT_FOUND : VK_ERR_IO;
  while (rc == VK_OK && (errno = 0, e = readdir(dir)) != NULL) {
    if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) rc = add_name(out, e->d_name);
  }
  if (rc == VK_OK && errno != 0) rc = VK_ERR_IO;
  closedir(dir);
  if (out->n > 0) qsort(out->name, out->n, sizeof(*out->name), by_bytes);
  return rc;
}


void vk_sys_names_free (vk_sys_names *names) {
  size_t i;
  for (i = 0; i < names->n; i++) free(names->name[i]);
  free(names->name);
  names->name = NULL;
  names->n = names->cap = 0;
}


/* Read what is there, but one byte more than `max` is too long. */
static int read_all (int fd, size_t max, size_t expected, vk_buf *out) {
  size_t start = out->len;
  int rc = vk_buf_reserve(out, expected + 1);
  while (rc == VK_OK) {
    ssize_t n = read(fd, out->data + out->len, out->cap - out->len);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return VK_ERR_IO;
    if (n == 0) return VK_OK;
    out->len += (size_t)n;
    if (out->len - start > max) {
      errno = EFBIG;
      return VK_ERR_BAD_INPUT;
    }
    rc = vk_buf_reserve(out, CHUNK);
  }
  return rc;
}


/* An open descriptor of a regular file of at most `max` bytes: its size in *size. */
static int check_file (int fd, size_t max, size_t *size) {
  struct stat st;
  if (fstat(fd, &st) != 0) return VK_ERR_IO;
  errno = 0;
  if (!S_ISREG(st.st_mode)) return VK_ERR_BAD_INPUT;
  errno = EFBIG;
  if (st.st_size < 0 || (uint64_t)st.st_size > max) return VK_ERR_BAD_INPUT;
  *size = (size_t)st.st_size;
  return VK_OK;
}


int vk_sys_read_file (const char *path, size_t max, vk_buf *out) {
  size_t start = out->len, size = 0;
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  int rc, saved;
  if (fd < 0) return (errno == ENOENT || errno == ENOTDIR) ? VK_ERR_NOT_FOUND : VK_ERR_IO;
  rc = check_file(fd, max, &size);
  if (rc == VK_OK) rc = read_all(fd, max, size, out);
  if (rc != VK_OK) out->len = start;
  saved = errno;
  close(fd);
  errno = saved;
  return rc;
}


static int write_all (int fd, const char *p, size_t len) {
  while (len > 0) {
    ssize_t n = write(fd, p, len);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return (errno == ENOSPC || errno == EDQUOT) ? VK_ERR_FULL : VK_ERR_IO;
    p += n;
    len -= (size_t)n;
  }
  return VK_OK;
}


/* The name is durable once its folder is written. */
static void sync_folder (const char *path) {
  char *copy = strdup(path), *slash;
  int fd;
  if (copy == NULL) return;
  slash = strrchr(copy, '/');
  if (slash != NULL) slash[slash == copy] = '\0';
  fd = open(slash != NULL ? copy : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    fsync(fd);
    close(fd);
  }
  free(copy);
}


static int write_beside (char *temporary, const char *path, const void *bytes, size_t len,
                         unsigned mode) {
  int fd = mkstemp(temporary), rc, saved;
  if (fd < 0) return VK_ERR_IO;
  rc = write_all(fd, bytes, len);
  if (rc == VK_OK && (fchmod(fd, (mode_t)mode) != 0 || fsync(fd) != 0)) rc = VK_ERR_IO;
  saved = errno;
  if (close(fd) != 0 && rc == VK_OK) rc = VK_ERR_IO;
  else errno = saved;
  if (rc == VK_OK && rename(temporary, path) != 0) rc = VK_ERR_IO;
  if (rc != VK_OK) {
    saved = errno;
    unlink(temporary);
    errno = saved;
  }
  return rc;
}


int vk_sys_write_file (const char *path, const void *bytes, size_t len, unsigned mode) {
  size_t size = strlen(path) + sizeof(".XXXXXX");
  char *temporary = malloc(size);
  int rc, saved;
  if (temporary == NULL) return VK_ERR_NOMEM;
  snprintf(temporary, size, "%s.XXXXXX", path);
  rc = write_beside(temporary, path, bytes, len, mode);
  saved = errno;
  if (rc == VK_OK) sync_folder(path);
  free(temporary);
  errno = saved;
  return rc;
}


double vk_sys_clock (void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
