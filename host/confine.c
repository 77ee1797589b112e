/*
** Limits from the words of the command line, then exec.
*/

#include "confine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "jail.h"
#include "rlimit.h"
#include "vk.h"

#define MAX_PATHS 64

typedef struct Terms {
  vk_rlimit limits;
  int parent;
  vk_jail_path paths[MAX_PATHS];
  size_t n_paths;
  int confined;
} Terms;

/* What a program of the system reads before it does anything; no user's files among them. */
static const vk_jail_path system_paths[] = {
  { "/usr", VK_JAIL_READ_EXECUTE }, { "/bin", VK_JAIL_READ_EXECUTE },
  { "/lib", VK_JAIL_READ_EXECUTE }, { "/lib64", VK_JAIL_READ_EXECUTE },
  { "/etc/ld.so.cache", VK_JAIL_READ }, { "/etc/alternatives", VK_JAIL_READ },
  { "/etc/fonts", VK_JAIL_READ }, { "/etc/localtime", VK_JAIL_READ },
  { "/etc/mime.types", VK_JAIL_READ }, { "/etc/poppler", VK_JAIL_READ },
  { "/etc/pandoc", VK_JAIL_READ }, { "/dev/null", VK_JAIL_WRITE },
  { "/dev/urandom", VK_JAIL_READ }, { "/proc/self", VK_JAIL_READ },
  { "/sys/devices/system/cpu", VK_JAIL_READ },
};


static int add_path (Terms *t, const char *path, enum vk_jail_access access) {
  if (t->n_paths == MAX_PATHS) {
    errno = E2BIG;
    return VK_ERR_IO;
  }
  t->paths[t->n_paths].path = path;
  t->paths[t->n_paths++].access = access;
  return VK_OK;
}


static int read_term (Terms *t, const char *word) {
  const char *value = word + 2;
  switch (word[0]) {
    case 'd': t->parent = atoi(value); return VK_OK;
    case 'm': t->limits.memory_bytes = atoll(value); return VK_OK;
    case 'f': t->limits.file_bytes = atoll(value); return VK_OK;
    case 'c': t->limits.cpu_seconds = atoll(value); return VK_OK;
    case 'p': t->limits.processes = atoll(value); return VK_OK;
    case 'x': t->confined = 1; return VK_OK;
    case 'r': return add_path(t, value, VK_JAIL_READ);
    case 'w': return add_path(t, value, VK_JAIL_WRITE);
    default: errno = EINVAL; return VK_ERR_IO;
  }
}


/* The program itself need not stand in a folder of the system. */
static int restrict_files (Terms *t, const char *program) {
  size_t i;
  int rc = add_path(t, program, VK_JAIL_READ_EXECUTE);
  for (i = 0; rc == VK_OK && i < sizeof(system_paths) / sizeof(system_paths[0]); i++)
    rc = add_path(t, system_paths[i].path, system_paths[i].access);
  if (rc == VK_OK) rc = vk_jail_files(t->paths, t->n_paths);
  return (rc == VK_ERR_REFUSED) ? VK_OK : rc;  /* an old kernel: the filter is what there is */
}


int vk_confine_run (int argc, char **argv) {
  Terms t = { vk_rlimit_none, 0, {{ NULL, VK_JAIL_READ }}, 0, 0 };
  int i = 2, rc = VK_OK, processes;
  while (rc == VK_OK && i < argc && strcmp(argv[i], "--") != 0) rc = read_term(&t, argv[i++]);
  if (rc == VK_OK && argc - i < 3) {
    errno = EINVAL;
    return VK_ERR_IO;
  }
  processes = t.limits.processes != 0;
  if (!processes) t.limits.processes = VK_NO_LIMIT;  /* the filter does it, threads stay possible */
  if (rc == VK_OK) rc = vk_jail_bind(t.parent);
  if (rc == VK_OK && t.confined) rc = restrict_files(&t, argv[i + 1]);
  if (rc == VK_OK && (t.confined || !processes)) rc = vk_jail_program(processes);
  if (rc == VK_OK) rc = vk_rlimit_set(&t.limits);  /* last: we may need more than the other one */
  if (rc != VK_OK) return rc;
  execv(argv[i + 1], argv + i + 2);
  return VK_ERR_IO;
}
