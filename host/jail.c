/*
** Landlock and seccomp.  The headers of Debian 12 know Landlock up to version 2 and the C library
** has no functions for it, so the constants stand here, and the kernel is asked what it has.
*/

#define _GNU_SOURCE

#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Landlock's calls, the same number on every machine. */
#define NR_CREATE_RULESET 444
#define NR_ADD_RULE 445
#define NR_RESTRICT_SELF 446
#define ASK_VERSION 1u
#define PATH_BENEATH 1

/* What Landlock can forbid about files, by the bit. */
#define FS_EXECUTE (UINT64_C(1) << 0)
#define FS_WRITE_FILE (UINT64_C(1) << 1)
#define FS_READ_FILE (UINT64_C(1) << 2)
#define FS_READ_DIR (UINT64_C(1) << 3)
#define FS_REFER (UINT64_C(1) << 13)       /* since version 2 */
#define FS_TRUNCATE (UINT64_C(1) << 14)    /* 3 */
#define FS_IOCTL_DEV (UINT64_C(1) << 15)   /* 5 */
#define FS_VERSION_1 ((UINT64_C(1) << 13) - 1)
#define FS_OF_A_FILE (FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV)

#define NET_TCP UINT64_C(3)                /* bind and connect, since version 4 */
#define SCOPE_ALL UINT64_C(3)              /* abstract sockets and signals, since version 6 */

/* As the kernel reads them; a shorter one stands for an older version. */
typedef struct Ruleset {
  uint64_t files, net, scope;
} Ruleset;

typedef struct __attribute__((packed)) PathRule {
  uint64_t allowed;
  int32_t fd;
} PathRule;


int vk_jail_landlock (void) {
  long version = syscall(NR_CREATE_RULESET, NULL, 0, ASK_VERSION);
  return version > 0 ? (int)version : 0;
}


int vk_jail_seccomp (void) {
  return seccomp_api_get() >= 3;
}


int vk_jail_bind (int parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return VK_ERR_IO;
  if (getppid() != parent) {
    errno = ESRCH;
    return VK_ERR_IO;
  }
  if (prctl(PR_SET_DUMPABLE, 0) != 0) return VK_ERR_IO;
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? VK_OK : VK_ERR_IO;
}


static uint64_t known_files (int version) {
  return FS_VERSION_1 | (version >= 2 ? FS_REFER : 0) | (version >= 3 ? FS_TRUNCATE : 0) |
         (version >= 5 ? FS_IOCTL_DEV : 0);
}


static uint64_t allowed (enum vk_jail_access access) {
  switch (access) {
    case VK_JAIL_READ: return FS_READ_FILE | FS_READ_DIR;
    case VK_JAIL_READ_EXECUTE: return FS_READ_FILE | FS_READ_DIR | FS_EXECUTE;
    default: return ~(FS_EXECUTE | FS_IOCTL_DEV);
  }
}


static int add_path (int ruleset, uint64_t known, const vk_jail_path *p) {
  PathRule rule = { allowed(p->access) & known, open(p->path, O_PATH | O_CLOEXEC) };
  struct stat st;
  long rc;
  if (rule.fd < 0) return (errno == ENOENT || errno == ENOTDIR) ? VK_OK : VK_ERR_IO;
  if (fstat(rule.fd, &st) == 0 && !S_ISDIR(st.st_mode)) rule.allowed &= FS_OF_A_FILE;
  rc = syscall(NR_ADD_RULE, ruleset, PATH_BENEATH, &rule, 0);
  close(rule.fd);
  return rc == 0 ? VK_OK : VK_ERR_IO;
}


int vk_jail_files (const vk_jail_path *paths, size_t n) {
  int version = vk_jail_landlock(), fd, rc = VK_OK;
  Ruleset all = { known_files(version), NET_TCP, SCOPE_ALL };
  size_t size = sizeof(uint64_t) * (version >= 6 ? 3 : version >= 4 ? 2 : 1), i;
  if (version == 0) return VK_ERR_REFUSED;
  fd = (int)syscall(NR_CREATE_RULESET, &all, size, 0);
  if (fd < 0) return VK_ERR_IO;
  for (i = 0; rc == VK_OK && i < n; i++) rc = add_path(fd, all.files, &paths[i]);
  if (rc == VK_OK && syscall(NR_RESTRICT_SELF, fd, 0) != 0) rc = VK_ERR_IO;
  close(fd);
  return rc;
}


