/*
** vankien.host.store: connections and transactions.  A connection's user values
** are its trace function and a cursor for queries that end within one call.
*/

#include "store_lua.h"

#include <lauxlib.h>
#include <string.h>

#include "error_lua.h"
#include "ingest_lua.h"
#include "object_lua.h"
#include "store_bind.h"
#include "worker_lua.h"

#define TX_T "vankien.transaction"
#define DEFAULT_PAGE 65536
#define DEFAULT_BUSY_MS 5000

typedef struct Conn {
  vk_store *s;         /* owned; NULL once closed */
  lua_Integer tx;      /* serial of the transaction that is open or was last */
} Conn;

typedef struct Tx {
  lua_Integer serial;  /* 0 once finished */
} Tx;


int vk_raise_store (lua_State *L, const vk_store *s, int status) {
  return vk_raise_hint(L, status, vk_store_hint(status), "%s", vk_store_message(s));
}


static Conn *check_conn (lua_State *L, int index) {
  Conn *c = luaL_checkudata(L, index, VK_STORE_T);
  if (c->s == NULL) vk_raise(L, VK_ERR_USAGE, "the store is closed");
  return c;
}


vk_store *vk_check_store (lua_State *L, int index) {
  return check_conn(L, index)->s;
}


/* Push a closed connection.  [-0, +1, m] */
static Conn *new_conn (lua_State *L) {
  Conn *c = lua_newuserdatauv(L, sizeof(*c), 2);
  c->s = NULL;
  c->tx = 0;
  luaL_setmetatable(L, VK_STORE_T);
  return c;
}


static lua_Integer opt_int (lua_State *L, const char *name, lua_Integer otherwise,
                            lua_Integer low, lua_Integer high) {
  lua_Integer v = otherwise;
  int ok = 1;
  if (lua_getfield(L, 2, name) != LUA_TNIL) v = lua_tointegerx(L, -1, &ok);
  lua_pop(L, 1);
  if (!ok || v < low || v > high)
    vk_raise(L, VK_ERR_USAGE, "option \"%s\" must be an integer from %d to %d", name, (int)low,
             (int)high);
  return v;
}


/* An option that nobody reads is a typing error. */
static void check_options (lua_State *L) {
  static const char *const known[] = { "mode", "page_size", "busy_ms", NULL };
  int i;
  lua_pushnil(L);
  while (lua_next(L, 2)) {
    const char *key;
    lua_pop(L, 1);
    key = (lua_type(L, -1) == LUA_TSTRING) ? lua_tostring(L, -1) : "?";
    for (i = 0; known[i] != NULL && strcmp(known[i], key) != 0; i++) { /* next */ }
    if (known[i] == NULL)
      vk_raise_hint(L, VK_ERR_UNKNOWN_NAME, "the options are mode, page_size and busy_ms",
                    "unknown option \"%s\"", key);
  }
}


static void read_options (lua_State *L, vk_store_options *o) {
  static const char *const modes[] = { "read", "write", "create", NULL };
  int i;
  o->mode = VK_OPEN_READ;
  o->page_size = DEFAULT_PAGE;
  o->busy_ms = DEFAULT_BUSY_MS;
  if (lua_isnoneornil(L, 2)) return;
  luaL_checktype(L, 2, LUA_TTABLE);
  check_options(L);
  lua_getfield(L, 2, "mode");
  if (!lua_isnil(L, -1)) {
    const char *mode = (lua_type(L, -1) == LUA_TSTRING) ? lua_tostring(L, -1) : "";
    for (i = 0; modes[i] != NULL && strcmp(modes[i], mode) != 0; i++) { /* next */ }
    if (modes[i] == NULL)
      vk_raise(L, VK_ERR_USAGE, "option \"mode\" must be \"read\", \"write\" or \"create\"");
    o->mode = (enum vk_open_mode)i;
  }
  lua_pop(L, 1);
  o->page_size = (int)opt_int(L, "page_size", DEFAULT_PAGE, 512, 65536);
  o->busy_ms = (int)opt_int(L, "busy_ms", DEFAULT_BUSY_MS, 0, 3600000);
}


/* open(path, {mode=, page_size=, busy_ms=}) -> connection | nil, error */
static int l_store_open (lua_State *L) {
  size_t len;
  const char *path = luaL_checklstring(L, 1, &len);
  vk_store_options o;
  Conn *c;
  int rc;
  if (strlen(path) != len) return vk_raise(L, VK_ERR_BAD_INPUT, "a path has no zero byte");
  read_options(L, &o);
  o.confined = vk_worker_seconds(L);
  if (o.confined > 0) o.mode = VK_OPEN_READ;
  c = new_conn(L);
  rc = vk_store_open(path, &o, &c->s);
  if (rc < 0) {
    vk_store *s = c->s;
    rc = (s == NULL) ? vk_fail(L, rc, NULL, "not enough memory")
                     : vk_fail(L, rc, vk_store_hint(rc), "%s", vk_store_message(s));
    return rc;
  }
  return 1;
}


