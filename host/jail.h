/*
** What the kernel lets a process do from now on: which files it may open (Landlock) and which
** calls it may make (seccomp).  Neither can be taken back, and children inherit both.
*/

#ifndef vk_jail_h
#define vk_jail_h

#include <stddef.h>

#include "vk.h"

enum vk_jail_access { VK_JAIL_READ, VK_JAIL_READ_EXECUTE, VK_JAIL_WRITE };

/* A file, or a folder with all that is in it. */
typedef struct vk_jail_path {
  const char *path;
  enum vk_jail_access access;
} vk_jail_path;

/* The version of Landlock in this kernel; 0: it has none. */
int vk_jail_landlock (void);

/* Has the kernel seccomp filters that kill a process? */
int vk_jail_seccomp (void);

/* Killed by the kernel when the process `parent`, which started this one, dies; no core file, no
   tracing by other processes; no program that it starts gets more rights than it has.  VK_OK, or
   VK_ERR_IO with errno: ESRCH when the parent is dead already. */
int vk_jail_bind (int parent);

/*
** Files: only these, and only as said; what does not exist is passed over.  No TCP, and no
** signals or abstract sockets to processes outside, where the kernel knows how.  vk_jail_bind
** comes first.  VK_OK, VK_ERR_REFUSED: no Landlock in this kernel, VK_ERR_IO with errno.
*/
int vk_jail_files (const vk_jail_path *paths, size_t n);

/*
** A foreign program that converts files: no sockets, no tracing, no other doors of the kernel that
** a converter has no use for; without `processes` no further process (threads are none).
** VK_OK, VK_ERR_REFUSED: no seccomp in this kernel, VK_ERR_IO with errno.
*/
int vk_jail_program (int processes);

/*
** A process that computes and no more: memory, time, reading what is open, locks on it, writing to
** standard output and error, ending.  Opening a file fails with EPERM; any other call kills.
** Returns as vk_jail_program.
*/
int vk_jail_compute (void);

#endif
