/*
** Tokens of a text: syllables, numbers, marks, and where sentences end.  No ids
** here; host/tokenizer.h gives them.  The text should be clean (vk_text_clean).
*/

#ifndef vk_token_scan_h
#define vk_token_scan_h

#include <stddef.h>
#include <stdint.h>

#include "tokens.h"
#include "vk.h"

typedef struct vk_token {
  enum vk_token_kind kind;
  size_t from, to;        /* bytes of the text, counted from 0, `to` exclusive */
  int ends_sentence;      /* the mark that closes a sentence */
} vk_token;

typedef struct vk_token_scan {
  const uint8_t *s;       /* the text, borrowed */
  size_t n, at;
  size_t last_from, last_to;      /* the token before; equal when there was none */
} vk_token_scan;

typedef struct vk_text_size { size_t syllables, sentences; } vk_text_size;

void vk_token_scan_start (vk_token_scan *scan, const char *s, size_t n);

/* The next token: 1, 0 at the end, VK_ERR_BAD_INPUT where scan->at is no UTF-8. */
int vk_token_next (vk_token_scan *scan, vk_token *token);

/* The form that types have: syllables folded, look-alike marks made one.  Appends. */
int vk_token_form (const char *s, const vk_token *token, vk_buf *out);

/* Does the mark at [at, to) end a sentence? */
int vk_sentence_ends (const vk_token_scan *scan, size_t at, size_t to);

/*
** Count syllables and sentences.  A sentence is a stretch with a syllable in it
** up to a sentence end or the end of the text.
*/
int vk_text_measure (const char *s, size_t n, vk_text_size *size);

#endif
