/*
** Resource limits.  Soft and hard are the same, so that nothing inside can raise them again; only
** for the processor's time the kernel warns a second before it kills.
*/

#define _GNU_SOURCE   /* prlimit's resources under their own type */

#include "rlimit.h"

#include <signal.h>
#include <sys/resource.h>

const vk_rlimit vk_rlimit_none = {
  VK_NO_LIMIT, VK_NO_LIMIT, VK_NO_LIMIT, VK_NO_LIMIT, VK_NO_LIMIT, VK_NO_LIMIT
};


/* A lower hard limit that is there already stays. */
static int lower (__rlimit_resource_t resource, int64_t value, int64_t beyond) {
  struct rlimit now;
  rlim_t soft = (rlim_t)value, hard = (rlim_t)(value + beyond);
  if (value == VK_NO_LIMIT) return VK_OK;
  if (getrlimit(resource, &now) != 0) return VK_ERR_IO;
  if (now.rlim_max < hard) hard = now.rlim_max;
  if (hard < soft) soft = hard;
  now.rlim_cur = soft;
  now.rlim_max = hard;
  return setrlimit(resource, &now) == 0 ? VK_OK : VK_ERR_IO;
}


int vk_rlimit_set (const vk_rlimit *limits) {
  int rc = lower(RLIMIT_CORE, 0, 0);
  if (limits->file_bytes != VK_NO_LIMIT) signal(SIGXFSZ, SIG_IGN);
  if (rc == VK_OK) rc = lower(RLIMIT_FSIZE, limits->file_bytes, 0);
  if (rc == VK_OK) rc = lower(RLIMIT_CPU, limits->cpu_seconds, 1);
  if (rc == VK_OK) rc = lower(RLIMIT_NPROC, limits->processes, 0);
  if (rc == VK_OK) rc = lower(RLIMIT_NOFILE, limits->descriptors, 0);
  if (rc == VK_OK) rc = lower(RLIMIT_STACK, limits->stack_bytes, 0);
  if (rc == VK_OK) rc = lower(RLIMIT_AS, limits->memory_bytes, 0);
  return rc;
}
