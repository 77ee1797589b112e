/*
** UTF-8, one character at a time, and the few classes of characters that text
** files share.  Private to host/text*.c and host/tokenizer.c.
*/

#ifndef vk_text_utf8_h
#define vk_text_utf8_h

#include <stddef.h>
#include <stdint.h>
#include <utf8proc.h>

#include "vk.h"

#define VK_CHAR_MAX 4           /* bytes of the longest character */


static inline int vk_utf8_tail (uint8_t b) {
  return (b & 0xC0) == 0x80;
}


static inline size_t vk_utf8_tails (const uint8_t *p, size_t want) {
  size_t i = 0;
  while (i < want && vk_utf8_tail(p[i])) i++;
  return i;
}


/*
** Read the character at p, with n > 0 bytes left.  How many bytes it takes, or 0
** when they are no UTF-8 (cut, overlong, a surrogate, beyond U+10FFFF).
*/
static inline size_t vk_utf8_read (const uint8_t *p, size_t n, uint32_t *c) {
  uint8_t b = p[0];
  if (b < 0x80) { *c = b; return 1; }
  if (b < 0xC2 || b > 0xF4) return 0;
  if (b < 0xE0) {
    if (n < 2 || vk_utf8_tails(p + 1, 1) < 1) return 0;
    *c = (uint32_t)(b & 0x1F) << 6 | (p[1] & 0x3F);
    return 2;
  }
  if (b < 0xF0) {
    if (n < 3 || vk_utf8_tails(p + 1, 2) < 2) return 0;
    *c = (uint32_t)(b & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    return (*c < 0x800 || (*c >= 0xD800 && *c < 0xE000)) ? 0 : 3;
  }
  if (n < 4 || vk_utf8_tails(p + 1, 3) < 3) return 0;
  *c = (uint32_t)(b & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
       (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
  return (*c < 0x10000 || *c > 0x10FFFF) ? 0 : 4;
}


/* Write a character; how many bytes it takes. */
static inline size_t vk_utf8_write (uint32_t c, char out[VK_CHAR_MAX]) {
  if (c < 0x80) {
    out[0] = (char)c;
    return 1;
  }
  if (c < 0x800) {
    out[0] = (char)(0xC0 | c >> 6);
    out[1] = (char)(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | c >> 18);
  out[1] = (char)(0x80 | (c >> 12 & 0x3F));
  out[2] = (char)(0x80 | (c >> 6 & 0x3F));
  out[3] = (char)(0x80 | (c & 0x3F));
  return 4;
}


static inline int vk_buf_char (vk_buf *b, uint32_t c) {
  char bytes[VK_CHAR_MAX];
  return vk_buf_append(b, bytes, vk_utf8_write(c, bytes));
}


/* White space, no-break spaces too. */
static inline int vk_is_space (uint32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}


static inline int vk_is_nbsp (uint32_t c) {
  return c == 0xA0 || c == 0x202F;
}


/* Soft hyphen, zero-width and direction marks, byte order mark: seen by nobody. */
static inline int vk_is_invisible (uint32_t c) {
  if (c < 0x2000) return c == 0xAD || c == 0x61C || c == 0x180E;
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}


static inline int vk_is_control (uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0);
}


/* Does it belong to the character before it: a combining mark, a trailing jamo? */
static inline int vk_is_extending (uint32_t c) {
  utf8proc_category_t k;
  if (c < 0x300) return 0;
  if (c < 0x370) return 1;
  if (c >= 0x1160 && c < 0x1200) return 1;
  if (c >= 0x1E00 && c < 0x1F00) return 0;
  k = utf8proc_category((utf8proc_int32_t)c);
  return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_MC || k == UTF8PROC_CATEGORY_ME;
}


/* Letters that only look like Vietnamese ones; others come back as they are. */
static inline uint32_t vk_vietnamese_letter (uint32_t c) {
  switch (c) {
    case 0xD0: case 0x189: return 0x110;      /* Ð, Ɖ: Đ */
    case 0xF0: case 0x256: return 0x111;      /* ð, ɖ: đ */
    case 0x1A2: return 0x1AF;                 /* Ƣ: Ư */
    case 0x1A3: return 0x1B0;                 /* ƣ: ư */
    default: return c;
  }
}


enum vk_char_class { VK_CHAR_OTHER, VK_CHAR_LETTER, VK_CHAR_DIGIT };

static inline int vk_is_raised_digit (uint32_t c) {
  return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0x2070 && c < 0x2090);
}


/*
** Letters make syllables, decimal digits numbers.  Numerals that are read as words
** (Ⅷ, ¼) count as letters; raised digits do not: "m²", "vực³" end before them.
*/
static inline enum vk_char_class vk_char_class (uint32_t c) {
  if (c < 0x80) {
    if (c - '0' < 10) return VK_CHAR_DIGIT;
    return ((c | 0x20) - 'a' < 26) ? VK_CHAR_LETTER : VK_CHAR_OTHER;
  }
  switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM: case UTF8PROC_CATEGORY_LO: case UTF8PROC_CATEGORY_NL:
      return VK_CHAR_LETTER;
    case UTF8PROC_CATEGORY_NO:
      return vk_is_raised_digit(c) ? VK_CHAR_OTHER : VK_CHAR_LETTER;
    case UTF8PROC_CATEGORY_ND: return VK_CHAR_DIGIT;
    default: return VK_CHAR_OTHER;
  }
}


/*
** Bytes at the start of s that need no work at all: UTF-8 in NFC, of letters
** that Vietnamese uses, common punctuation, single spaces.  What follows the
** run may still combine with its last character.  *space: 1 when s follows a
** space (or nothing) that another must not follow; set to whether the run ends
** in one.  At a rate of about 1.5 GB/s.
*/
size_t vk_text_plain_run (const uint8_t *s, size_t n, int *space);

/* Bytes at the start of s that are whole characters of UTF-8 and no zero byte, as far as a
   quick look tells; what follows may be as good. */
size_t vk_text_good (const uint8_t *s, size_t n);

#endif
