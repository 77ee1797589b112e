/*
** A queue of jobs with at most one thread behind it.
*/

#include "ahead.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct vk_ahead {
  pthread_mutex_t lock;   /* of all below, and of `next` and `done` of every job */
  pthread_cond_t changed; /* a job came, a job is done, or it is time to stop */
  pthread_t thread;
  vk_job *first, **last;  /* jobs that are not done; the first one may be running */
  int threaded;           /* there is a thread */
  int stopping;
};


/* Run the first job.  Locked before and after, not meanwhile. */
static void run_first (vk_ahead *a) {
  vk_job *job = a->first;
  pthread_mutex_unlock(&a->lock);
  job->run(job);
  pthread_mutex_lock(&a->lock);
  a->first = job->next;
  if (a->first == NULL) a->last = &a->first;
  job->done = 1;
  pthread_cond_broadcast(&a->changed);
}


static void *work (void *arg) {
  vk_ahead *a = arg;
  pthread_mutex_lock(&a->lock);
  while (a->first != NULL || !a->stopping) {
    if (a->first != NULL) run_first(a);
    else pthread_cond_wait(&a->changed, &a->lock);
  }
  pthread_mutex_unlock(&a->lock);
  return NULL;
}


/* Signals are for the thread that was there before. */
static int start_thread (vk_ahead *a) {
  sigset_t all, before;
  int rc;
  sigfillset(&all);
  if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0) return 0;
  rc = pthread_create(&a->thread, NULL, work, a);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return rc == 0;
}


vk_ahead *vk_ahead_new (int threaded) {
  vk_ahead *a = calloc(1, sizeof(*a));
  if (a == NULL) return NULL;
  a->last = &a->first;
  pthread_mutex_init(&a->lock, NULL);
  pthread_cond_init(&a->changed, NULL);
  a->threaded = threaded && start_thread(a);
  return a;
}


void vk_ahead_free (vk_ahead *a) {
  if (a == NULL) return;
  vk_ahead_wait(a, NULL);
  if (a->threaded) {
    pthread_mutex_lock(&a->lock);
    a->stopping = 1;
    pthread_cond_broadcast(&a->changed);
    pthread_mutex_unlock(&a->lock);
    pthread_join(a->thread, NULL);
  }
  pthread_cond_destroy(&a->changed);
  pthread_mutex_destroy(&a->lock);
  free(a);
}


void vk_ahead_add (vk_ahead *a, vk_job *job) {
  job->next = NULL;
  job->done = 0;
  pthread_mutex_lock(&a->lock);
  *a->last = job;
  a->last = &job->next;
  pthread_cond_broadcast(&a->changed);
  pthread_mutex_unlock(&a->lock);
}


void vk_ahead_wait (vk_ahead *a, const vk_job *job) {
  pthread_mutex_lock(&a->lock);
  while ((job != NULL) ? !job->done : a->first != NULL) {
    if (a->threaded) pthread_cond_wait(&a->changed, &a->lock);
    else run_first(a);
  }
  pthread_mutex_unlock(&a->lock);
}
