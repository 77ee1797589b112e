/*
** Inside a recipe's process, the part without Lua.
*/

#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "jail.h"
#include "rlimit.h"

#define MAX_JOB (80u << 20)
#define CHUNK 65536
#define STACK_BYTES (2 << 20)
#define DESCRIPTORS 16
#define SPACE_BESIDES (INT64_C(64) << 20)   /* the program itself, its stack, work of C code */


static int wrong (void) {
  errno = EINVAL;
  return VK_ERR_BAD_INPUT;
}


static int read_term (vk_worker_terms *t, const char *word) {
  const char *value = word + 2;
  if (word[0] == '\0' || word[1] != '=') return wrong();
  switch (word[0]) {
    case 'm': t->memory_bytes = atoll(value); return VK_OK;
    case 'o': t->output_bytes = atoll(value); return VK_OK;
    case 'p': t->printed_bytes = atoll(value); return VK_OK;
    case 't': t->seconds = (double)atoll(value) / 1000; return VK_OK;
    case 'd': t->parent = atoi(value); return VK_OK;
    case 'l': t->landlock = atoi(value); return VK_OK;
    case 's': t->store = value; return VK_OK;
    default: return wrong();
  }
}


int vk_worker_read_terms (int argc, char **argv, vk_worker_terms *terms) {
  int i, rc = VK_OK;
  memset(terms, 0, sizeof(*terms));
  for (i = 2; rc == VK_OK && i < argc; i++) rc = read_term(terms, argv[i]);
  return (rc == VK_OK && terms->memory_bytes > 0 && terms->seconds > 0) ? rc : wrong();
}


static int read_job (vk_buf *job) {
  int rc = VK_OK;
  while (rc == VK_OK) {
    ssize_t n;
    rc = vk_buf_reserve(job, CHUNK);
    if (rc != VK_OK) break;
    n = read(STDIN_FILENO, job->data + job->len, CHUNK);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return (n == 0) ? VK_OK : VK_ERR_IO;
    job->len += (size_t)n;
    if (job->len > MAX_JOB) rc = VK_ERR_IO;
  }
  return rc;
}


/* From here on there is nothing to read from. */
static int close_input (void) {
  int fd = open("/dev/null", O_RDONLY), rc;
  if (fd < 0) return VK_ERR_IO;
  rc = (dup2(fd, STDIN_FILENO) < 0) ? VK_ERR_IO : VK_OK;
  if (fd != STDIN_FILENO) close(fd);
  return rc;
}


static int limit (const vk_worker_terms *t) {
  vk_rlimit limits = vk_rlimit_none;
#if !defined(__SANITIZE_ADDRESS__)
  /* AddressSanitizer maps terabytes of address space for its shadow: with a limit nothing runs. */
  limits.memory_bytes = 2 * t->memory_bytes + SPACE_BESIDES;
#endif
  limits.cpu_seconds = (int64_t)t->seconds + 1;
  limits.file_bytes = 0;
  limits.processes = 0;
  limits.descriptors = DESCRIPTORS;
  limits.stack_bytes = STACK_BYTES;
  return vk_rlimit_set(&limits);
}


/* Only the store, and only to read.  What there is of it beside the main file must be there
   already: whoever starts us has it open. */
static int close_files (const vk_worker_terms *t) {
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  char names[3][4096 + 8];
  vk_jail_path paths[3];
  size_t n = 0;
  int rc;
  for (n = 0; t->store != NULL && n < 3; n++) {
    int len = snprintf(names[n], sizeof(names[n]), "%s%s", t->store, suffixes[n]);
    if (len >= (int)sizeof(names[n])) return wrong();
    paths[n].path = names[n];
    paths[n].access = VK_JAIL_READ;
  }
  rc = vk_jail_files(paths, n);
  return (rc == VK_ERR_REFUSED && t->landlock == 0) ? VK_OK : rc;
}


int vk_worker_enter (const vk_worker_terms *t, vk_buf *job) {
  int rc = VK_OK;
  if (!vk_jail_seccomp() || vk_jail_landlock() < t->landlock) return VK_ERR_REFUSED;
  tzset();  /* reads a file, which it could not do later */
  rc = vk_jail_bind(t->parent);
  if (rc == VK_OK) rc = read_job(job);
  if (rc == VK_OK) rc = close_input();
  if (rc == VK_OK) rc = limit(t);
  if (rc == VK_OK) rc = close_files(t);
  return rc;
}


void *vk_worker_alloc (void *memory, void *block, size_t old_size, size_t new_size) {
  vk_worker_memory *m = memory;
  size_t before = (block != NULL) ? old_size : 0;  /* without a block it is the kind of object */
  void *p;
  if (new_size == 0) {
    free(block);
    m->used -= before;
    return NULL;
  }
  if (new_size > before && new_size - before > m->cap - m->used) vk_worker_end(VK_WORKER_MEMORY);
  p = realloc(block, new_size);
  if (p == NULL) vk_worker_end(VK_WORKER_MEMORY);
  m->used += new_size - before;
  if (m->used > m->peak) m->peak = m->used;
  return p;
}


int vk_worker_write (int fd, const char *bytes, size_t len) {
  while (len > 0) {
    ssize_t n = write(fd, bytes, len);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return VK_ERR_IO;
    bytes += n;
    len -= (size_t)n;
  }
  return VK_OK;
}


void vk_worker_end (enum vk_worker_exit how) {
  _exit(how);
}
