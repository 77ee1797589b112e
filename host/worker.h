/*
** The process that runs a recipe: the program starts itself with the word below, gives up what it
** may not have, and ends as soon as the result is written.  This is what happens inside it; the
** one who starts it is in worker_lua.c.
*/

#ifndef vk_worker_h
#define vk_worker_h

#include <stddef.h>
#include <stdint.h>

#include "vk.h"

#define VK_WORKER_WORD "--vankien-worker"

/* How it ends, as exit codes; others mean that something went wrong in it. */
enum vk_worker_exit {
  VK_WORKER_DONE = 0,     /* a message stands on standard output */
  VK_WORKER_MEMORY = 81,  /* it asked for more than it may have */
  VK_WORKER_OUTPUT = 82,  /* it printed more than it may */
  VK_WORKER_REFUSED = 83, /* no jail here; why is on standard error */
  VK_WORKER_BROKEN = 84   /* it could not begin; why is on standard error */
};

typedef struct vk_worker_terms {
  int64_t memory_bytes;   /* of Lua; the same again for the store, and a little for the rest */
  int64_t output_bytes;   /* of the result */
  int64_t printed_bytes;  /* of what it prints */
  double seconds;
  int parent;             /* number of the process that started it, and that it dies with */
  int landlock;           /* the oldest version of Landlock that will do; 0: none will do */
  const char *store;      /* path without links; NULL: none */
} vk_worker_terms;

/* What Lua holds.  A cap that raised an error would leave it, and LPeg, in the middle of things
   that they do not always undo well; so the cap ends the process. */
typedef struct vk_worker_memory {
  size_t used, peak, cap;
} vk_worker_memory;

/* The terms as words of a command line: letter, "=", value.  VK_OK or VK_ERR_BAD_INPUT. */
int vk_worker_read_terms (int argc, char **argv, vk_worker_terms *terms);

/*
** Take the limits on, read the job from standard input to its end, and close all files but the
** store's.  VK_OK; VK_ERR_REFUSED: the kernel has not what is asked for; VK_ERR_IO with errno.
*/
int vk_worker_enter (const vk_worker_terms *terms, vk_buf *job);

/* An allocator for Lua; `memory` is a vk_worker_memory. */
void *vk_worker_alloc (void *memory, void *block, size_t old_size, size_t new_size);

/* Write all of it.  VK_OK or VK_ERR_IO. */
int vk_worker_write (int fd, const char *bytes, size_t len);

/* End now: no handler, no buffer, no state is cleaned up. */
__attribute__((noreturn)) void vk_worker_end (enum vk_worker_exit how);

#endif
