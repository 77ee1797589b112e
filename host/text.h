/*
** Vietnamese text: normal forms, folding, cleaning with a map back to the
** original, width on a terminal, order in a dictionary.  Everything takes and
** gives UTF-8 as pointer and length; nothing here knows tokens, Lua or SQLite.
**
** Functions that write append to `out` and return VK_OK or a negative status;
** after a failure `out` has the length it had before.  Input that is not UTF-8
** is VK_ERR_BAD_INPUT; vk_text_check says where and why.
*/

#ifndef vk_text_h
#define vk_text_h

#include <stddef.h>
#include <stdint.h>

#include "moves.h"
#include "vk.h"

/*
** Is it UTF-8 without a zero byte?  VK_OK, or VK_ERR_BAD_INPUT with the offset
** of the first wrong byte in *at_byte (from 0) and *reason (borrowed, static).
** Either pointer may be NULL.
*/
int vk_text_check (const char *s, size_t n, size_t *at_byte, const char **reason);

/* NFC.  Returns 1 when it differs from the input, VK_OK (0) when it does not. */
int vk_text_nfc (const char *s, size_t n, vk_buf *out);

/* NFC with simple case mapping. */
int vk_text_lower (const char *s, size_t n, vk_buf *out);
int vk_text_upper (const char *s, size_t n, vk_buf *out);

/*
** The form that is compared: cleaned as by vk_text_clean, lower case, one tone
** placement (hòa, hóa, ủy become hoà, hoá, uỷ).  Marks are never dropped.
*/
int vk_text_fold (const char *s, size_t n, vk_buf *out);

/* Folded, then without any mark: "đối ngoại" becomes "doi ngoai".  Only for searching. */
int vk_text_bare (const char *s, size_t n, vk_buf *out);

/*
** 1 when the folded needle stands in the folded haystack and begins and ends
** where a syllable or number does; 0 when not.  An empty needle stands in
** everything.  With `bare` marks are ignored too.
*/
int vk_text_matches (const char *hay, size_t nhay, const char *needle, size_t nneedle, int bare);

/*
** Bytes that sort (memcmp, shorter first) as a Vietnamese dictionary does:
** syllable by syllable, letters a ă â b c d đ e ê … first, then tones ngang
** huyền hỏi ngã sắc nặng; numbers by value.  Equal only for equal NFC texts.
*/
int vk_text_collate_key (const char *s, size_t n, vk_buf *out);

/* <0, 0, >0 as for memcmp of the keys; *failed is set when memory ran out. */
int vk_text_collate (const char *a, size_t na, const char *b, size_t nb, int *failed);

/* Columns on a terminal; control characters and combining marks take none. */
size_t vk_text_width (const char *s, size_t n);

/*
** How many bytes of `s` fit into `columns`, ending between grapheme clusters.
** *used: the columns they take (may be NULL).
*/
size_t vk_text_fit (const char *s, size_t n, size_t columns, size_t *used);

/* What vk_text_clean did, counted. */
typedef struct vk_clean_counts {
  size_t nfc;             /* characters recomposed */
  size_t eth;             /* Ð, ð, Ɖ, Ƣ, ƣ made Đ, đ, Ư, ư */
  size_t nbsp;            /* no-break spaces made spaces */
  size_t joined;          /* fragments joined by a space */
  size_t zero_width;      /* soft hyphens, zero-width and direction marks, BOMs dropped */
  size_t white_space;     /* runs of white space longer than one, or other than a space */
  size_t control;         /* control characters dropped */
} vk_clean_counts;

/*
** The text of one passage out of an original.  `fragments` holds n_fragments
** pairs (start, stop) of byte offsets into the original, stop exclusive,
** ascending; a space joins them, unless what lies between is markup without white
** space.  `text` gets NFC text without leading, trailing or double white space.
** `map` gets the way back, or nothing when every offset of the text is the
** original's less the first start.  VK_ERR_USAGE for fragments that do not ascend
** or leave the original; VK_ERR_BAD_INPUT with *at_byte (offset into the original,
** may be NULL).  Where `original` is a repaired text, `moves` leads on to the real
** one (moves.h), and the map with it; else it is NULL.
*/
int vk_text_clean (const char *original, size_t n, const size_t *fragments, size_t n_fragments,
                   const vk_moves *moves, vk_buf *text, vk_buf *map, vk_clean_counts *counts,
                   size_t *at_byte);

/*
** Where in the original the character at an offset of the text starts (for the
** offset just after the text: where the last one ended).  `map` may be NULL or
** empty; `start` is the first fragment's start.  VK_OK, or VK_ERR_INTEGRITY for a
** map that cannot be read.
*/
int vk_text_original_offset (const void *map, size_t nmap, size_t start, size_t offset,
                             size_t *original);

/* Where in the original the character before an offset of the text ended: what lies
   between it and the next one (markup, a page header) is not counted in. */
int vk_text_original_stop (const void *map, size_t nmap, size_t start, size_t offset,
                           size_t *original);

#endif
