/*
** Passages of a document to rows.
*/

#include "ingest.h"

#include <string.h>

#include "rowhash.h"

enum { ID = 1, DOCUMENT, ORDINAL, PATH, KIND, TEXT, START, STOP, MAP, FIRST_UNIT, SYLLABLES,
       SENTENCES, HASH };

static const char *const kind_names[] = { "paragraph", "heading", "item" };

/* A row while it is bound: each value goes to the statement and into the hash. */
typedef struct row { vk_stmt *q; vk_digest d; int rc; } row;


static void put_int (row *r, int i, int64_t v) {
  if (r->rc == VK_OK) r->rc = vk_stmt_bind_int64(r->q, i, v);
  vk_rowhash_int(&r->d, v);
}


static void put_text (row *r, int i, const char *p, size_t n) {
  if (r->rc == VK_OK) r->rc = vk_stmt_bind_text(r->q, i, p, n, 1);
  vk_rowhash_text(&r->d, p, n);
}


static void put_map (row *r, const vk_buf *map) {
  if (map->len == 0) {
    if (r->rc == VK_OK) r->rc = vk_stmt_bind_null(r->q, MAP);
    vk_rowhash_null(&r->d);
  }
  else {
    if (r->rc == VK_OK) r->rc = vk_stmt_bind_blob(r->q, MAP, map->data, map->len, 1);
    vk_rowhash_blob(&r->d, map->data, map->len);
  }
}


static int insert_row (vk_ingest *g, const vk_passages *p, const vk_passage *passage,
                       size_t first_unit, const vk_text_size *size) {
  const size_t *fragments = vk_passage_fragments(p, passage);
  uint8_t digest[VK_DIGEST_BYTES];
  row r = { .q = g->insert, .rc = VK_OK };
  vk_digest_init(&r.d);
  vk_rowhash_text(&r.d, "passages", strlen("passages"));
  put_int(&r, ID, g->next_id);
  put_int(&r, DOCUMENT, g->document);
  put_int(&r, ORDINAL, g->ordinal + 1);
  put_text(&r, PATH, (passage->n_path > 0) ? p->paths.data + passage->path : "", passage->n_path);
  put_text(&r, KIND, kind_names[passage->kind], strlen(kind_names[passage->kind]));
  put_text(&r, TEXT, g->text.data, g->text.len);
  put_int(&r, START, (int64_t)fragments[0]);
  put_int(&r, STOP, (int64_t)fragments[2 * passage->n - 1]);
  put_map(&r, &g->map);
  put_int(&r, FIRST_UNIT, (int64_t)first_unit);
  put_int(&r, SYLLABLES, (int64_t)size->syllables);
  put_int(&r, SENTENCES, (int64_t)size->sentences);
  vk_digest_final(&r.d, digest);
  if (r.rc == VK_OK) r.rc = vk_stmt_bind_blob(g->insert, HASH, digest, sizeof(digest), 1);
  if (r.rc == VK_OK) r.rc = vk_stmt_step(g->insert);
  return r.rc;
}


static int write_passage (vk_ingest *g, const vk_passages *p, const vk_passage *passage) {
  size_t first_unit;
  vk_text_size size;
  int rc;
  g->text.len = g->map.len = 0;
  g->part = VK_INGEST_CLEAN;
  if (passage->n == 0) return VK_OK;
  rc = vk_text_clean(g->original, g->n, vk_passage_fragments(p, passage), passage->n, &g->text,
                     &g->map, &g->counts, &g->bad_at);
  if (rc < 0 || g->text.len == 0) return rc;
  g->part = VK_INGEST_TOKENS;
  rc = vk_tokenizer_add(g->tk, g->text.data, g->text.len, &first_unit, &size);
  if (rc < 0) return rc;
  g->part = VK_INGEST_ROW;
  rc = insert_row(g, p, passage, first_unit, &size);
  g->next_id++;
  g->ordinal++;
  return rc;
}


int vk_ingest_passages (vk_ingest *g, const vk_passages *p) {
  size_t i;
  int rc = VK_OK;
  for (i = 0; rc == VK_OK && i < p->count; i++) rc = write_passage(g, p, &p->all[i]);
  vk_stmt_reset(g->insert);
  return rc;
}


void vk_ingest_free (vk_ingest *g) {
  vk_buf_free(&g->text);
  vk_buf_free(&g->map);
}
