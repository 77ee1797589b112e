/*
** Jobs that are run in their order by a thread of their own, ahead of whoever needs
** what they make.  Where there is no thread they are run when they are waited for:
** what they make is the same.
*/

#ifndef vk_ahead_h
#define vk_ahead_h

typedef struct vk_ahead vk_ahead;       /* opaque */

/* The first member of what a job works on.  Until the job is done, all of that belongs to it. */
typedef struct vk_job {
  void (*run) (struct vk_job *job);     /* keeps its failure to itself */
  struct vk_job *next;
  int done;
} vk_job;

/* Returns new, or NULL when memory ran out.  `threaded`: with a thread, when one can be made. */
vk_ahead *vk_ahead_new (int threaded);

/* Wait for all jobs, then give up the thread. */
void vk_ahead_free (vk_ahead *a);

/* Borrowed until it is done: somebody must wait for it before it goes. */
void vk_ahead_add (vk_ahead *a, vk_job *job);

/* Wait until a job is done, and all before it; NULL: all jobs. */
void vk_ahead_wait (vk_ahead *a, const vk_job *job);

#endif
