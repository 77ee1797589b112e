/*
** Running another program to its end: no shell, a process group of its own, a deadline, capped
** output.  What the child may do is not decided here; see confine.h and worker.h.
*/

#ifndef vk_process_h
#define vk_process_h

#include <stddef.h>

#include "vk.h"

enum vk_process_ended {
  VK_ENDED_EXITED,        /* by itself, with `exit` */
  VK_ENDED_SIGNAL,        /* of `signal` */
  VK_ENDED_TIME,          /* killed: the deadline had passed */
  VK_ENDED_OUTPUT         /* killed: it wrote more than it may */
};

typedef struct vk_process_job {
  const char *file;       /* path of the program */
  char *const *argv;
  char *const *envp;
  const char *dir;        /* current folder of the child; NULL: ours */
  const char *input;      /* its standard input; NULL: /dev/null */
  size_t input_len;
  double seconds;
  size_t out_bytes, err_bytes;  /* what is kept of its standard output and error; 1 or more */
} vk_process_job;

typedef struct vk_process_end {
  enum vk_process_ended ended;
  int exit, signal;
  double seconds;
  vk_buf *out, *err;      /* borrowed; what it wrote is appended, and capped */
} vk_process_end;

/*
** Run and wait.  The whole group was killed when this returns.  VK_OK, VK_ERR_NOT_FOUND (no such
** program or folder), VK_ERR_IO with errno, VK_ERR_INTERRUPTED after Ctrl-C, VK_ERR_NOMEM.
*/
int vk_process_run (const vk_process_job *job, vk_process_end *end);

/* Append the path of the program `name` and a zero: as it stands when it has a slash, else looked
   up in `folders` ("/usr/bin:/bin").  VK_OK, VK_ERR_NOT_FOUND, VK_ERR_NOMEM. */
int vk_process_find (const char *name, const char *folders, vk_buf *path);

#endif
