/*
** Cursors (a statement being read) and bulk statements (one run many times).
** A cursor's first user value is its connection, the second its column names.
*/

#include <lauxlib.h>

#include "error_lua.h"
#include "ingest_lua.h"
#include "object_lua.h"
#include "store_bind.h"
#include "store_lua.h"

#define CURSOR_T "vankien.cursor"
#define BULK_T "vankien.bulk"

typedef struct Cursor {
  vk_stmt *q;          /* owned; NULL once closed */
  lua_Integer count;   /* rows given so far */
  int at_end;
} Cursor;


/* Push a closed cursor of the connection at `conn`.  [-0, +1, m] */
static Cursor *new_cursor (lua_State *L, int conn, const char *type) {
  Cursor *c;
  conn = lua_absindex(L, conn);
  c = lua_newuserdatauv(L, sizeof(*c), 2);
  c->q = NULL;
  c->count = 0;
  c->at_end = 0;
  luaL_setmetatable(L, type);
  lua_pushvalue(L, conn);
  lua_setiuservalue(L, -2, 1);
  return c;
}


static void prepare (lua_State *L, Cursor *c, int conn, int sql_index) {
  vk_store *s = vk_check_store(L, conn);
  size_t len;
  const char *sql = luaL_checklstring(L, sql_index, &len);
  int rc = vk_store_prepare(s, sql, len, &c->q);
  if (rc < 0) vk_raise_store(L, s, rc);
}


vk_stmt *vk_push_query (lua_State *L, int conn, int sql_index, int params_index) {
  Cursor *c = new_cursor(L, conn, CURSOR_T);
  prepare(L, c, conn, sql_index);
  vk_bind_params(L, c->q, params_index, 0);
  return c->q;
}


/*
** For a query that ends within one call: the connection keeps one cursor for these
** (user value 2).  One that an error left open is dropped for a new one.
*/
vk_stmt *vk_push_brief (lua_State *L, int conn, int sql_index, int params_index) {
  Cursor *c;
  lua_getiuservalue(L, conn, 2);
  c = lua_touserdata(L, -1);
  if (c == NULL || c->q != NULL) {
    lua_pop(L, 1);
    c = new_cursor(L, conn, CURSOR_T);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, conn, 2);
  }
  prepare(L, c, conn, sql_index);
  vk_bind_params(L, c->q, params_index, 0);
  return c->q;
}


static void close_cursor (Cursor *c) {
  vk_stmt *q = c->q;
  c->q = NULL;
  if (q != NULL) vk_stmt_release(q);
}


void vk_close_query (lua_State *L, int index) {
  close_cursor(luaL_checkudata(L, index, CURSOR_T));
}


static int l_cursor_close (lua_State *L) {
  close_cursor(luaL_checkudata(L, 1, CURSOR_T));
  return 0;
}


static int l_bulk_close (lua_State *L) {
  close_cursor(luaL_checkudata(L, 1, BULK_T));
  return 0;
}


static Cursor *check_cursor (lua_State *L) {
  Cursor *c = luaL_checkudata(L, 1, CURSOR_T);
  if (c->q == NULL) vk_raise(L, VK_ERR_USAGE, "the cursor is closed");
  return c;
}


/* Next row.  Nonzero: there is one.  [-0, +0, e] */
static int advance (lua_State *L, Cursor *c) {
  int has_row;
  if (c->at_end) return 0;
  lua_getiuservalue(L, 1, 1);
  has_row = vk_step(L, c->q, -1);
  lua_pop(L, 1);
  c->at_end = !has_row;
  c->count += has_row;
  return has_row;
}


/* cursor:step() -> v1, v2, …; at the end nothing at all */
static int l_cursor_step (lua_State *L) {
  Cursor *c = check_cursor(L);
  return advance(L, c) ? vk_push_row(L, c->q) : 0;
}


/* For `for`: i, v1, v2, … where i counts rows, so that NULL ends no loop. */
static int l_cursor_next (lua_State *L) {
  Cursor *c = check_cursor(L);
  if (!advance(L, c)) return 0;
  lua_pushinteger(L, c->count);
  return 1 + vk_push_row(L, c->q);
}


/* Two columns of one name would hide each other in a row. */
static void check_double (lua_State *L, int names, int n) {
  int i;
  for (i = 1; i < n; i++) {
    lua_rawgeti(L, names, i);
    if (lua_rawequal(L, -1, -2))
      vk_raise_hint(L, VK_ERR_USAGE, "name one of them with AS", "two columns are called \"%s\"",
                    lua_tostring(L, -1));
    lua_pop(L, 1);
  }
}


