/*
** Pieces of split syllables: their letters, tones, vowels and capitals.
*/

#include "repair_piece.h"

#include <string.h>

#include "letter.h"
#include "text_utf8.h"


/* One letter more of a piece. */
static void add_letter (piece *p, uint32_t c, size_t *capitals) {
  uint32_t small = (uint32_t)utf8proc_tolower((utf8proc_int32_t)(c = vk_vietnamese_letter(c)));
  enum vk_tone tone = vk_tone_of(c);
  char letter;
  if (vk_is_extending(c)) {
    p->tones += tone != VK_NGANG;
    return;
  }
  letter = vk_letter_of(small, &tone);
  p->tones += tone != VK_NGANG;
  p->vowel_last = letter != 0 && strchr("aABeEioOPuUy", letter) != NULL;
  if (p->letters == 0) p->vowel_first = p->vowel_last;
  p->vowels |= p->vowel_last;
  *capitals += small != c;
  if (p->letters <= LETTERS_MAX) p->letters++;
  if (letter == 0) p->letters = LETTERS_MAX + 1;        /* of another alphabet: never joined */
}


piece vk_piece_read (const char *s, size_t n, int *letters) {
  piece p = { .from = 0 };
  size_t at = 0, capitals = 0, first = 0, i;
  *letters = 1;
  while (at < n) {
    uint32_t c;
    size_t len = vk_utf8_read((const uint8_t *)s + at, n - at, &c);
    if (len == 0) break;
    if (vk_char_class(c) != VK_CHAR_LETTER && !vk_is_extending(c)) *letters = 0;
    add_letter(&p, c, &capitals);
    if (at == 0) first = capitals;
    at += len;
  }
  p.shape = (capitals == 0) ? LOWER : (capitals == p.letters && p.letters > 1) ? UPPER
          : (capitals == 1 && first) ? (p.letters == 1 ? ONE_CAPITAL : CAPITAL) : MIXED;
  for (i = 0; i < PIECES_MAX - 1; i++) p.joined[i] = NO_FORM;
  return p;
}


int vk_pieces_fit (const piece *a, const piece *b) {
  switch (a->shape) {
    case LOWER: case CAPITAL: return b->shape == LOWER;
    case UPPER: return b->shape == UPPER || b->shape == ONE_CAPITAL;
    case ONE_CAPITAL: return b->shape != CAPITAL && b->shape != MIXED;
    default: return 0;
  }
}
