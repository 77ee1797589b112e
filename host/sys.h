/*
** What Lua's own library lacks of the system: terminals, folders, safe reading
** and writing of whole files, a clock.  Failures leave errno as the call set it.
*/

#ifndef vk_sys_h
#define vk_sys_h

#include <stddef.h>
#include <stdint.h>

#include "vk.h"

typedef struct vk_sys_names {
  char **name;
  size_t n, cap;
} vk_sys_names;

typedef struct vk_sys_stat {
  const char *kind;       /* file, dir, fifo, device, link (broken or a loop), other */
  int is_link;            /* the path itself is a symbolic link */
  int64_t size, mode, modified_s;
  uint64_t device, inode;
} vk_sys_stat;

/* Columns and rows of the terminal on `fd`.  VK_OK or VK_ERR_IO: no terminal. */
int vk_sys_winsize (int fd, int *columns, int *rows);

/* Make a folder and its parents, for the owner only (0700). */
int vk_sys_mkdir_private (const char *path);

int vk_sys_stat_path (const char *path, vk_sys_stat *out);

/* Names in a folder, sorted by bytes, without . and ..; free them either way. */
int vk_sys_list (const char *path, vk_sys_names *out);
void vk_sys_names_free (vk_sys_names *names);

/* Append a regular file of at most `max` bytes.  VK_ERR_BAD_INPUT with errno 0: not a
   regular file; with EFBIG: longer than max. */
int vk_sys_read_file (const char *path, size_t max, vk_buf *out);

/* Write a file whole or not at all: a new file beside it takes its name. */
int vk_sys_write_file (const char *path, const void *bytes, size_t len, unsigned mode);

/* Seconds of a clock that only runs forward. */
double vk_sys_clock (void);

#endif
