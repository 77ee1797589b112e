/*
** A run of letters that may be a piece of a split syllable.  Private to repair_split.c
** and repair_piece.c.
*/

#ifndef vk_repair_piece_h
#define vk_repair_piece_h

#include <stddef.h>
#include <stdint.h>

/* Pieces of one syllable at most; letters of the longest. */
#define PIECES_MAX 7
#define LETTERS_MAX 7
#define NO_FORM UINT32_MAX

enum shape { LOWER, CAPITAL, UPPER, ONE_CAPITAL, MIXED };

typedef struct piece {
  size_t from, to;
  uint32_t form;          /* an entry of `forms` */
  uint32_t joined[PIECES_MAX - 1];  /* of this piece and the next ones; NO_FORM: none */
  uint8_t shape, letters, tones, vowels, vowel_first, vowel_last;
  uint8_t linked;         /* may go on in the next piece */
  uint8_t unit;           /* pieces of the unit that begins here; 0: in another's */
} piece;

/* What s[0, n) is like; *letters: it is letters and nothing else. */
piece vk_piece_read (const char *s, size_t n, int *letters);

/* Do the capitals of b behind a fit one word? */
int vk_pieces_fit (const piece *a, const piece *b);

#endif
