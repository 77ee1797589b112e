/*
** The tokenizer.  Speed comes from seeing the same few thousand spellings again
** and again: a run of up to 15 letter bytes is looked up as it stands, and only
** the first sight of a spelling is cut, checked and folded.
*/

#include "tokenizer.h"

#include <stdlib.h>
#include <string.h>

#include "surface.h"
#include "types.h"

struct vk_tokenizer {
  vk_types types;
  size_t reported;        /* entries of types that are known outside */
  vk_surface surface;     /* spelling -> id of a syllable */
  uint32_t ascii[128];    /* id of a mark; 0: not met yet, or looked at each time */
  vk_buf units;           /* the stream; empty until something is added */
  vk_text_size size;
  vk_buf form;            /* scratch */
};


vk_tokenizer *vk_tokenizer_new (void) {
  vk_tokenizer *tk = calloc(1, sizeof(*tk));
  if (tk == NULL) return NULL;
  vk_types_init(&tk->types);
  return tk;
}


void vk_tokenizer_free (vk_tokenizer *tk) {
  if (tk == NULL) return;
  vk_types_free(&tk->types);
  vk_surface_free(&tk->surface);
  vk_buf_free(&tk->units);
  vk_buf_free(&tk->form);
  free(tk);
}


int vk_tokenizer_load (vk_tokenizer *tk, const char *form, size_t n, uint32_t id,
                       enum vk_token_kind kind) {
  size_t fresh = tk->types.n - tk->reported;
  int rc;
  if (n == 0 || id < VK_TYPE_FIRST || id >= VK_TYPE_LIMIT || vk_types_kind(&tk->types, id) >= 0 ||
      vk_types_find(&tk->types, form, n) != NULL || fresh > 0)
    return VK_ERR_USAGE;
  rc = vk_types_add(&tk->types, form, n, id, (uint8_t)kind);
  tk->reported = tk->types.n;
  return rc;
}


static int put_unit (vk_buf *units, uint32_t id) {
  uint8_t *p;
  if (units->cap - units->len < 4 && vk_buf_reserve(units, 4) != VK_OK) return VK_ERR_NOMEM;
  p = (uint8_t *)units->data + units->len;
  units->len += vk_unit_put(id, p);
  return VK_OK;
}


/* The id of a token's form, which becomes a type when it is none. */
static int type_of (vk_tokenizer *tk, const char *s, const vk_token *token, uint32_t *id) {
  const vk_types_entry *e;
  int rc;
  tk->form.len = 0;
  rc = vk_token_form(s, token, &tk->form);
  if (rc != VK_OK) return rc;
  e = vk_types_find(&tk->types, tk->form.data, tk->form.len);
  if (e != NULL) {
    *id = e->id;
    return VK_OK;
  }
  *id = tk->types.next_id;
  if (*id >= VK_TYPE_LIMIT) return VK_ERR_FULL;
  return vk_types_add(&tk->types, tk->form.data, tk->form.len, *id, (uint8_t)token->kind);
}


/* Remember how a token is spelled, so that the next one like it costs little. */
static int remember (vk_tokenizer *tk, const vk_token_scan *scan, const vk_token *token,
                     uint32_t id) {
  uint8_t first = scan->s[token->from];
  if (token->kind == VK_SYLLABLE)
    return vk_surface_add(&tk->surface, scan->s + token->from, scan->n - token->from,
                          token->to - token->from, id);
  if (token->kind == VK_MARK && first < 0x80 && strchr(".!?", first) == NULL)
    tk->ascii[first] = id;
  return VK_OK;
}


/* What is counted while a passage goes through. */
typedef struct passage {
  vk_token_scan scan;
  size_t syllables, sentences;
  size_t before;          /* syllables up to the last sentence end */
} passage;


/* The token at the scan's place, the slow way.  1, 0 at the end, or an error. */
static int add_token (vk_tokenizer *tk, passage *p) {
  vk_token token;
  uint32_t id;
  int rc = vk_token_next(&p->scan, &token);
  if (rc <= 0) return rc;
  p->syllables += token.kind == VK_SYLLABLE;
  if (token.ends_sentence) {
    p->sentences += p->syllables > p->before;
    p->before = p->syllables;
    return (put_unit(&tk->units, VK_UNIT_SENTENCE) == VK_OK) ? 1 : VK_ERR_NOMEM;
  }
  rc = type_of(tk, (const char *)p->scan.s, &token, &id);
  if (rc == VK_OK) rc = remember(tk, &p->scan, &token, id);
  if (rc == VK_OK) rc = put_unit(&tk->units, id);
  return (rc == VK_OK) ? 1 : rc;
}


/* Spellings seen before, as long as they come.  VK_OK or VK_ERR_NOMEM. */
static int add_known (vk_tokenizer *tk, passage *p) {
  const uint8_t *s = p->scan.s;
  size_t n = p->scan.n, at = p->scan.at;
  int rc = VK_OK;
  while (rc == VK_OK && at < n) {
    size_t len = 1;
    uint32_t id;
    if (s[at] == ' ') { at++; continue; }
    id = (s[at] < 0x80) ? tk->ascii[s[at]] : 0;
    if (id == 0) {
      id = vk_surface_find(&tk->surface, s + at, n - at, &len);
      if (id == 0) break;
      p->syllables++;
    }
    rc = put_unit(&tk->units, id);
    p->scan.last_from = at;
    p->scan.last_to = at += len;
  }
  p->scan.at = at;
  return rc;
}


