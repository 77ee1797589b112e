/*
** A Vietnamese letter taken apart.
*/

#include "letter.h"

#include <string.h>
#include <utf8proc.h>

#define DECOMPOSED_MAX 8


enum vk_tone vk_tone_of (uint32_t mark) {
  switch (mark) {
    case 0x300: return VK_HUYEN;
    case 0x309: return VK_HOI;
    case 0x303: return VK_NGA;
    case 0x301: return VK_SAC;
    case 0x323: return VK_NANG;
    default: return VK_NGANG;
  }
}


char vk_letter_marked (char letter, uint32_t mark) {
  switch (mark) {
    case 0x306: return (letter == 'a') ? 'A' : 0;
    case 0x302: return (letter == 'a') ? 'B' : (letter == 'e') ? 'E' : (letter == 'o') ? 'O' : 0;
    case 0x31B: return (letter == 'o') ? 'P' : (letter == 'u') ? 'U' : 0;
    default: return 0;
  }
}


char vk_letter_of (uint32_t c, enum vk_tone *tone) {
  utf8proc_int32_t d[DECOMPOSED_MAX];
  int bound = 0, i, n;
  char letter;
  *tone = VK_NGANG;
  if (c < 0x80) return (c >= 'a' && c <= 'z') ? (char)c : 0;
  if (c == 0x111) return 'D';
  n = (int)utf8proc_decompose_char((utf8proc_int32_t)c, d, DECOMPOSED_MAX, UTF8PROC_DECOMPOSE,
                                   &bound);
  if (n < 2 || n > DECOMPOSED_MAX || d[0] < 'a' || d[0] > 'z') return 0;
  letter = (char)d[0];
  for (i = 1; i < n && letter != 0; i++) {
    enum vk_tone of_mark = vk_tone_of((uint32_t)d[i]);
    if (of_mark != VK_NGANG) *tone = of_mark;
    else letter = vk_letter_marked(letter, (uint32_t)d[i]);
  }
  return letter;
}
