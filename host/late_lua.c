/*
** Late tables: shapes, batches of packed records, reading and filling rows.
** A late row is known by its metatable: element 1 is the batch.  Which record is
** its own it finds by its address, which the batch keeps without holding the table.
*/

#include "late_lua.h"

#include <lauxlib.h>
#include <string.h>

#include "error_lua.h"
#include "record.h"
#include "store_lua.h"

#define SHAPE_T "vankien.shape"
#define BATCH_T "vankien.batch"
#define PER_BATCH 64
#define FIRST_ROOM 2048    /* bytes of the first batch; each is twice as large, up to: */
#define MOST_ROOM 32768
#define READS 2            /* fields read from the record before the row is filled */
#define AT_ONCE 8          /* batches filled at once before it is asked again whether that pays */

/* Names are compared by address: Lua keeps one copy of each short string. */
typedef struct Shape {
  int n;
  int hidden;              /* column that is not shown, or -1 */
  int year;                /* column of dates, or -1 */
  const char *name[];      /* held by the list in user value 1 */
} Shape;
enum { SHAPE_NAMES = 1, SHAPE_METATABLE = 2, SHAPE_SPREAD = 3 };

typedef struct Row {
  const void *table;       /* whose record; the newest of one address is right */
  uint32_t at;             /* word of data */
  uint32_t reads;
} Row;

struct vk_batch {
  const Shape *shape;      /* held in user value 1 */
  size_t used, room;       /* bytes of data */
  int n;
  int filled;              /* how many of its rows were filled */
  int at_once;             /* fill them when they are made: this batch, and how many after it */
  Row row[PER_BATCH];
  vk_word data[];
};


/* ---- shapes ---- */

/* The number of a column in field `name` of the table at 1, from 0; -1 when absent. */
static int column_option (lua_State *L, const char *name, int n) {
  lua_Integer i;
  lua_getfield(L, 1, name);
  i = luaL_optinteger(L, -1, 0);
  lua_pop(L, 1);
  luaL_argcheck(L, i >= 0 && i <= n, 1, "no such column");
  return (int)i - 1;
}


int l_rows_shape (lua_State *L) {
  Shape *s;
  int n, i;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_getfield(L, 1, "columns");
  luaL_checktype(L, 2, LUA_TTABLE);
  n = (int)lua_rawlen(L, 2);
  s = lua_newuserdatauv(L, sizeof(*s) + (size_t)n * sizeof(s->name[0]), 3);
  lua_createtable(L, n, 0);
  for (i = 0; i < n; i++) {
    lua_rawgeti(L, 2, i + 1);
    s->name[i] = luaL_checkstring(L, -1);
    lua_rawseti(L, 4, i + 1);
  }
  s->n = n;
  s->hidden = column_option(L, "hidden", n);
  s->year = column_option(L, "year", n);
  lua_setiuservalue(L, 3, SHAPE_NAMES);
  lua_getfield(L, 1, "metatable");
  luaL_checktype(L, -1, LUA_TTABLE);
  lua_setiuservalue(L, 3, SHAPE_METATABLE);
  lua_getfield(L, 1, "spread");
  lua_setiuservalue(L, 3, SHAPE_SPREAD);
  luaL_setmetatable(L, SHAPE_T);
  return 1;
}


int vk_check_shape (lua_State *L, int index) {
  const Shape *s = luaL_checkudata(L, index, SHAPE_T);
  return s->n;
}


/* ---- records ---- */

static const vk_word *record_of (const vk_batch *b, const Row *row) {
  return b->data + row->at;
}


/* The row of this table, or NULL.  [-0, +0, -] */
static Row *find (lua_State *L, int index, vk_batch *b) {
  const void *table = lua_topointer(L, index);
  int i;
  for (i = b->n - 1; i >= 0; i--) {
    if (b->row[i].table == table) return &b->row[i];
  }
  return NULL;
}


/* [-0, +1, m] */
static void push_field (lua_State *L, const Shape *s, const vk_word *record, int i) {
  vk_field f = vk_record_field(record, s->n, i);
  switch (f.type) {
    case VK_INTEGER: lua_pushinteger(L, (lua_Integer)vk_field_integer(&f)); break;
    case VK_REAL: lua_pushnumber(L, vk_field_real(&f)); break;
    case VK_NULL: lua_pushnil(L); break;
    default: lua_pushlstring(L, f.bytes, f.len); break;
  }
}


static int is_null (const vk_word *record, int i) {
  return (record[i] & 7) == VK_NULL;
}


/* Has the row fields beside its columns?  "{}" holds none. */
static int has_more (const Shape *s, const vk_word *record) {
  return s->hidden >= 0 && !is_null(record, s->hidden) && record[s->hidden] >> 3 > 2;
}


/* Push the year that an ISO date begins with, or nil.  [-0, +1, -] */
static void push_year (lua_State *L, const Shape *s, const vk_word *record) {
  vk_field f = vk_record_field(record, s->n, s->year);
  int i, year = 0;
  lua_pushnil(L);
  if (f.type != VK_TEXT || f.len < 4) return;
  for (i = 0; i < 4; i++) {
    if (f.bytes[i] < '0' || f.bytes[i] > '9') return;
    year = year * 10 + (f.bytes[i] - '0');
  }
  lua_pop(L, 1);
  lua_pushinteger(L, year);
}


