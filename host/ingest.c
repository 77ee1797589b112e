/*
** Passages of a document and new types to rows.
*/

#include "ingest.h"

#include <string.h>

#include "rowhash.h"
#include "shingle.h"
#include "store_rows.h"

#define PART_BYTES ((size_t)1 << 20)    /* of text, made at once where nobody works ahead */

/* Columns of `passages`, as cells. */
enum { ID, DOCUMENT, ORDINAL, PATH, KIND, TEXT, START, STOP, MAP, FIRST_UNIT, SYLLABLES,
       SENTENCES, HASH };

typedef struct passage_row {
  int64_t id, ordinal;
  const vk_passage *passage;
  size_t text, n_text, map, n_map;      /* in `texts` and `maps` */
  size_t start, stop, first_unit;
  vk_text_size size;
  uint8_t hash[VK_DIGEST_BYTES];
} passage_row;

/* A type that the document brought. */
typedef struct new_type {
  uint32_t id;
  enum vk_token_kind kind;
  size_t form, n;                       /* in `forms` */
} new_type;


static vk_row_cell integer (int64_t v) {
  return (vk_row_cell){ .type = VK_INTEGER, .i = v };
}


static vk_row_cell text (const char *p) {
  return (vk_row_cell){ .type = VK_TEXT, .p = p, .n = strlen(p) };
}


/* A part of a buffer, which may be empty. */
static vk_row_cell text_in (const vk_buf *b, size_t at, size_t n) {
  return (vk_row_cell){ .type = VK_TEXT, .p = (n > 0) ? b->data + at : "", .n = n };
}


static vk_row_cell blob (const void *p, size_t n) {
  return (vk_row_cell){ .type = VK_BLOB, .p = p, .n = n };
}


static void hash_cell (vk_digest *d, const vk_row_cell *cell) {
  switch (cell->type) {
    case VK_INTEGER: vk_rowhash_int(d, cell->i); break;
    case VK_TEXT: vk_rowhash_text(d, cell->p, cell->n); break;
    case VK_BLOB: vk_rowhash_blob(d, cell->p, cell->n); break;
    default: vk_rowhash_null(d); break;
  }
}


static void hash_cells (const char *table, const vk_row_cell *cells, int n,
                        uint8_t hash[VK_DIGEST_BYTES]) {
  vk_digest d;
  int i;
  vk_digest_init(&d);
  vk_rowhash_text(&d, table, strlen(table));
  for (i = 0; i < n; i++) hash_cell(&d, &cells[i]);
  vk_digest_final(&d, hash);
}


/* The cells of a row, all but the hash. */
static void set_cells (const vk_ingest *g, const passage_row *row, vk_row_cell *cells) {
  static const char *const kinds[] = { "paragraph", "heading", "item" };
  const vk_passage *passage = row->passage;
  cells[ID] = integer(row->id);
  cells[DOCUMENT] = integer(g->document);
  cells[ORDINAL] = integer(row->ordinal);
  cells[PATH] = text_in(&g->passages->paths, passage->path, passage->n_path);
  cells[KIND] = text(kinds[passage->kind]);
  cells[TEXT] = text_in(&g->texts, row->text, row->n_text);
  cells[START] = integer((int64_t)row->start);
  cells[STOP] = integer((int64_t)row->stop);
  cells[MAP] = (row->n_map > 0) ? blob(g->maps.data + row->map, row->n_map)
                                : (vk_row_cell){ .type = VK_NULL };
  cells[FIRST_UNIT] = integer((int64_t)row->first_unit);
  cells[SYLLABLES] = integer((int64_t)row->size.syllables);
  cells[SENTENCES] = integer((int64_t)row->size.sentences);
}


/* The row of a passage whose text is made and counted: numbered and hashed. */
static int add_row (vk_ingest *g, passage_row *row) {
  const size_t *fragments = vk_passage_fragments(g->passages, row->passage);
  vk_row_cell cells[HASH];
  row->id = g->next_id++;
  row->ordinal = ++g->ordinal;
  row->n_text = g->texts.len - row->text;
  row->n_map = g->maps.len - row->map;
  row->start = vk_moves_start(&g->moves, fragments[0]);
  row->stop = vk_moves_stop(&g->moves, fragments[2 * row->passage->n - 1]);
  set_cells(g, row, cells);
  hash_cells("passages", cells, HASH, row->hash);
  g->part = VK_INGEST_ROW;
  return vk_buf_append(&g->rows, row, sizeof(*row));
}


/* Clean, cut and hash one passage; nothing may be left of it. */
static int make_passage (vk_ingest *g, const vk_passage *passage) {
  passage_row row = { .passage = passage, .text = g->texts.len, .map = g->maps.len };
  int rc;
  g->part = VK_INGEST_CLEAN;
  if (passage->n == 0) return VK_OK;
  rc = vk_text_clean(g->original, g->n, vk_passage_fragments(g->passages, passage), passage->n,
                     &g->moves, &g->texts, &g->maps, &g->counts, &g->bad_at);
  if (rc < 0 || g->texts.len == row.text) return rc;
  g->part = VK_INGEST_TOKENS;
  g->bad_at = row.text;
  rc = vk_tokenizer_add(g->tk, g->texts.data + row.text, g->texts.len - row.text,
                        &row.first_unit, &row.size);
  return (rc < 0) ? rc : add_row(g, &row);
}


