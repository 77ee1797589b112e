/*
** The quick look at text that needs no work: a finite automaton over bytes.
** Each table row is one 64-bit word that holds, for one byte, the next state of
** all nine states; a step is a load and a shift ("shift-based DFA").
*/

#include "text_utf8.h"

/* States are shifts: multiples of 6.  S_STOP is a trap. */
enum {
  S_STOP = 0, S_SPACE = 6, S_TEXT = 12, S_C3 = 18, S_C6 = 24,
  S_E1 = 30, S_LAST = 36, S_E2 = 42, S_E280 = 48
};

#define GOES(from, to, when) ((uint64_t)((when) ? (to) : S_STOP) << (from))

/* What a byte does where a character may start. */
#define PRINTS(b) ((b) > 0x20 && (b) < 0x7F)
#define STARTS(b) \
  (PRINTS(b) ? S_TEXT : (b) == 0xC3 ? S_C3 : (b) == 0xC4 || (b) == 0xC5 ? S_LAST : \
   (b) == 0xC6 ? S_C6 : (b) == 0xE1 ? S_E1 : (b) == 0xE2 ? S_E2 : S_STOP)
#define TAIL(b) ((b) >= 0x80 && (b) < 0xC0)

/* C3: all but Ð and ð.  C6: Ơ ơ Ư ư.  E1 BA, E1 BB: U+1E80 to U+1EFF.
   E2 80: U+2013 to U+2026 without the line separators and direction marks. */
#define ROW(b) ( \
  GOES(S_SPACE, STARTS(b), 1) | \
  GOES(S_TEXT, (b) == ' ' ? S_SPACE : STARTS(b), 1) | \
  GOES(S_C3, S_TEXT, TAIL(b) && (b) != 0x90 && (b) != 0xB0) | \
  GOES(S_C6, S_TEXT, (b) == 0xA0 || (b) == 0xA1 || (b) == 0xAF || (b) == 0xB0) | \
  GOES(S_E1, S_LAST, (b) == 0xBA || (b) == 0xBB) | \
  GOES(S_LAST, S_TEXT, TAIL(b)) | \
  GOES(S_E2, S_E280, (b) == 0x80) | \
  GOES(S_E280, S_TEXT, (b) >= 0x93 && (b) <= 0xA6))

#define ROW4(b) ROW(b), ROW((b) + 1), ROW((b) + 2), ROW((b) + 3)
#define ROW16(b) ROW4(b), ROW4((b) + 4), ROW4((b) + 8), ROW4((b) + 12)
#define ROW64(b) ROW16(b), ROW16((b) + 16), ROW16((b) + 32), ROW16((b) + 48)

static const uint64_t rows[256] = { ROW64(0), ROW64(64), ROW64(128), ROW64(192) };

#define STEP(state, b) ((state) = rows[b] >> ((state) & 63))
#define WHOLE(state) (((state) & 63) == S_TEXT || ((state) & 63) == S_SPACE)


size_t vk_text_plain_run (const uint8_t *s, size_t n, int *space) {
  uint64_t state = *space ? S_SPACE : S_TEXT;
  size_t i = 0, good;
  for (; n - i >= 8; i += 8) {          /* eight at a time until one stops */
    const uint8_t *p = s + i;
    uint64_t next = state;
    STEP(next, p[0]); STEP(next, p[1]); STEP(next, p[2]); STEP(next, p[3]);
    STEP(next, p[4]); STEP(next, p[5]); STEP(next, p[6]); STEP(next, p[7]);
    if ((next & 63) == S_STOP) break;
    state = next;
  }
  good = i;
  if (!WHOLE(state)) {                  /* in the middle of a character: back to its start */
    while (vk_utf8_tail(s[good - 1])) good--;
    good--;
  }
  for (; i < n && (state & 63) != S_STOP; i++) {
    STEP(state, s[i]);
    if (WHOLE(state)) good = i + 1;
  }
  if (good > 0) *space = s[good - 1] == ' ';
  return good;
}