/* Load the rules if all were added; `rc` is libseccomp's 0 or negative errno so far. */
static int load_filter (scmp_filter_ctx filter, int rc) {
  if (rc == 0) rc = seccomp_load(filter);
  seccomp_release(filter);
  if (rc == 0) return VK_OK;
  errno = -rc;
  return VK_ERR_IO;
}


/* Threads are made by clone with CLONE_THREAD; clone3 hides its flags from a filter, and the C
   library uses clone where there is no clone3. */
static int forbid_processes (scmp_filter_ctx filter) {
  int rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
  if (rc == 0)
    rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                          SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
  if (rc == 0) rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(fork), 0);
  if (rc == 0) rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(vfork), 0);
  return rc;
}


int vk_jail_program (int processes) {
  static const int refused[] = {
    SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev), SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(keyctl),
    SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(io_uring_setup), SCMP_SYS(userfaultfd),
    SCMP_SYS(mount), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(open_by_handle_at)
  };
  scmp_filter_ctx filter = vk_jail_seccomp() ? seccomp_init(SCMP_ACT_ALLOW) : NULL;
  size_t i;
  int rc = 0;
  if (filter == NULL) return VK_ERR_REFUSED;
  for (i = 0; rc == 0 && i < sizeof(refused) / sizeof(refused[0]); i++)
    rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
  if (rc == 0 && !processes) rc = forbid_processes(filter);
  return load_filter(filter, rc);
}


/* Memory that can be run as code is none that Lua needs. */
static int allow_memory (scmp_filter_ctx filter) {
  return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                          SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}


static int allow_writes (scmp_filter_ctx filter) {
  int rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                            SCMP_A0(SCMP_CMP_EQ, STDOUT_FILENO));
  if (rc == 0)
    rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                          SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO));
  return rc;
}


/* The C library's way to end when it finds memory damaged: a line, and a signal to itself. */
static int allow_abort (scmp_filter_ctx filter) {
  int rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                            SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
  if (rc == 0)
    rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(writev), 1,
                          SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO));
  return rc;
}


/* SQLite locks what it reads. */
static int allow_locks (scmp_filter_ctx filter) {
  static const int commands[] = { F_GETLK, F_SETLK, F_GETFD, F_GETFL };
  size_t i;
  int rc = 0;
  for (i = 0; rc == 0 && i < sizeof(commands) / sizeof(commands[0]); i++)
    rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
                          SCMP_A1(SCMP_CMP_EQ, (scmp_datum_t)commands[i]));
  return rc;
}


int vk_jail_compute (void) {
  static const int fine[] = {
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(read),
    SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(close), SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),
    SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getrandom), SCMP_SYS(futex),
    SCMP_SYS(sched_yield), SCMP_SYS(sigaltstack),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall),
    SCMP_SYS(exit), SCMP_SYS(exit_group)
  };
  static const int tried[] = {  /* what the C library and SQLite try, and do without */
    SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(mprotect), SCMP_SYS(ioctl), SCMP_SYS(stat),
    SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(access), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(statx),
    SCMP_SYS(sysinfo), SCMP_SYS(uname), SCMP_SYS(prlimit64), SCMP_SYS(getrlimit),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(getcpu)
  };
  scmp_filter_ctx filter = vk_jail_seccomp() ? seccomp_init(SCMP_ACT_KILL_PROCESS) : NULL;
  size_t i;
  int rc = 0;
  if (filter == NULL) return VK_ERR_REFUSED;
  for (i = 0; rc == 0 && i < sizeof(fine) / sizeof(fine[0]); i++)
    rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, fine[i], 0);
  for (i = 0; rc == 0 && i < sizeof(tried) / sizeof(tried[0]); i++)
    rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), tried[i], 0);
  if (rc == 0) rc = allow_memory(filter);
  if (rc == 0) rc = allow_writes(filter);
  if (rc == 0) rc = allow_locks(filter);
  if (rc == 0) rc = allow_abort(filter);
  return load_filter(filter, rc);
}
