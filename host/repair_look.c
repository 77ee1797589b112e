/*
** The quick pass that most documents are done with: could anything be damaged?
** Sixteen bytes at a time; it may see too much, never too little of what it names.
*/

#include "repair_parts.h"

#include <string.h>

#define LINES_ENOUGH 12

#if defined(__SSE2__)

#include <emmintrin.h>

#define BLOCK 16
/* Bytes looked at behind a block. */
#define BEHIND 16
/* Letters without marks between two vowels that have some. */
#define GLUE_LETTERS 5


static int mask (__m128i v) { return _mm_movemask_epi8(v); }

static __m128i is (__m128i v, char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); }

/* Unsigned: from <= byte <= to. */
static __m128i within (__m128i v, uint8_t from, uint8_t to) {
  __m128i low = _mm_max_epu8(v, _mm_set1_epi8((char)from));
  __m128i both = _mm_min_epu8(low, _mm_set1_epi8((char)to));
  return _mm_cmpeq_epi8(both, v);
}


/* Runs of small consonants, one or two, with a space on each side, from a space at p. */
static int has_consonants (const char *p, int spaces) {
  while (spaces != 0) {
    int i = __builtin_ctz((unsigned)spaces);
    const char *w = p + i + 1;
    size_t n = (w[1] == ' ') ? 1 : 2;
    spaces &= spaces - 1;
    if ((uint8_t)w[0] == 0xC4 && (uint8_t)w[1] == 0x91) return 1;
    if (memchr("bcdghklmnpqrstvx", w[0], 16) == NULL || (p[i - 1] >= '0' && p[i - 1] <= '9'))
      continue;
    if (n == 1 || memchr("ghr", w[1], 3) != NULL) return 1;
  }
  return 0;
}


/* What the bytes of a block are, a bit each: tails of characters, their leads, small or
   capital ASCII letters, and consonants among these. */
typedef struct kinds { uint32_t tails, leads, letters, consonants; } kinds;

static kinds kinds_at (const char *p) {
  __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
  __m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
  __m128i vowels = _mm_or_si128(_mm_or_si128(_mm_or_si128(is(low, 'a'), is(low, 'e')),
                                             _mm_or_si128(is(low, 'i'), is(low, 'o'))),
                                _mm_or_si128(is(low, 'u'), is(low, 'y')));
  kinds k;
  k.letters = (uint32_t)mask(within(low, 'a', 'z'));
  k.consonants = k.letters & ~(uint32_t)mask(vowels);
  k.tails = (uint32_t)mask(within(v, 0x80, 0xBF));
  k.leads = (uint32_t)mask(within(v, 0xC3, 0xEF));
  return k;
}


/* A vowel with a mark, consonants, and another one: no syllable has both.  `k` is the
   block at hand, `last` the one before it. */
static int has_glue (kinds last, kinds k) {
  uint32_t letters = last.letters | k.letters << BLOCK, leads = last.leads | k.leads << BLOCK;
  uint32_t run = (last.tails | k.tails << BLOCK) << 1 & (last.consonants | k.consonants << BLOCK);
  int i;
  for (i = 0; i < GLUE_LETTERS && run != 0; i++) {
    if (run << 1 & leads) return 1;
    run = run << 1 & letters;
  }
  return 0;
}


static unsigned look_at_block (const char *p) {
  const __m128i a = _mm_loadu_si128((const __m128i *)(const void *)p);
  const __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(p + 1));
  const __m128i c = _mm_loadu_si128((const __m128i *)(const void *)(p + 2));
  const __m128i d = _mm_loadu_si128((const __m128i *)(const void *)(p + 3));
  const __m128i space = is(a, ' '), feed = is(b, '\n');
  const __m128i stop = _mm_or_si128(_mm_or_si128(is(b, ','), is(b, '.')), within(b, ':', ';'));
  int words = mask(_mm_and_si128(space, _mm_or_si128(is(c, ' '), is(d, ' '))));
  unsigned seen = 0;
  if (words != 0 && has_consonants(p, words)) seen |= VK_LOOK_CONSONANTS;
  if (mask(_mm_and_si128(space, stop))) seen |= VK_LOOK_SPACE;
  if (mask(_mm_and_si128(space, is(b, (char)0xCC)))) seen |= VK_LOOK_MARK;
  if (mask(_mm_and_si128(_mm_or_si128(within(a, 'a', 0xFF), is(a, '"')), within(b, '1', '9'))))
    seen |= VK_LOOK_DIGIT;
  if (mask(_mm_and_si128(is(a, '-'), feed))) seen |= VK_LOOK_HYPHEN;
  if (mask(_mm_and_si128(is(a, '.'), is(b, '.')))) seen |= VK_LOOK_DOTS;
  if (mask(_mm_or_si128(is(a, '\f'), _mm_and_si128(is(a, '\n'), _mm_or_si128(is(b, '#'), is(b, '<'))))))
    seen |= VK_LOOK_PAGE;
  return seen;
}


static unsigned look_at_blocks (const char *s, size_t n, size_t *lines) {
  char last[BLOCK + 1 + 2 * BLOCK] = { 0 };
  kinds before = { 0, 0, 0, 0 };
  unsigned seen = 0;
  size_t i = 1;                 /* a block may look one byte back */
  for (; i + BLOCK + BEHIND <= n; i += BLOCK) {
    kinds here = kinds_at(s + i);
    seen |= look_at_block(s + i) | (has_glue(before, here) ? VK_LOOK_GLUE : 0u);
    before = here;
    *lines += (size_t)__builtin_popcount((unsigned)mask(
        is(_mm_loadu_si128((const __m128i *)(const void *)(s + i)), '\n')));
  }
  for (i -= 1; i < n; i += BLOCK) {
    size_t left = n - i;
    kinds here;
    memset(last, ' ', sizeof(last));
    memcpy(last, s + i, left < sizeof(last) ? left : sizeof(last));
    here = kinds_at(last + 1);
    seen |= look_at_block(last + 1) | (has_glue(before, here) ? VK_LOOK_GLUE : 0u);
    before = here;
  }
  return seen;
}

#else

static unsigned look_at_blocks (const char *s, size_t n, size_t *lines) {
  (void)s;
  (void)n;
  *lines = LINES_ENOUGH;
  return ~0u & ~(unsigned)VK_LOOK_LINES;
}

#endif


unsigned vk_repair_look (const char *s, size_t n) {
  size_t lines = 0;
  unsigned seen = look_at_blocks(s, n, &lines);
  if (n > 0 && (s[0] == '#' || s[0] == '<' || s[0] == '\f')) seen |= VK_LOOK_PAGE;
  if (lines >= LINES_ENOUGH || n < 4096) seen |= VK_LOOK_LINES;
  return seen;
}
