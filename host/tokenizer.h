/*
** From texts to streams of token ids and from phrases to the units they have in
** such streams.  A tokenizer owns the types (form -> id), which a store keeps,
** and the stream of the document at hand.
*/

#ifndef vk_tokenizer_h
#define vk_tokenizer_h

#include "token_scan.h"
#include "vk.h"

typedef struct vk_tokenizer vk_tokenizer;       /* opaque */

/* Returns new, or NULL when memory ran out. */
vk_tokenizer *vk_tokenizer_new (void);
void vk_tokenizer_free (vk_tokenizer *tk);

/*
** A type that the store knows.  VK_ERR_USAGE for an id that is reserved or beyond
** VK_TYPE_LIMIT, or when the form or the id is there already.
*/
int vk_tokenizer_load (vk_tokenizer *tk, const char *form, size_t n, uint32_t id,
                       enum vk_token_kind kind);

/* Append a passage to the stream; *first_unit: where it begins there.  New forms
   become types; VK_ERR_FULL when ids run out.  A failure leaves the stream as it was. */
int vk_tokenizer_add (vk_tokenizer *tk, const char *text, size_t n, size_t *first_unit,
                      vk_text_size *size);

/* The stream so far (borrowed until the next call) and its size.  An empty stream
   is one passage boundary; NULL when memory for it ran out. */
const vk_buf *vk_tokenizer_stream (vk_tokenizer *tk, vk_text_size *size);
void vk_tokenizer_clear_stream (vk_tokenizer *tk);

/*
** The units of a phrase; sentence ends in it count as marks.  VK_ERR_NOT_FOUND
** when a form is no type: `missing` gets the first such form.
*/
int vk_tokenizer_encode (const vk_tokenizer *tk, const char *phrase, size_t n, vk_buf *units,
                         vk_buf *missing);

typedef struct vk_span { size_t from, to; } vk_span;        /* bytes, `to` exclusive */

/* Where each unit of a passage stands in its text: appends one vk_span a unit.
   VK_ERR_NOT_FOUND when a form is no type. */
int vk_tokenizer_spans (const vk_tokenizer *tk, const char *text, size_t n, vk_buf *spans);

/* Kind of an id, or -1 when it is no type. */
int vk_tokenizer_kind (const vk_tokenizer *tk, uint32_t id);

typedef struct vk_token_type {
  const char *form;       /* borrowed until a type is added */
  size_t n;
  uint32_t id;
  enum vk_token_kind kind;
} vk_token_type;

/* Types made since the last call of vk_tokenizer_reported, in order of id. */
size_t vk_tokenizer_fresh (const vk_tokenizer *tk);
vk_token_type vk_tokenizer_fresh_type (const vk_tokenizer *tk, size_t i);
void vk_tokenizer_reported (vk_tokenizer *tk);

uint32_t vk_tokenizer_next_id (const vk_tokenizer *tk);

/* Forget the stream and all types from `next_id` on.  VK_OK or VK_ERR_NOMEM. */
int vk_tokenizer_rollback (vk_tokenizer *tk, uint32_t next_id);

#endif
