/*
** The quick pass that most documents are done with: could anything be damaged?  It
** compares neighbours, 32 bytes at a time and without branches, and may see too much.
*/

#include "repair_parts.h"

#include <string.h>

/* Bytes looked at before and behind each byte. */
#define BEFORE 1
#define BEHIND 4

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
#define CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CLONES
#endif

/* Vectors of the compiler: comparing gives bytes of all ones or none. */
#define WIDTH 32
typedef uint8_t bytes __attribute__((vector_size(WIDTH)));

#define LOAD(v, p) bytes v; memcpy(&v, (p), WIDTH)
#define IS(v, c) ((bytes)((v) == (uint8_t)(c)))
#define LESS(v, c) ((bytes)((v) < (uint8_t)(c)))
#define LETTER(v) LESS((v) - (uint8_t)'a', 26)
#define CAPITAL(v) LESS((v) - (uint8_t)'A', 26)
#define VOWEL(v) (IS(v, 'a') | IS(v, 'e') | IS(v, 'i') | IS(v, 'o') | IS(v, 'u') | IS(v, 'y'))
#define LEAD(v) ((bytes)((v) > (uint8_t)0xBF))
/* The second letter of ch, gh, kh, ng, nh, ph, th, tr. */
#define SECOND(v) (IS(v, 'h') | IS(v, 'g') | IS(v, 'r'))
/* Vowels that stand alone rightly: "y tế", "từ a đến b". */
#define STANDS(v) (IS(v, 'a') | IS(v, 'y'))
/* What a lone letter may stand before. */
#define ENDS(v) (IS(v, ' ') | IS(v, ',') | IS(v, '.'))
/* , . : ; */
#define STOP(v) (IS((v) | (uint8_t)2, '.') | IS((v) | (uint8_t)1, ';'))

/* What was seen: not all 0 where it was. */
typedef struct seen { bytes consonants, glue, space, digit, dots; } seen;


/* Look at the WIDTH bytes at each of n places from s on.  BEFORE bytes before them and
   BEHIND behind them can be read. */
CLONES
static void look (const uint8_t *s, size_t n, seen *out) {
  seen x = *out;
  size_t i;
  for (i = 0; i < n; i += WIDTH) {
    LOAD(before, s + i - 1);
    LOAD(b, s + i);
    LOAD(next, s + i + 1);
    LOAD(third, s + i + 2);
    LOAD(fourth, s + i + 3);
    LOAD(fifth, s + i + 4);
    const bytes behind_space = IS(before, ' '), consonant = LETTER(b) & ~VOWEL(b);
    const bytes rest = LEAD(next) | (LETTER(next) & (LEAD(third) | (LETTER(third) &
                       (LEAD(fourth) | (LETTER(fourth) & LEAD(fifth))))));
    x.consonants |= behind_space & ((LETTER(b) & ~STANDS(b) & ENDS(next)) |
                    (consonant & SECOND(next) & (IS(third, ' ') |
                                                 (IS(third, 'h') & IS(fourth, ' ')))) |
                    (IS(b, 0xC4) & IS(third, ' ')) |
                    (CAPITAL(b) & IS(next, ' ') & CAPITAL(third) & IS(fourth, ' ')));
    x.glue |= ((bytes)(before > (uint8_t)0x7F) & ~LEAD(before)) & consonant & rest;
    x.space |= behind_space & STOP(b);
    x.digit |= ((bytes)(before >= (uint8_t)'a') | IS(before, '"')) & LESS(b - (uint8_t)'1', 9);
    x.dots |= IS(before, '.') & IS(b, '.');
  }
  *out = x;
}


static int any (const bytes *v) {
  size_t i;
  int found = 0;
  for (i = 0; i < WIDTH; i++) found |= (*v)[i];
  return found;
}


/* The edges, with spaces around the text. */
static void look_at_edge (const char *s, size_t n, size_t from, seen *out) {
  uint8_t padded[BEFORE + WIDTH + BEHIND];
  size_t i;
  for (i = 0; i < sizeof(padded); i++) {
    size_t at = from + i;
    padded[i] = (at >= BEFORE && at - BEFORE < n) ? (uint8_t)s[at - BEFORE] : ' ';
  }
  look(padded + BEFORE, WIDTH, out);
}


unsigned vk_repair_look (const char *s, size_t n) {
  seen x = { 0 };
  size_t at = BEFORE;
  look_at_edge(s, n, 0, &x);
  if (n > BEFORE + WIDTH + BEHIND) {
    size_t stretch = (n - BEFORE - BEHIND) / WIDTH * WIDTH;
    look((const uint8_t *)s + at, stretch, &x);
    at += stretch;
  }
  for (; at < n; at += WIDTH) look_at_edge(s, n, at, &x);
  return (any(&x.consonants) ? VK_LOOK_CONSONANTS : 0u) | (any(&x.glue) ? VK_LOOK_GLUE : 0u) |
         (any(&x.space) ? VK_LOOK_SPACE : 0u) | (any(&x.digit) ? VK_LOOK_DIGIT : 0u) |
         (any(&x.dots) ? VK_LOOK_DOTS : 0u);
}
