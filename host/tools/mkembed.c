/*
** Build step: mkembed OUT FILE… writes OUT/embed.S (an .incbin for each file),
** OUT/embed_index.c (the sorted table), and OUT/luac/… (each Lua file under lua/
** precompiled, with its debug information but for the names of variables: they are 40 %
** of what a module takes to load).  Not part of the program.
*/

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct Entry {
  char name[512];   /* as the program knows it */
  char path[1024];  /* where the bytes are */
} Entry;

static Entry entries[8192];
static size_t n_entries;


static void die (const char *what, const char *which) {
  fprintf(stderr, "mkembed: %s: %s\n", what, which);
  exit(1);
}


static void add (const char *name, const char *path) {
  Entry *e = &entries[n_entries++];
  if (n_entries > sizeof(entries) / sizeof(entries[0])) die("too many files", name);
  if (strlen(name) >= sizeof(e->name) || strlen(path) >= sizeof(e->path)) die("long name", name);
  strcpy(e->name, name);
  strcpy(e->path, path);
}


static int by_name (const void *a, const void *b) {
  return strcmp(((const Entry *)a)->name, ((const Entry *)b)->name);
}


static void make_folders (char *path) {
  char *p;
  for (p = strchr(path + 1, '/'); p != NULL; p = strchr(p + 1, '/')) {
    *p = '\0';
    mkdir(path, 0777);
    *p = '/';
  }
}


/* ---- a precompiled chunk of Lua 5.4 without the names of its variables ---- */

typedef struct Chunk {
  const unsigned char *at, *end;
  const unsigned char *from;   /* not yet written */
  FILE *out;
} Chunk;


typedef struct Bytes {
  char *p;
  size_t n;
} Bytes;


static int writer (lua_State *L, const void *p, size_t n, void *ud) {
  Bytes *b = ud;
  (void)L;
  b->p = realloc(b->p, b->n + n);
  if (b->p == NULL) return 1;
  memcpy(b->p + b->n, p, n);
  b->n += n;
  return 0;
}


static void skip (Chunk *c, size_t n) {
  if (n > (size_t)(c->end - c->at)) die("not as Lua 5.4 dumps it", "a chunk");
  c->at += n;
}


static size_t number (Chunk *c) {
  size_t n = 0;
  do {
    skip(c, 1);
    n = n << 7 | (c->at[-1] & 0x7f);
  } while ((c->at[-1] & 0x80) == 0);
  return n;
}


static void string (Chunk *c) {
  size_t n = number(c);
  if (n > 0) skip(c, n - 1);
}


static void constant (Chunk *c) {
  skip(c, 1);
  switch (c->at[-1]) {
    case 0x03: case 0x13: skip(c, 8); break;   /* integer, float */
    case 0x04: case 0x14: string(c); break;    /* short, long string */
    default: break;                            /* nil, false, true */
  }
}


/* All before here is written; what was skipped since is replaced by an empty list. */
static void drop_list (Chunk *c, const unsigned char *from) {
  static const unsigned char none = 0x80;
  fwrite(c->from, 1, (size_t)(from - c->from), c->out);
  fwrite(&none, 1, 1, c->out);
  c->from = c->at;
}


static void function (Chunk *c) {
  const unsigned char *from;
  size_t n;
  string(c);                                            /* source */
  number(c), number(c);                                 /* lines */
  skip(c, 3);
  skip(c, number(c) * 4);                               /* instructions */
  for (n = number(c); n > 0; n--) constant(c);
  skip(c, number(c) * 3);                               /* upvalues */
  for (n = number(c); n > 0; n--) function(c);
  skip(c, number(c));                                   /* lines of instructions */
  for (n = number(c); n > 0; n--) number(c), number(c);
  from = c->at;
  for (n = number(c); n > 0; n--) string(c), number(c), number(c);
  drop_list(c, from);                                   /* local variables */
  from = c->at;
  for (n = number(c); n > 0; n--) string(c);
  drop_list(c, from);                                   /* names of upvalues */
}


static void write_chunk (const char *bytes, size_t len, FILE *f) {
  Chunk c;
  c.at = c.from = (const unsigned char *)bytes;
  c.end = c.at + len;
  c.out = f;
  skip(&c, 32);                                         /* header, number of upvalues */
  function(&c);
  if (c.at != c.end) die("not as Lua 5.4 dumps it", "a chunk");
  fwrite(c.from, 1, (size_t)(c.at - c.from), c.out);
}


