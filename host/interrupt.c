/*
** Ctrl-C: set a flag, stop every running SQL statement and Lua state, and in
** script mode make sure that the process ends: code that never looks at the
** flag (a loop under pcall, a pathological string.find) is ended by a timer.
** WAL makes that safe for the store: an unfinished transaction was never there.
*/

#include "interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "vk.h"

#define GRACE_NS 300000000L   /* a script gets 0.3 s to unwind */
#define EXIT_INTERRUPTED 130

static volatile sig_atomic_t flag;
static volatile sig_atomic_t mode;
static vk_interrupt_node *head;
static timer_t grace;
static int have_timer;


static void set_grace (long ns) {
  struct itimerspec t;
  memset(&t, 0, sizeof(t));
  t.it_value.tv_nsec = ns;
  if (have_timer) timer_settime(grace, 0, &t, NULL);
}


static void on_interrupt (int sig) {
  int saved = errno;
  vk_interrupt_node *node;
  (void)sig;
  if (flag == 0 && mode == VK_INTERRUPT_SCRIPT) set_grace(GRACE_NS);
  flag = 1;
  for (node = head; node != NULL; node = node->next) node->stop(node->arg);
  errno = saved;
}


static void on_grace (int sig) {
  static const char text[] = "vankien: interrupted\n";
  (void)sig;
  if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0) { /* nothing left to tell */ }
  _exit(EXIT_INTERRUPTED);
}


int vk_interrupt_install (enum vk_interrupt_mode m) {
  struct sigaction sa;
  struct sigevent ev;
  mode = m;
  memset(&sa, 0, sizeof(sa));
  sigemptyset(&sa.sa_mask);
  sa.sa_handler = on_grace;
  if (sigaction(SIGALRM, &sa, NULL) != 0) return VK_ERR_INTERNAL;
  memset(&ev, 0, sizeof(ev));
  ev.sigev_notify = SIGEV_SIGNAL;
  ev.sigev_signo = SIGALRM;
  have_timer = have_timer || timer_create(CLOCK_MONOTONIC, &ev, &grace) == 0;
  sa.sa_handler = on_interrupt;  /* no SA_RESTART: a blocked read comes back */
  return sigaction(SIGINT, &sa, NULL) == 0 ? VK_OK : VK_ERR_INTERNAL;
}


void vk_interrupt_uninstall (void) {
  signal(SIGINT, SIG_DFL);
  set_grace(0);
}


void vk_interrupt_set_mode (enum vk_interrupt_mode m) {
  mode = m;
  if (m == VK_INTERRUPT_REPL) set_grace(0);
}


int vk_interrupted (void) {
  return flag != 0;
}


void vk_interrupt_clear (void) {
  flag = 0;
  set_grace(0);
}


/* The handler walks the list, so it must not run while the list changes. */
static void block (sigset_t *old) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigprocmask(SIG_BLOCK, &set, old);
}


void vk_interrupt_add (vk_interrupt_node *node) {
  sigset_t old;
  block(&old);
  node->next = head;
  node->link = &head;
  if (head != NULL) head->link = &node->next;
  head = node;
  sigprocmask(SIG_SETMASK, &old, NULL);
}


void vk_interrupt_remove (vk_interrupt_node *node) {
  sigset_t old;
  if (node->link == NULL) return;
  block(&old);
  *node->link = node->next;
  if (node->next != NULL) node->next->link = node->link;
  node->link = NULL;
  node->next = NULL;
  sigprocmask(SIG_SETMASK, &old, NULL);
}