/* Push the list of column names, made once.  [-0, +1, e] */
static void push_names (lua_State *L, Cursor *c) {
  int n = vk_stmt_columns(c->q), i;
  if (lua_getiuservalue(L, 1, 2) == LUA_TTABLE) return;
  lua_pop(L, 1);
  lua_createtable(L, n, 0);
  for (i = 1; i <= n; i++) {
    const char *name = vk_stmt_column_name(c->q, i - 1);
    if (name == NULL) vk_raise(L, VK_ERR_NOMEM, "not enough memory for column names");
    lua_pushstring(L, name);
    check_double(L, lua_gettop(L) - 1, i);
    lua_rawseti(L, -2, i);
  }
  lua_pushvalue(L, -1);
  lua_setiuservalue(L, 1, 2);
}


/* cursor:columns() -> list of names (a copy: the caller may change it) */
static int l_cursor_columns (lua_State *L) {
  Cursor *c = check_cursor(L);
  lua_Integer i, n;
  push_names(L, c);
  n = (lua_Integer)lua_rawlen(L, -1);
  lua_createtable(L, (int)n, 0);
  for (i = 1; i <= n; i++) {
    lua_rawgeti(L, -2, i);
    lua_rawseti(L, -2, i);
  }
  return 1;
}


/* cursor:row() -> table keyed by column name, or nil at the end */
static int l_cursor_row (lua_State *L) {
  Cursor *c = check_cursor(L);
  int n = vk_stmt_columns(c->q), i;
  luaL_checkstack(L, 8, "row");
  if (!advance(L, c)) return lua_pushnil(L), 1;
  push_names(L, c);
  lua_createtable(L, 0, n);
  for (i = 0; i < n; i++) {
    lua_rawgeti(L, -2, i + 1);
    vk_push_column(L, c->q, i);
    lua_rawset(L, -3);
  }
  return 1;
}


int l_store_cursor (lua_State *L) {
  lua_settop(L, 3);
  vk_push_query(L, 1, 2, 3);
  return 1;
}


int l_store_rows (lua_State *L) {
  lua_settop(L, 3);
  lua_pushcfunction(L, l_cursor_next);
  vk_push_query(L, 1, 2, 3);
  lua_pushnil(L);
  lua_pushvalue(L, -2);
  return 4;
}


int l_store_bulk (lua_State *L) {
  Cursor *c;
  lua_settop(L, 2);
  c = new_cursor(L, 1, BULK_T);
  prepare(L, c, 1, 2);
  if (vk_stmt_is_read(c->q))
    vk_raise(L, VK_ERR_USAGE, "a bulk statement changes rows, and this is a query");
  return 1;
}


vk_stmt *vk_check_bulk (lua_State *L, int index) {
  Cursor *c = luaL_checkudata(L, index, BULK_T);
  if (c->q == NULL) vk_raise(L, VK_ERR_USAGE, "the bulk statement is closed");
  return c->q;
}


/* bulk:run(v1, v2, …) -> changes, last rowid */
static int l_bulk_run (lua_State *L) {
  vk_stmt *q = vk_check_bulk(L, 1);
  int given = lua_gettop(L) - 1, i, n;
  n = vk_stmt_params(q);
  if (vk_store_is_open(vk_stmt_store(q)) && given != n)
    vk_raise(L, VK_ERR_USAGE, "the statement has %d parameter%s, %d %s given", n,
             n == 1 ? "" : "s", given, given == 1 ? "is" : "are");
  for (i = 1; i <= n; i++) vk_bind_value(L, q, i, i + 1, 1);
  luaL_checkstack(L, 8, "bulk statement");
  lua_getiuservalue(L, 1, 1);
  while (vk_step(L, q, -1)) { /* rows of RETURNING are not asked for here */ }
  vk_stmt_reset(q);
  lua_pushinteger(L, (lua_Integer)vk_store_changes(vk_stmt_store(q)));
  lua_pushinteger(L, (lua_Integer)vk_store_last_rowid(vk_stmt_store(q)));
  return 2;
}


void vk_open_cursors (lua_State *L) {
  static const luaL_Reg cursor[] = {
    { "step", l_cursor_step }, { "row", l_cursor_row }, { "columns", l_cursor_columns },
    { "close", l_cursor_close }, { NULL, NULL }
  };
  static const luaL_Reg bulk[] = {
    { "run", l_bulk_run }, { "passages", l_bulk_passages }, { "types", l_bulk_types },
    { "close", l_bulk_close }, { NULL, NULL }
  };
  vk_new_type(L, CURSOR_T, cursor, l_cursor_close);
  lua_pushcfunction(L, l_cursor_step);
  lua_setfield(L, -2, "__call");
  lua_pop(L, 1);
  vk_new_type(L, BULK_T, bulk, l_bulk_close);
  lua_pop(L, 1);
}
