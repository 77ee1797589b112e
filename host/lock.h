/*
** A file that one process holds at a time, for reading a small file, changing it and
** writing it anew.  The kernel lets go when the process ends, however it ends.
*/

#ifndef vk_lock_h
#define vk_lock_h

typedef struct vk_lock {
  int fd;                       /* -1: not held */
} vk_lock;

/*
** Hold `path`, which is made (0600, empty) when it is missing and never removed.  Waits
** `seconds` for another process.  VK_OK, VK_ERR_BUSY after that, VK_ERR_INTERRUPTED at
** Ctrl-C, VK_ERR_IO with errno, VK_ERR_BAD_INPUT for what is no regular file.
*/
int vk_lock_take (vk_lock *lock, const char *path, double seconds);

/* Let go.  Twice is nothing. */
void vk_lock_release (vk_lock *lock);

#endif