/* Push a field when the record alone knows it; else push nothing and give 0. */
static int read_field (lua_State *L, const Shape *s, const vk_word *record, const char *name) {
  int i;
  for (i = 0; i < s->n && s->name[i] != name; i++) { /* next */ }
  if (i < s->n) {
    if (i == s->hidden || (is_null(record, i) && has_more(s, record))) return 0;
    push_field(L, s, record, i);
    return 1;
  }
  if (s->year < 0 || has_more(s, record) || strcmp(name, "year") != 0) return 0;
  push_year(L, s, record);
  return 1;
}


/* ---- filling ---- */

/* Further fields, out of the hidden column; a column of that name wins.  [-0, +0, e] */
static void spread (lua_State *L, int table, int shape, const vk_word *record) {
  const Shape *s = lua_touserdata(L, shape);
  lua_getiuservalue(L, shape, SHAPE_SPREAD);
  push_field(L, s, record, s->hidden);
  lua_call(L, 1, 1);
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    lua_pushvalue(L, -2);
    if (vk_lua_rawget(L, table) == LUA_TNIL) {
      lua_pushvalue(L, -3);
      lua_pushvalue(L, -3);
      vk_lua_rawset(L, table);
    }
    lua_pop(L, 2);
  }
  lua_pop(L, 1);
}


/* Make the late row at the absolute index `table` a full one.  An error on the way
   leaves it late.  The batch is at index `batch`.  [-0, +0, e] */
static void fill (lua_State *L, int table, int batch, const Row *row) {
  vk_batch *b = lua_touserdata(L, batch);
  const Shape *s = b->shape;
  const vk_word *record = record_of(b, row);
  int i, shape;
  luaL_checkstack(L, 10, "row");
  lua_getiuservalue(L, batch, 1);
  shape = lua_gettop(L);
  lua_getiuservalue(L, shape, SHAPE_NAMES);
  for (i = 0; i < s->n; i++) {
    if (i == s->hidden || is_null(record, i)) continue;
    lua_rawgeti(L, -1, i + 1);
    push_field(L, s, record, i);
    vk_lua_rawset(L, table);
  }
  if (has_more(s, record)) spread(L, table, shape, record);
  lua_getiuservalue(L, shape, SHAPE_METATABLE);
  vk_lua_setmetatable(L, table);
  b->filled++;
  lua_settop(L, shape - 1);
}


/* The metatable is on top of the stack; `index` does not count it.  [-0, +0, e] */
static void settle (lua_State *L, int index) {
  vk_batch *b;
  Row *row;
  luaL_checkstack(L, 4, "row");
  index = (index < 0 && index > LUA_REGISTRYINDEX) ? lua_gettop(L) + index : index;
  lua_rawgeti(L, -1, 1);
  b = luaL_testudata(L, -1, BATCH_T);
  row = (b != NULL) ? find(L, index, b) : NULL;
  if (row != NULL) fill(L, index, lua_gettop(L), row);
  lua_pop(L, 1);
}


void vk_late_settle (lua_State *L, int index) {
  if (!lua_getmetatable(L, index)) return;
  if (lua_rawlen(L, -1) == 1) settle(L, index);
  lua_pop(L, 1);
}


/* ---- metamethods of a late row; upvalue 1 is its batch ---- */

static Row *check_row (lua_State *L, vk_batch *b) {
  Row *row = find(L, 1, b);
  if (row == NULL) vk_raise(L, VK_ERR_USAGE, "this is no row");
  return row;
}


static int late_index (lua_State *L) {
  vk_batch *b = lua_touserdata(L, lua_upvalueindex(1));
  Row *row = check_row(L, b);
  if (row->reads < READS && lua_type(L, 2) == LUA_TSTRING &&
      read_field(L, b->shape, record_of(b, row), lua_tostring(L, 2))) {
    row->reads++;
    return 1;
  }
  fill(L, 1, lua_upvalueindex(1), row);
  lua_settop(L, 2);
  lua_gettable(L, 1);
  return 1;
}


static int late_newindex (lua_State *L) {
  fill(L, 1, lua_upvalueindex(1), check_row(L, lua_touserdata(L, lua_upvalueindex(1))));
  lua_settop(L, 3);
  lua_settable(L, 1);
  return 0;
}


/* ---- making rows ---- */

/* Push the metatable of late rows: that of full ones, but for what reads and sets fields.
   The batch is on top of the stack, its shape at `shape`.  [-1, +1, m] */
static void push_metatable (lua_State *L, int shape) {
  int batch = lua_gettop(L), full = batch + 1, late = batch + 2;
  lua_getiuservalue(L, shape, SHAPE_METATABLE);
  lua_createtable(L, 1, 12);
  lua_pushnil(L);
  while (vk_lua_next(L, full)) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    vk_lua_rawset(L, late);
  }
  lua_pushvalue(L, batch);
  lua_pushcclosure(L, late_index, 1);
  lua_setfield(L, late, "__index");
  lua_pushvalue(L, batch);
  lua_pushcclosure(L, late_newindex, 1);
  lua_setfield(L, late, "__newindex");
  lua_pushvalue(L, batch);
  lua_rawseti(L, late, 1);
  lua_replace(L, batch);
  lua_settop(L, batch);
}


