/*
** Runs a program as on a kernel that has no Landlock, or neither Landlock nor seccomp filters:
** oldkernel landlock|both PROGRAM [WORD…].  The calls are answered as such a kernel answers.
*/

#define _GNU_SOURCE

#include <errno.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define FIRST_LANDLOCK 444
#define LAST_LANDLOCK 446


static int without_landlock (scmp_filter_ctx filter) {
  int call, rc = 0;
  for (call = FIRST_LANDLOCK; rc == 0 && call <= LAST_LANDLOCK; call++)
    rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0);
  return rc;
}


static int without_seccomp (scmp_filter_ctx filter) {
  int rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(seccomp), 0);
  if (rc == 0)
    rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
                          SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP));
  return rc;
}


int main (int argc, char **argv) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  int rc;
  if (argc < 3 || filter == NULL) {
    fputs("usage: oldkernel landlock|both PROGRAM [WORD...]\n", stderr);
    return 2;
  }
  rc = without_landlock(filter);
  if (rc == 0 && strcmp(argv[1], "both") == 0) rc = without_seccomp(filter);
  if (rc == 0) rc = seccomp_load(filter);
  if (rc == 0) execvp(argv[2], argv + 2);
  perror("oldkernel");
  return 2;
}