/* Closing twice is nothing. */
static int l_store_close (lua_State *L) {
  Conn *c = luaL_checkudata(L, 1, VK_STORE_T);
  vk_store *s = c->s;
  c->s = NULL;
  if (s != NULL) vk_store_free(s);
  return 0;
}


/* conn:exec(sql): several statements, no parameters, no rows */
static int l_store_exec (lua_State *L) {
  vk_store *s = vk_check_store(L, 1);
  size_t len;
  const char *sql = luaL_checklstring(L, 2, &len);
  int rc;
  if (strlen(sql) != len) return vk_raise(L, VK_ERR_BAD_INPUT, "SQL must not contain a zero byte");
  rc = vk_store_exec(s, sql);
  if (rc < 0) return vk_raise_store(L, s, rc);
  vk_drain_trace(L, 1);
  return 0;
}


/* conn:run(sql, params) -> changes, last rowid */
static int l_store_run (lua_State *L) {
  vk_store *s = vk_check_store(L, 1);
  vk_stmt *q;
  lua_settop(L, 3);
  q = vk_push_brief(L, 1, 2, 3);
  if (vk_stmt_is_read(q))
    return vk_raise_hint(L, VK_ERR_USAGE, "use first, rows or cursor", "run is given a query");
  while (vk_step(L, q, 1)) { /* what a PRAGMA answers is not asked for here */ }
  lua_pushinteger(L, (lua_Integer)vk_store_changes(s));
  lua_pushinteger(L, (lua_Integer)vk_store_last_rowid(s));
  vk_close_query(L, 4);
  return 2;
}


/* conn:first(sql, params) -> v1, v2, … of the first row, or nothing */
static int l_store_first (lua_State *L) {
  vk_stmt *q;
  int n = 0;
  vk_check_store(L, 1);
  lua_settop(L, 3);
  q = vk_push_brief(L, 1, 2, 3);
  if (vk_step(L, q, 1)) n = vk_push_row(L, q);
  vk_close_query(L, 4);
  return n;
}


/* conn:reads_only(sql) -> boolean: a query that can change nothing */
static int l_store_reads_only (lua_State *L) {
  vk_store *s = vk_check_store(L, 1);
  size_t len;
  const char *sql = luaL_checklstring(L, 2, &len);
  vk_stmt *q;
  int rc = vk_store_prepare(s, sql, len, &q);
  if (rc < 0) return vk_raise_store(L, s, rc);
  lua_pushboolean(L, vk_stmt_is_read(q));
  vk_stmt_release(q);
  return 1;
}


/* conn:begin() -> transaction; rolls back unless committed */
static int l_store_begin (lua_State *L) {
  Conn *c = check_conn(L, 1);
  Tx *tx;
  int rc;
  lua_settop(L, 1);
  tx = lua_newuserdatauv(L, sizeof(*tx), 1);
  tx->serial = 0;
  luaL_setmetatable(L, TX_T);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  rc = vk_store_begin(c->s);
  if (rc < 0) return vk_raise_store(L, c->s, rc);
  tx->serial = ++c->tx;
  vk_drain_trace(L, 1);
  return 1;
}


/* The connection of a transaction, or NULL when there is nothing left to end. */
static Conn *tx_conn (lua_State *L, Tx *tx) {
  Conn *c;
  if (tx->serial == 0) return NULL;
  lua_getiuservalue(L, 1, 1);
  c = lua_touserdata(L, -1);
  lua_pop(L, 1);
  if (c == NULL || c->s == NULL || c->tx != tx->serial) return NULL;
  return vk_store_in_transaction(c->s) ? c : NULL;
}


static int l_tx_commit (lua_State *L) {
  Tx *tx = luaL_checkudata(L, 1, TX_T);
  Conn *c = tx_conn(L, tx);
  int rc;
  if (c == NULL) return vk_raise(L, VK_ERR_USAGE, "the transaction is over");
  rc = vk_store_commit(c->s);
  if (rc < 0) return vk_raise_store(L, c->s, rc);
  tx->serial = 0;
  return 0;
}


/* Rolling back what is over is nothing; also __gc and __close, so it never raises. */
static int l_tx_rollback (lua_State *L) {
  Tx *tx = luaL_checkudata(L, 1, TX_T);
  Conn *c = tx_conn(L, tx);
  tx->serial = 0;
  if (c != NULL) vk_store_rollback(c->s);
  return 0;
}


