/*
** Passages of a document and new types to rows.
*/

#include "ingest.h"

#include <string.h>

#include "rowhash.h"
#include "store_rows.h"

/* Columns of `passages`, as cells. */
enum { ID, DOCUMENT, ORDINAL, PATH, KIND, TEXT, START, STOP, MAP, FIRST_UNIT, SYLLABLES,
       SENTENCES, HASH };

static const char *const kind_names[] = { "paragraph", "heading", "item" };


/* Each value goes to its cell and into the row's hash. */
static void put_int (vk_row_cell *cell, vk_digest *d, int64_t v) {
  *cell = (vk_row_cell){ .type = VK_INTEGER, .i = v };
  vk_rowhash_int(d, v);
}


static void put_text (vk_row_cell *cell, vk_digest *d, const char *p, size_t n) {
  *cell = (vk_row_cell){ .type = VK_TEXT, .p = p, .n = n };
  vk_rowhash_text(d, p, n);
}


static void put_map (vk_row_cell *cell, vk_digest *d, const vk_buf *map) {
  if (map->len == 0) {
    *cell = (vk_row_cell){ .type = VK_NULL };
    vk_rowhash_null(d);
  }
  else {
    *cell = (vk_row_cell){ .type = VK_BLOB, .p = map->data, .n = map->len };
    vk_rowhash_blob(d, map->data, map->len);
  }
}


static void make_row (vk_ingest *g, const vk_passage *passage, size_t first_unit,
                      const vk_text_size *size, vk_row_cell *row) {
  const vk_passages *p = g->passages;
  const size_t *fragments = vk_passage_fragments(p, passage);
  vk_digest d;
  vk_digest_init(&d);
  vk_rowhash_text(&d, "passages", strlen("passages"));
  put_int(&row[ID], &d, g->next_id);
  put_int(&row[DOCUMENT], &d, g->document);
  put_int(&row[ORDINAL], &d, g->ordinal + 1);
  put_text(&row[PATH], &d, (passage->n_path > 0) ? p->paths.data + passage->path : "",
           passage->n_path);
  put_text(&row[KIND], &d, kind_names[passage->kind], strlen(kind_names[passage->kind]));
  put_text(&row[TEXT], &d, g->text.data, g->text.len);
  put_int(&row[START], &d, (int64_t)vk_moves_start(&g->moves, fragments[0]));
  put_int(&row[STOP], &d, (int64_t)vk_moves_stop(&g->moves, fragments[2 * passage->n - 1]));
  put_map(&row[MAP], &d, &g->map);
  put_int(&row[FIRST_UNIT], &d, (int64_t)first_unit);
  put_int(&row[SYLLABLES], &d, (int64_t)size->syllables);
  put_int(&row[SENTENCES], &d, (int64_t)size->sentences);
  vk_digest_final(&d, g->hash);
  row[HASH] = (vk_row_cell){ .type = VK_BLOB, .p = g->hash, .n = sizeof(g->hash) };
}


/* Clean and cut one passage; VK_OK where nothing is left of it. */
static int make_passage (vk_ingest *g, const vk_passage *passage, vk_row_cell *row) {
  size_t first_unit;
  vk_text_size size;
  int rc;
  g->text.len = g->map.len = 0;
  g->part = VK_INGEST_CLEAN;
  if (passage->n == 0) return VK_OK;
  rc = vk_text_clean(g->original, g->n, vk_passage_fragments(g->passages, passage), passage->n,
                     &g->moves, &g->text, &g->map, &g->counts, &g->bad_at);
  if (rc < 0 || g->text.len == 0) return rc;
  g->part = VK_INGEST_TOKENS;
  rc = vk_tokenizer_add(g->tk, g->text.data, g->text.len, &first_unit, &size);
  if (rc < 0) return rc;
  make_row(g, passage, first_unit, &size, row);
  g->part = VK_INGEST_ROW;
  g->next_id++;
  g->ordinal++;
  return VK_ROW;
}


static int next_row (void *state, vk_row_cell *row) {
  vk_ingest *g = state;
  int rc = VK_OK;
  while (rc == VK_OK && g->next < g->passages->count)
    rc = make_passage(g, &g->passages->all[g->next++], row);
  return rc;
}


int vk_ingest_passages (vk_ingest *g, const vk_passages *p) {
  vk_rows rows = { .next = next_row, .state = g };
  int rc;
  g->passages = p;
  g->next = 0;
  g->part = VK_INGEST_ROW;
  rc = vk_stmt_bind_rows(g->insert, 1, &rows);
  if (rc == VK_OK) rc = vk_stmt_step(g->insert);
  vk_stmt_reset(g->insert);
  return (rows.status < 0) ? rows.status : rc;
}


/* Types made since they were reported last, while they are written. */
typedef struct new_types {
  const vk_tokenizer *tk;
  size_t next;
  uint8_t hash[VK_DIGEST_BYTES];
} new_types;


static int next_type (void *state, vk_row_cell *row) {
  static const char *const names[] = { "syllable", "number", "mark" };
  new_types *t = state;
  vk_token_type type;
  vk_digest d;
  if (t->next == vk_tokenizer_fresh(t->tk)) return VK_OK;
  type = vk_tokenizer_fresh_type(t->tk, t->next++);
  vk_digest_init(&d);
  vk_rowhash_text(&d, "types", strlen("types"));
  put_int(&row[0], &d, type.id);
  put_text(&row[1], &d, type.form, type.n);
  put_text(&row[2], &d, names[type.kind], strlen(names[type.kind]));
  vk_digest_final(&d, t->hash);
  row[3] = (vk_row_cell){ .type = VK_BLOB, .p = t->hash, .n = sizeof(t->hash) };
  return VK_ROW;
}


int vk_ingest_types (vk_stmt *insert, vk_tokenizer *tk) {
  new_types t = { .tk = tk };
  vk_rows rows = { .next = next_type, .state = &t };
  int rc = VK_OK;
  if (vk_tokenizer_fresh(tk) > 0) {
    rc = vk_stmt_bind_rows(insert, 1, &rows);
    if (rc == VK_OK) rc = vk_stmt_step(insert);
    vk_stmt_reset(insert);
  }
  if (rc == VK_OK) vk_tokenizer_reported(tk);
  return rc;
}


void vk_ingest_free (vk_ingest *g) {
  vk_buf_free(&g->text);
  vk_buf_free(&g->map);
}