static int add_passage (vk_tokenizer *tk, passage *p) {
  int rc = VK_OK;
  if (tk->units.len == 0) rc = put_unit(&tk->units, VK_UNIT_PASSAGE);
  while (rc == VK_OK) {
    rc = add_known(tk, p);
    if (rc != VK_OK) break;
    rc = add_token(tk, p);
    if (rc == 0) break;
    if (rc > 0) rc = VK_OK;
  }
  if (rc == VK_OK) rc = put_unit(&tk->units, VK_UNIT_PASSAGE);
  p->sentences += p->syllables > p->before;
  return rc;
}


int vk_tokenizer_add (vk_tokenizer *tk, const char *text, size_t n, size_t *first_unit,
                      vk_text_size *size) {
  passage p = { .syllables = 0 };
  size_t before = tk->units.len;
  int rc;
  vk_token_scan_start(&p.scan, text, n);
  rc = add_passage(tk, &p);
  if (rc != VK_OK) {
    tk->units.len = before;
    return rc;
  }
  *first_unit = (before > 0) ? before / 2 : 1;
  size->syllables = p.syllables;
  size->sentences = p.sentences;
  tk->size.syllables += p.syllables;
  tk->size.sentences += p.sentences;
  return VK_OK;
}


const vk_buf *vk_tokenizer_stream (vk_tokenizer *tk, vk_text_size *size) {
  if (tk->units.len == 0 && put_unit(&tk->units, VK_UNIT_PASSAGE) != VK_OK) return NULL;
  *size = tk->size;
  return &tk->units;
}


void vk_tokenizer_clear_stream (vk_tokenizer *tk) {
  tk->units.len = 0;
  tk->size.syllables = tk->size.sentences = 0;
}


/* The id of a token that must be a type; its form is left in `form`. */
static int known_type (const vk_tokenizer *tk, const char *s, const vk_token *token, vk_buf *form,
                       uint32_t *id) {
  const vk_types_entry *e;
  int rc;
  form->len = 0;
  rc = vk_token_form(s, token, form);
  if (rc != VK_OK) return rc;
  e = vk_types_find(&tk->types, form->data, form->len);
  if (e == NULL) return VK_ERR_NOT_FOUND;
  *id = e->id;
  return VK_OK;
}


int vk_tokenizer_encode (const vk_tokenizer *tk, const char *phrase, size_t n, vk_buf *units,
                         vk_buf *missing) {
  vk_token_scan scan;
  vk_token token;
  size_t before = units->len;
  int rc;
  vk_token_scan_start(&scan, phrase, n);
  while ((rc = vk_token_next(&scan, &token)) > 0) {
    uint32_t id = 0;
    rc = known_type(tk, phrase, &token, missing, &id);
    if (rc == VK_OK) rc = put_unit(units, id);
    if (rc != VK_OK) break;
  }
  if (rc != VK_OK) units->len = before;
  return rc;
}


static int spans_of (const vk_tokenizer *tk, const char *text, size_t n, vk_buf *spans,
                     vk_buf *form) {
  vk_token_scan scan;
  vk_token token;
  int rc;
  vk_token_scan_start(&scan, text, n);
  while ((rc = vk_token_next(&scan, &token)) > 0) {
    vk_span span = { token.from, token.to };
    uint32_t id = VK_UNIT_SENTENCE;
    if (!token.ends_sentence) rc = known_type(tk, text, &token, form, &id);
    if (rc >= 0) rc = vk_buf_append(spans, &span, sizeof(span));
    if (rc == VK_OK && id >= VK_PAIR_LEAD) rc = vk_buf_append(spans, &span, sizeof(span));
    if (rc != VK_OK) break;
  }
  return rc;
}


int vk_tokenizer_spans (const vk_tokenizer *tk, const char *text, size_t n, vk_buf *spans) {
  vk_buf form = { 0 };
  size_t before = spans->len;
  int rc = spans_of(tk, text, n, spans, &form);
  if (rc != VK_OK) spans->len = before;
  vk_buf_free(&form);
  return rc;
}


int vk_tokenizer_kind (const vk_tokenizer *tk, uint32_t id) {
  return vk_types_kind(&tk->types, id);
}


size_t vk_tokenizer_fresh (const vk_tokenizer *tk) {
  return tk->types.n - tk->reported;
}


vk_token_type vk_tokenizer_fresh_type (const vk_tokenizer *tk, size_t i) {
  const vk_types_entry *e = &tk->types.entries[tk->reported + i];
  return (vk_token_type){ tk->types.forms.data + e->at, e->n, e->id, (enum vk_token_kind)e->kind };
}


void vk_tokenizer_reported (vk_tokenizer *tk) {
  tk->reported = tk->types.n;
}


uint32_t vk_tokenizer_next_id (const vk_tokenizer *tk) {
  return tk->types.next_id;
}


int vk_tokenizer_rollback (vk_tokenizer *tk, uint32_t next_id) {
  vk_types_cut(&tk->types, next_id);
  if (tk->reported > tk->types.n) tk->reported = tk->types.n;
  vk_surface_free(&tk->surface);
  memset(tk->ascii, 0, sizeof(tk->ascii));
  vk_tokenizer_clear_stream(tk);
  return VK_OK;
}
