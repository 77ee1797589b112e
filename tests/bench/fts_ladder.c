/*
** The ladder by FTS5, as well as FTS5 can: our own tokens (marks are tokens too), one
** row a document, and an auxiliary function that takes the phrase instances of a row and
** counts them by our rule, leftmost and longest.  In process, warm, the least of several
** runs; without the start of a process, opening the file, or printing.
**
**   fts_ladder make STORE FILE             the index, from the token units of a store
**   fts_ladder count FILE PHRASE…          a phrase is its units: "812 94"; prints the ms,
**                                          then congress, phrase (from 1), count
*/

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUNS 9
#define GROUPS 64
#define PHRASES 64

/* What the auxiliary function counts into. */
typedef struct ladder {
  int phrases, size[PHRASES];           /* units of each */
  long count[GROUPS][PHRASES];
} ladder;


static void die (const char *what, const char *why) {
  fprintf(stderr, "fts_ladder: %s: %s\n", what, why);
  exit(1);
}


static double now (void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}


static void run (sqlite3 *db, const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) die(sql, sqlite3_errmsg(db));
}


static sqlite3_stmt *prepare (sqlite3 *db, const char *sql) {
  sqlite3_stmt *q;
  if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK) die(sql, sqlite3_errmsg(db));
  return q;
}


static sqlite3 *open_file (const char *path) {
  sqlite3 *db;
  if (sqlite3_open(path, &db) != SQLITE_OK) die(path, sqlite3_errmsg(db));
  return db;
}


/* Units as words, "812 94 3": FTS5 cuts them at the spaces. */
static char *words_of (const unsigned char *units, size_t n) {
  char *text = malloc(6 * n + 1), *p = text;
  size_t i;
  if (text == NULL) die("words", "no memory");
  for (i = 0; i < n; i++) p += sprintf(p, "%u ", units[2 * i] | (unsigned)units[2 * i + 1] << 8);
  *p = '\0';
  return text;
}


static void make (const char *store, const char *path) {
  sqlite3 *from = open_file(store), *to;
  sqlite3_stmt *read, *index, *group;
  remove(path);
  to = open_file(path);
  run(to, "PRAGMA page_size = 65536; PRAGMA journal_mode = OFF;"
      "CREATE VIRTUAL TABLE f USING fts5(body, content = '', tokenize = 'ascii');"
      "CREATE TABLE d (id INTEGER PRIMARY KEY, congress TEXT); BEGIN");
  read = prepare(from, "SELECT d.id, d.congress, t.units FROM documents AS d"
                 " JOIN tokens AS t ON t.document_id = d.id ORDER BY d.id");
  index = prepare(to, "INSERT INTO f(rowid, body) VALUES (?, ?)");
  group = prepare(to, "INSERT INTO d VALUES (?, ?)");
  while (sqlite3_step(read) == SQLITE_ROW) {
    const unsigned char *units = sqlite3_column_blob(read, 2);
    sqlite3_bind_int64(index, 1, sqlite3_column_int64(read, 0));
    sqlite3_bind_text(index, 2, words_of(units, (size_t)sqlite3_column_bytes(read, 2) / 2), -1,
                      free);
    sqlite3_bind_int64(group, 1, sqlite3_column_int64(read, 0));
    sqlite3_bind_value(group, 2, sqlite3_column_value(read, 1));
    if (sqlite3_step(index) != SQLITE_DONE || sqlite3_step(group) != SQLITE_DONE)
      die(path, sqlite3_errmsg(to));
    sqlite3_reset(index);
    sqlite3_reset(group);
  }
  run(to, "COMMIT; INSERT INTO f(f) VALUES ('optimize')");
}


/* ladder(f, group): instances come by place; of those at one place the longest counts. */
static void count_row (const Fts5ExtensionApi *api, Fts5Context *row, sqlite3_context *ctx,
                       int n_args, sqlite3_value **args) {
  ladder *l = api->xUserData(row);
  long *count = l->count[n_args == 1 ? sqlite3_value_int(args[0]) : 0];
  int n = 0, i, end = 0, best = -1, best_at = -1;
  if (api->xInstCount(row, &n) != SQLITE_OK) sqlite3_result_error_nomem(ctx);
  for (i = 0; i <= n; i++) {
    int phrase = 0, column = 0, at = -1;
    if (i < n && api->xInst(row, i, &phrase, &column, &at) != SQLITE_OK) break;
    if (best >= 0 && at != best_at) {
      count[best]++;
      end = best_at + l->size[best];
      best = -1;
    }
    if (at < end || (best >= 0 && l->size[phrase] <= l->size[best])) continue;
    best = phrase;
    best_at = at;
  }
}


static void extend (sqlite3 *db, ladder *l) {
  sqlite3_stmt *q = prepare(db, "SELECT fts5(?1)");
  fts5_api *api = NULL;
  sqlite3_bind_pointer(q, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step(q);
  sqlite3_finalize(q);
  if (api == NULL || api->xCreateFunction(api, "ladder", l, count_row, NULL) != SQLITE_OK)
    die("fts5", "cannot be extended");
}


/* "812 94" OR "3 8" …, and how many units each phrase has. */
static char *query_of (ladder *l, int n, char **phrases) {
  size_t room = 1;
  char *query, *p;
  const char *c;
  int i;
  for (i = 0; i < n; i++) room += strlen(phrases[i]) + 8;
  p = query = malloc(room);
  if (query == NULL || n > PHRASES) die("query", "too large");
  l->phrases = n;
  for (i = 0; i < n; i++) {
    p += sprintf(p, "%s\"%s\"", (i > 0) ? " OR " : "", phrases[i]);
    for (l->size[i] = 1, c = phrases[i]; *c != '\0'; c++) l->size[i] += *c == ' ';
  }
  return query;
}


static void count (const char *path, int n, char **phrases) {
  static ladder l;
  sqlite3 *db = open_file(path);
  sqlite3_stmt *names, *q;
  char *query = query_of(&l, n, phrases);
  double best = 1e9, from;
  int i, k;
  extend(db, &l);
  run(db, "CREATE TEMP TABLE g AS SELECT DISTINCT congress FROM d ORDER BY 1;"
      "CREATE TEMP TABLE of AS SELECT d.id, g.rowid AS n FROM d JOIN g USING (congress);"
      "CREATE UNIQUE INDEX temp.of_id ON of(id, n)");
  q = prepare(db, "SELECT ladder(f, of.n) FROM f JOIN of ON of.id = f.rowid WHERE f MATCH ?");
  sqlite3_bind_text(q, 1, query, -1, SQLITE_STATIC);
  for (i = 0; i < RUNS; i++) {
    memset(l.count, 0, sizeof(l.count));
    from = now();
    while (sqlite3_step(q) == SQLITE_ROW) { /* counted by the function */ }
    if (sqlite3_reset(q) != SQLITE_OK) die("count", sqlite3_errmsg(db));
    from = now() - from;
    if (from < best) best = from;
  }
  printf("%.3f\n", best);
  names = prepare(db, "SELECT rowid, congress FROM g");
  while (sqlite3_step(names) == SQLITE_ROW) {
    for (k = 0; k < n; k++)
      printf("%s %d %ld\n", (const char *)sqlite3_column_text(names, 1), k + 1,
             l.count[sqlite3_column_int(names, 0)][k]);
  }
}


int main (int argc, char **argv) {
  if (argc == 4 && strcmp(argv[1], "make") == 0) make(argv[2], argv[3]);
  else if (argc > 3 && strcmp(argv[1], "count") == 0) count(argv[2], argc - 3, argv + 3);
  else die("usage", "see the source");
  return 0;
}
