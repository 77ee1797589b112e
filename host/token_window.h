/*
** The tokens of a text, cut as far as somebody asks, and what is shown around some of
** them: so many tokens on either side, or their sentence.
*/

#ifndef vk_token_window_h
#define vk_token_window_h

#include <stddef.h>

#include "token_scan.h"

/* Starts as {0}; the memory is owned, the text borrowed. */
typedef struct vk_tokens {
  vk_token_scan scan;
  vk_token *all;          /* those that are cut so far */
  size_t n, cap;
  int whole;              /* these are all */
} vk_tokens;

/* Bytes of the text: [from, to) is shown and holds [first, last), the tokens asked for. */
typedef struct vk_window {
  size_t from, first, last, to;
  int before, after;      /* something is left out on that side */
} vk_window;

/* Another text; memory is kept. */
void vk_tokens_start (vk_tokens *t, const char *s, size_t n);
void vk_tokens_free (vk_tokens *t);

/*
** What is shown around the `count` > 0 tokens from the one numbered `at` (from 0): up to
** `around` tokens on either side, or the whole sentence.  VK_ERR_NOT_FOUND when the text
** has no such tokens, VK_ERR_BAD_INPUT when it is no UTF-8, VK_ERR_NOMEM.
*/
int vk_tokens_window (vk_tokens *t, size_t at, size_t count, size_t around, vk_window *w);
int vk_tokens_sentence (vk_tokens *t, size_t at, size_t count, vk_window *w);

#endif
