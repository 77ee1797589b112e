/*
** A Vietnamese letter taken apart: its place in the alphabet and its tone.  A
** letter of the alphabet is one byte here: ă â ê ô ơ ư đ are written
** A B E O P U D, so that tables of rimes stay plain strings.
*/

#ifndef vk_letter_h
#define vk_letter_h

#include <stdint.h>

/* The tones as dictionaries order them; ngang is not written. */
enum vk_tone { VK_NGANG, VK_HUYEN, VK_HOI, VK_NGA, VK_SAC, VK_NANG };

/* The letter of `c`, a lower-case character in NFC, or 0 when it is none; *tone. */
char vk_letter_of (uint32_t c, enum vk_tone *tone);

/* The letter that `letter` becomes under a detached mark (ê of e and U+0302), or 0. */
char vk_letter_marked (char letter, uint32_t mark);

/* The tone of a detached mark, or VK_NGANG. */
enum vk_tone vk_tone_of (uint32_t mark);

#endif