static int take_types (vk_ingest *g) {
  size_t i, n = vk_tokenizer_fresh(g->tk);
  int rc = VK_OK;
  for (i = 0; rc == VK_OK && i < n; i++) {
    vk_token_type type = vk_tokenizer_fresh_type(g->tk, i);
    new_type kept = { type.id, type.kind, g->forms.len, type.n };
    rc = vk_buf_append(&g->forms, type.form, type.n);
    if (rc == VK_OK) rc = vk_buf_append(&g->types, &kept, sizeof(kept));
  }
  if (rc == VK_OK) vk_tokenizer_reported(g->tk);
  return rc;
}


/* What can be told when the last passage is made. */
static int finish (vk_ingest *g) {
  const vk_buf *units = vk_tokenizer_stream(g->tk, &g->size);
  int rc = (units != NULL) ? vk_buf_append(&g->units, units->data, units->len) : VK_ERR_NOMEM;
  vk_tokenizer_clear_stream(g->tk);
  if (rc == VK_OK) rc = take_types(g);
  if (rc == VK_OK)
    rc = vk_shingle_sample((const uint8_t *)g->units.data, g->units.len / 2, g->tk, &g->shingles);
  return rc;
}


/* Make passages until so many bytes of text are held, or all.  What the rows before them held
   is given up. */
static void make_some (vk_ingest *g, size_t bytes) {
  if (g->before != NULL) g->next_id = g->before->next_id;
  g->before = NULL;
  g->rows.len = g->texts.len = g->maps.len = g->written = 0;
  while (g->status == VK_OK && g->next < g->passages->count && g->texts.len < bytes)
    g->status = make_passage(g, &g->passages->all[g->next++]);
  if (g->status == VK_OK && g->next == g->passages->count && g->units.len == 0)
    g->status = finish(g);
}


void vk_ingest_run (vk_job *job) {
  make_some((vk_ingest *)(void *)job, SIZE_MAX);
}


static int next_row (void *state, vk_row_cell *cells) {
  vk_ingest *g = state;
  const passage_row *row;
  if (g->written == g->rows.len / sizeof(*row)) make_some(g, PART_BYTES);
  if (g->status != VK_OK || g->rows.len == 0) return g->status;
  row = (const passage_row *)(const void *)g->rows.data + g->written++;
  set_cells(g, row, cells);
  cells[HASH] = blob(row->hash, sizeof(row->hash));
  return VK_ROW;
}


/* Insert what `rows` gives. */
static int write_rows (vk_stmt *insert, vk_rows *rows) {
  int rc = vk_stmt_bind_rows(insert, 1, rows);
  if (rc == VK_OK) rc = vk_stmt_step(insert);
  vk_stmt_reset(insert);
  return (rows->status < 0) ? rows->status : rc;
}


int vk_ingest_passages (vk_ingest *g, vk_stmt *insert) {
  vk_rows rows = { .next = next_row, .state = g };
  int rc = g->status;
  if (rc == VK_OK) rc = write_rows(insert, &rows);
  if (g->status == VK_OK) g->part = VK_INGEST_ROW;
  return rc;
}


/* Types while they are written. */
typedef struct type_rows {
  const vk_ingest *g;
  size_t next;
  uint8_t hash[VK_DIGEST_BYTES];
} type_rows;


static const new_type *type_at (const vk_ingest *g, size_t i) {
  return (const new_type *)(const void *)g->types.data + i;
}


static int next_type (void *state, vk_row_cell *cells) {
  static const char *const kinds[] = { "syllable", "number", "mark" };
  type_rows *t = state;
  const new_type *type;
  if (t->next == t->g->types.len / sizeof(*type)) return VK_OK;
  type = type_at(t->g, t->next++);
  cells[0] = integer(type->id);
  cells[1] = text_in(&t->g->forms, type->form, type->n);
  cells[2] = text(kinds[type->kind]);
  hash_cells("types", cells, 3, t->hash);
  cells[3] = blob(t->hash, sizeof(t->hash));
  return VK_ROW;
}


int vk_ingest_types (const vk_ingest *g, vk_stmt *insert, uint32_t *last) {
  type_rows t = { .g = g };
  vk_rows rows = { .next = next_type, .state = &t };
  size_t n = g->types.len / sizeof(new_type);
  if (n == 0) return VK_OK;
  *last = type_at(g, n - 1)->id;
  return write_rows(insert, &rows);
}


void vk_ingest_free (vk_ingest *g) {
  vk_buf *owned[] = { &g->rows, &g->texts, &g->maps, &g->units, &g->types, &g->forms,
                      &g->shingles };
  size_t i;
  for (i = 0; i < sizeof(owned) / sizeof(owned[0]); i++) vk_buf_free(owned[i]);
}
