/*
** Can these letters be one Vietnamese syllable?  A rule of spelling over onset,
** rime and tone, no list of words: what it refuses is damage, another language or
** an abbreviation; what it accepts need not be a word.
*/

#ifndef vk_syllable_h
#define vk_syllable_h

#include <stddef.h>

/*
** 1 when s[0, n), UTF-8 in any normal form and any case, is spelled as a syllable
** is, with either placement of the tone; else 0.  Letters that only look like Đ and Ư
** count as these.
*/
int vk_syllable_valid (const char *s, size_t n);

#endif
