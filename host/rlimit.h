/*
** What the kernel lets this process take.
*/

#ifndef vk_rlimit_h
#define vk_rlimit_h

#include <stddef.h>
#include <stdint.h>

#include "vk.h"

#define VK_NO_LIMIT (-1)

/* Each VK_NO_LIMIT or 0 and more. */
typedef struct vk_rlimit {
  int64_t memory_bytes;   /* address space */
  int64_t cpu_seconds;
  int64_t file_bytes;     /* of one file written; writing more fails with EFBIG */
  int64_t processes;      /* of the user, all in all; the superuser has no such limit */
  int64_t descriptors;
  int64_t stack_bytes;
} vk_rlimit;

/* None of them. */
extern const vk_rlimit vk_rlimit_none;

/* Set them for good, and no core file.  VK_OK or VK_ERR_IO with errno. */
int vk_rlimit_set (const vk_rlimit *limits);

#endif