/* conn:trace(f | nil): f gets the expanded SQL of each statement after it started */
static int l_store_trace (lua_State *L) {
  vk_store *s = vk_check_store(L, 1);
  int rc;
  lua_settop(L, 2);
  if (!lua_isnil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
  rc = vk_store_trace(s, !lua_isnil(L, 2));
  lua_setiuservalue(L, 1, 1);
  return (rc < 0) ? vk_raise_store(L, s, rc) : 0;
}


/* conn:backup(path) -> true */
static int l_store_backup (lua_State *L) {
  vk_store *s = vk_check_store(L, 1);
  int rc = vk_store_backup(s, luaL_checkstring(L, 2));
  if (rc < 0) return vk_raise_store(L, s, rc);
  lua_pushboolean(L, 1);
  return 1;
}


static int l_store_interrupt (lua_State *L) {
  vk_store_interrupt(vk_check_store(L, 1));
  return 0;
}


/* conn:let_go(): end the read transaction of look-ups now, before a long silence */
static int l_store_let_go (lua_State *L) {
  Conn *c = luaL_checkudata(L, 1, VK_STORE_T);
  if (c->s != NULL) vk_store_let_go(c->s);
  return 0;
}


static int l_store_path (lua_State *L) {
  lua_pushstring(L, vk_store_path(vk_check_store(L, 1)));
  return 1;
}


static int l_store_in_transaction (lua_State *L) {
  lua_pushboolean(L, vk_store_in_transaction(vk_check_store(L, 1)));
  return 1;
}


static int l_store_changes (lua_State *L) {
  lua_pushinteger(L, (lua_Integer)vk_store_changes(vk_check_store(L, 1)));
  return 1;
}


static int l_store_tostring (lua_State *L) {
  Conn *c = luaL_checkudata(L, 1, VK_STORE_T);
  if (c->s == NULL) lua_pushliteral(L, "connection (closed)");
  else lua_pushfstring(L, "connection (%s)", vk_store_path(c->s));
  return 1;
}


/* sha256(bytes) -> 64 hexadecimal digits */
static int l_store_sha256 (lua_State *L) {
  char hex[65];
  size_t len;
  const char *p = luaL_checklstring(L, 1, &len);
  vk_store_sha256(p, len, hex);
  lua_pushlstring(L, hex, 64);
  return 1;
}


/* blob(string): a parameter that is stored as BLOB, not as TEXT */
static int l_store_blob (lua_State *L) {
  luaL_checktype(L, 1, LUA_TSTRING);
  lua_newuserdatauv(L, 0, 1);
  luaL_setmetatable(L, VK_BLOB_T);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  return 1;
}


/* memory() -> bytes SQLite holds in this process */
static int l_store_memory (lua_State *L) {
  lua_pushinteger(L, (lua_Integer)vk_store_memory());
  return 1;
}


static const luaL_Reg conn_methods[] = {
  { "exec", l_store_exec }, { "run", l_store_run }, { "first", l_store_first },
  { "cursor", l_store_cursor }, { "rows", l_store_rows }, { "bulk", l_store_bulk },
  { "begin", l_store_begin }, { "trace", l_store_trace }, { "backup", l_store_backup },
  { "interrupt", l_store_interrupt }, { "path", l_store_path }, { "close", l_store_close },
  { "let_go", l_store_let_go },
  { "in_transaction", l_store_in_transaction }, { "changes", l_store_changes },
  { "reads_only", l_store_reads_only }, { NULL, NULL }
};

static const luaL_Reg tx_methods[] = {
  { "commit", l_tx_commit }, { "rollback", l_tx_rollback }, { NULL, NULL }
};

static const luaL_Reg functions[] = {
  { "open", l_store_open }, { "sha256", l_store_sha256 }, { "blob", l_store_blob },
  { "memory", l_store_memory }, { "ingest", l_store_ingest }, { NULL, NULL }
};


int luaopen_vankien_store (lua_State *L) {
  vk_new_type(L, VK_STORE_T, conn_methods, l_store_close);
  lua_pushcfunction(L, l_store_tostring);
  lua_setfield(L, -2, "__tostring");
  vk_new_type(L, TX_T, tx_methods, l_tx_rollback);
  luaL_newmetatable(L, VK_BLOB_T);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  vk_open_cursors(L);
  vk_open_ingest(L);
  luaL_newlib(L, functions);
  lua_pushlightuserdata(L, NULL);
  lua_setfield(L, -2, "null");
  lua_pushstring(L, vk_store_sqlite_version());
  lua_setfield(L, -2, "sqlite_version");
  return 1;
}
