/*
** What the bench of rows is measured against: bare sqlite3_step in C, and the start of a
** process.  CPU time, the least of several runs; for starts also the median.
**
**   raw_rows walk STORE SQL COLUMN            ns a row, one column read
**   raw_rows look STORE SQL COLUMN COUNT      ns a look-up of "doc-7", "doc-14", …
**   raw_rows start COUNT PROGRAM [ARG…]       ms: least CPU, median CPU, median wall clock
*/

#include <spawn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#define RUNS 7

extern char **environ;


static void die (const char *what, const char *why) {
  fprintf(stderr, "raw_rows: %s: %s\n", what, why);
  exit(1);
}


static double seconds (clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}


/* Opened as the program opens a store, as far as that takes time. */
static sqlite3_stmt *prepare (const char *path, const char *sql) {
  sqlite3 *db;
  sqlite3_stmt *q;
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    die(path, sqlite3_errmsg(db));
  sqlite3_exec(db, "PRAGMA cache_size = -2000; PRAGMA cell_size_check = ON;"
               "PRAGMA temp_store = MEMORY;", NULL, NULL, NULL);
  if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK) die(sql, sqlite3_errmsg(db));
  return q;
}


/* Bytes of the column, so that it is read. */
static long read_column (sqlite3_stmt *q, int column) {
  return sqlite3_column_text(q, column) != NULL ? sqlite3_column_bytes(q, column) : 0;
}


static double walk (sqlite3_stmt *q, int column) {
  double from = seconds(CLOCK_PROCESS_CPUTIME_ID);
  long rows = 0, bytes = 0;
  for (; sqlite3_step(q) == SQLITE_ROW; rows++) bytes += read_column(q, column);
  sqlite3_reset(q);
  if (rows == 0 || bytes == 0) die("walk", "nothing was read");
  return (seconds(CLOCK_PROCESS_CPUTIME_ID) - from) / (double)rows;
}


/* Within one read transaction: `holder` stands on a row meanwhile. */
static double look (sqlite3_stmt *q, int column, int count) {
  char (*keys)[24] = malloc((size_t)count * sizeof(*keys));
  sqlite3_stmt *holder;
  double from;
  int i, p, found = 0;
  if (keys == NULL) die("look", "no memory");
  for (i = 0; i < count; i++) snprintf(keys[i], sizeof(keys[i]), "doc-%d", 7 * (i + 1));
  sqlite3_prepare_v2(sqlite3_db_handle(q), "SELECT 1 FROM sqlite_schema", -1, &holder, NULL);
  sqlite3_step(holder);
  from = seconds(CLOCK_PROCESS_CPUTIME_ID);
  for (i = 0; i < count; i++) {
    for (p = sqlite3_bind_parameter_count(q); p > 0; p--)
      sqlite3_bind_text(q, p, keys[i], (int)strlen(keys[i]), SQLITE_STATIC);
    if (sqlite3_step(q) == SQLITE_ROW && read_column(q, column) > 0) found++;
    sqlite3_reset(q);
  }
  from = (seconds(CLOCK_PROCESS_CPUTIME_ID) - from) / count;
  sqlite3_finalize(holder);
  free(keys);
  if (found != count) die("look", "a key was not found");
  return from;
}


static int by_value (const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}


static double cpu_of (const struct rusage *r) {
  return (double)(r->ru_utime.tv_sec + r->ru_stime.tv_sec) +
         (double)(r->ru_utime.tv_usec + r->ru_stime.tv_usec) / 1e6;
}


static void start (int count, char **words) {
  double *cpu = calloc((size_t)count, sizeof(*cpu)), *wall = calloc((size_t)count, sizeof(*wall));
  int i, status;
  if (cpu == NULL || wall == NULL) die("start", "no memory");
  for (i = 0; i < count; i++) {
    struct rusage used;
    pid_t pid;
    double from = seconds(CLOCK_MONOTONIC);
    if (posix_spawn(&pid, words[0], NULL, NULL, words, environ) != 0) die(words[0], "no start");
    if (wait4(pid, &status, 0, &used) < 0 || status != 0) die(words[0], "failed");
    wall[i] = seconds(CLOCK_MONOTONIC) - from;
    cpu[i] = cpu_of(&used);
  }
  qsort(cpu, (size_t)count, sizeof(*cpu), by_value);
  qsort(wall, (size_t)count, sizeof(*wall), by_value);
  printf("%.3f %.3f %.3f\n", cpu[0] * 1e3, cpu[count / 2] * 1e3, wall[count / 2] * 1e3);
}


int main (int argc, char **argv) {
  double best = 1e9, t;
  sqlite3_stmt *q;
  int i, looking = argc == 6 && strcmp(argv[1], "look") == 0;
  if (argc > 3 && strcmp(argv[1], "start") == 0) {
    start(atoi(argv[2]), argv + 3);
    return 0;
  }
  if (!looking && (argc != 5 || strcmp(argv[1], "walk") != 0)) die("usage", "see the source");
  q = prepare(argv[2], argv[3]);
  for (i = 0; i < RUNS; i++) {
    t = looking ? look(q, atoi(argv[4]), atoi(argv[5])) : walk(q, atoi(argv[4]));
    if (t < best) best = t;
  }
  printf("%.1f\n", best * 1e9);
  return 0;
}