/* Compile lua/x.lua to OUT/luac/x.lua, known as luac/x.lua, chunk "@x.lua". */
static void compile (lua_State *L, const char *out, const char *file) {
  char path[1024], name[512], chunk[512];
  Bytes dumped = { NULL, 0 };
  luaL_Buffer b;
  FILE *f = fopen(file, "rb");
  size_t n;
  if (f == NULL) die("cannot read", file);
  luaL_buffinit(L, &b);
  while ((n = fread(luaL_prepbuffer(&b), 1, LUAL_BUFFERSIZE, f)) > 0) luaL_addsize(&b, n);
  fclose(f);
  luaL_pushresult(&b);
  snprintf(chunk, sizeof(chunk), "@%s", file + strlen("lua/"));
  if (luaL_loadbufferx(L, lua_tostring(L, -1), lua_rawlen(L, -1), chunk, "t") != LUA_OK)
    die("syntax", lua_tostring(L, -1));
  snprintf(name, sizeof(name), "luac/%s", file + strlen("lua/"));
  snprintf(path, sizeof(path), "%s/%s", out, name);
  make_folders(path);
  if (lua_dump(L, writer, &dumped, 0) != 0) die("cannot dump", path);
  f = fopen(path, "wb");
  if (f == NULL) die("cannot write", path);
  write_chunk(dumped.p, dumped.n, f);
  free(dumped.p);
  if (ferror(f) || fclose(f) != 0) die("cannot write", path);
  lua_settop(L, 0);
  add(name, path);
}


static FILE *create (const char *out, const char *name) {
  char path[1024];
  FILE *f;
  snprintf(path, sizeof(path), "%s/%s", out, name);
  f = fopen(path, "w");
  if (f == NULL) die("cannot write", path);
  return f;
}


static void write_assembly (const char *out) {
  FILE *f = create(out, "embed.S");
  size_t i;
  fprintf(f, "  .section .rodata\n  .globl vk_embedded_bytes\nvk_embedded_bytes:\n");
  for (i = 0; i < n_entries; i++)
    fprintf(f, "  .incbin \"%s\"\n  .byte 0\n", entries[i].path);
  fprintf(f, "  .section .note.GNU-stack,\"\",@progbits\n");
  if (fclose(f) != 0) die("cannot write", "embed.S");
}


static size_t size_of (const char *path) {
  struct stat st;
  if (stat(path, &st) != 0) die("cannot read", path);
  return (size_t)st.st_size;
}


static void write_index (const char *out) {
  FILE *f = create(out, "embed_index.c");
  size_t i, name = 0, start = 0;
  fprintf(f, "/* Generated by mkembed. */\n#include \"embed.h\"\n\n");
  fprintf(f, "const vk_embedded vk_embedded_files[] = {\n");
  for (i = 0; i < n_entries; i++) {
    size_t size = size_of(entries[i].path);
    fprintf(f, "  { %zu, %zu, %zu },\n", name, start, size);
    name += strlen(entries[i].name) + 1;
    start += size + 1;
  }
  fprintf(f, "};\n\nconst char vk_embedded_names[] =\n");
  for (i = 0; i < n_entries; i++) fprintf(f, "  \"%s\\0\"\n", entries[i].name);
  fprintf(f, ";\n\nconst size_t vk_embedded_count = %zu;\n", n_entries);
  if (fclose(f) != 0) die("cannot write", "embed_index.c");
}


int main (int argc, char **argv) {
  lua_State *L = luaL_newstate();
  int i;
  if (argc < 3 || L == NULL) die("usage", "mkembed OUT FILE...");
  for (i = 2; i < argc; i++) {
    size_t len = strlen(argv[i]);
    add(argv[i], argv[i]);
    if (strncmp(argv[i], "lua/", 4) == 0 && len > 4 && strcmp(argv[i] + len - 4, ".lua") == 0)
      compile(L, argv[1], argv[i]);
  }
  lua_close(L);
  qsort(entries, n_entries, sizeof(entries[0]), by_name);
  write_assembly(argv[1]);
  write_index(argv[1]);
  return 0;
}
