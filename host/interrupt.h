/*
** Ctrl-C.  A signal handler has no argument, so this module alone keeps static
** variables: the flag, and the list of things to stop.
*/

#ifndef vk_interrupt_h
#define vk_interrupt_h

/* What to call from the signal handler; must be safe there.  Owned by the caller. */
typedef struct vk_interrupt_node {
  void (*stop) (void *arg);
  void *arg;
  struct vk_interrupt_node *next, **link;
} vk_interrupt_node;

enum vk_interrupt_mode {
  VK_INTERRUPT_SCRIPT,    /* the process ends soon after the signal, come what may */
  VK_INTERRUPT_REPL       /* only the flag and the list: the session goes on */
};

/* Catch SIGINT.  VK_OK or VK_ERR_INTERNAL. */
int vk_interrupt_install (enum vk_interrupt_mode mode);

/* Hand SIGINT back to the system's default. */
void vk_interrupt_uninstall (void);

void vk_interrupt_set_mode (enum vk_interrupt_mode mode);

/* Nonzero once a signal came and nobody cleared it. */
int vk_interrupted (void);

/* Forget the signal (and the pending end of the process). */
void vk_interrupt_clear (void);

/* Enter and leave the list.  Removing what is not in it does nothing. */
void vk_interrupt_add (vk_interrupt_node *node);
void vk_interrupt_remove (vk_interrupt_node *node);

#endif