/* Where most rows were filled in the end, the next ones are filled when they are made. */
static int fill_at_once (const vk_batch *before) {
  if (before == NULL) return 0;
  if (before->at_once > 0) return before->at_once - 1;
  return (2 * before->filled > before->n) ? AT_ONCE : 0;
}


/* A batch with room for a record of `size` bytes, kept by the maker.  [-0, +0, m] */
static vk_batch *new_batch (lua_State *L, int maker, const vk_batch *before, size_t size) {
  size_t room = (before == NULL) ? FIRST_ROOM : 2 * before->room;
  vk_batch *b;
  int shape;
  luaL_checkstack(L, 10, "rows");
  if (room > MOST_ROOM) room = MOST_ROOM;
  if (room < size) room = size;
  lua_getiuservalue(L, maker, VK_ROWS_SHAPE);
  shape = lua_gettop(L);
  b = lua_newuserdatauv(L, sizeof(*b) + room, 1);
  memset(b, 0, sizeof(*b));
  b->shape = lua_touserdata(L, shape);
  b->room = room;
  b->at_once = fill_at_once(before);
  luaL_setmetatable(L, BATCH_T);
  lua_pushvalue(L, shape);
  lua_setiuservalue(L, -2, 1);
  push_metatable(L, shape);
  lua_setiuservalue(L, maker, VK_ROWS_BATCH);
  lua_settop(L, shape - 1);
  return b;
}


/* Pack the row that `q` stands on, or `fields` where q is NULL, into the maker's batch, or
   into a new one; bytes taken. */
static size_t pack (lua_State *L, int maker, vk_batch **batch, vk_stmt *q,
                    const vk_field *fields) {
  vk_batch *b = *batch;
  size_t size = 0;
  int rc = VK_STOP;
  for (;;) {
    if (b != NULL && b->n < PER_BATCH) {
      char *to = (char *)b->data + b->used;
      rc = (q != NULL) ? vk_stmt_pack(q, b->shape->n, to, b->room - b->used, &size)
                       : vk_record_pack(fields, b->shape->n, to, b->room - b->used, &size);
    }
    if (rc == VK_OK) return size;
    if (rc < 0 && q != NULL) vk_raise_store(L, vk_stmt_store(q), rc);
    if (rc < 0) vk_raise(L, rc, "a row is too large");
    b = *batch = new_batch(L, maker, b, size);
  }
}


/* Push the table of the record that was packed last, `size` bytes.  [-0, +1, e] */
static void push_table (lua_State *L, int maker, vk_batch *b, size_t size) {
  Row *row = &b->row[b->n];
  lua_createtable(L, 0, b->at_once ? b->shape->n : 0);
  row->table = lua_topointer(L, -1);
  row->at = (uint32_t)(b->used / sizeof(vk_word));
  b->used += size;
  b->n++;
  lua_getiuservalue(L, maker, VK_ROWS_BATCH);
  if (b->at_once) {
    lua_rawgeti(L, -1, 1);
    fill(L, lua_gettop(L) - 2, lua_gettop(L), row);
    lua_pop(L, 2);
    return;
  }
  vk_lua_setmetatable(L, -2);
}


void vk_push_late (lua_State *L, int maker, vk_batch **batch, vk_stmt *q) {
  size_t size = pack(L, maker, batch, q, NULL);
  push_table(L, maker, *batch, size);
}


void vk_push_late_fields (lua_State *L, int maker, vk_batch **batch, const vk_field *fields) {
  size_t size = pack(L, maker, batch, NULL, fields);
  push_table(L, maker, *batch, size);
}


/* ---- reading without filling ---- */

int vk_late_peek (lua_State *L, int index, vk_peek *peek) {
  vk_batch *b;
  Row *row = NULL;
  if (!lua_getmetatable(L, index)) return 0;
  if (lua_rawlen(L, -1) == 1) {
    lua_rawgeti(L, -1, 1);
    b = luaL_testudata(L, -1, BATCH_T);
    row = (b != NULL) ? find(L, index, b) : NULL;
    if (row != NULL) *peek = (vk_peek){ b->shape, record_of(b, row) };
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return row != NULL && !has_more(peek->shape, peek->record);
}


int vk_late_field (const vk_peek *peek, const char *name, vk_field *f) {
  const Shape *s = peek->shape;
  int i;
  for (i = 0; i < s->n && s->name[i] != name; i++) { /* next */ }
  if (i == s->n || i == s->hidden) return 0;
  *f = vk_record_field(peek->record, s->n, i);
  return 1;
}


void vk_open_late (lua_State *L) {
  luaL_newmetatable(L, SHAPE_T);
  luaL_newmetatable(L, BATCH_T);
  lua_pop(L, 2);
}
