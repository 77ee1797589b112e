/*
** Which letters make a syllable: an onset, a rime that may stand behind it, a tone
** that the rime bears.  Letters are written as in letter.h.  Without an onset only
** those rimes and tones stand that some word has: a broken-off "ển" is none.
*/

#include "syllable.h"

#include <stdint.h>
#include <string.h>

#include "letter.h"
#include "text_utf8.h"

/* nghiêng is the longest. */
#define LETTERS_MAX 7

typedef struct syllable {
  char letters[LETTERS_MAX + 1];
  size_t n;
  enum vk_tone tone;
} syllable;

/* Lists are sorted as strcmp sorts, for a search by halves. */
static const char *const onsets[] = {
  "D", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p",
  "ph", "q", "r", "s", "t", "th", "tr", "v", "x"
};

static const char *const rimes[] = {
  "Ac", "Am", "An", "Ang", "Ap", "At", "Bc", "Bm", "Bn", "Bng", "Bp", "Bt", "Bu", "By", "E", "Ec",
  "Ech", "Em", "En", "Eng", "Enh", "Ep", "Et", "Eu", "O", "Oc", "Oi", "Om", "On", "Ong", "Op", "Ot",
  "P", "Pi", "Pm", "Pn", "Pp", "Pt", "U", "UPc", "UPi", "UPm", "UPn", "UPng", "UPp", "UPt", "UPu",
  "Ua", "Uc", "Ui", "Um", "Un", "Ung", "Ut", "Uu", "a", "ac", "ach", "ai", "am", "an", "ang", "anh",
  "ao", "ap", "at", "au", "ay", "e", "ec", "em", "en", "eng", "eo", "ep", "et", "i", "iEc", "iEm",
  "iEn", "iEng", "iEp", "iEt", "iEu", "ia", "ich", "im", "in", "inh", "ip", "it", "iu", "o", "oAc",
  "oAm", "oAn", "oAng", "oAt", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao",
  "oap", "oat", "oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong",
  "op", "ot", "u", "uBn", "uBng", "uBt", "uBy", "uE", "uEch", "uEnh", "uOc", "uOi", "uOm", "uOn",
  "uOng", "uOt", "uP", "ua", "uc", "ui", "um", "un", "ung", "up", "ut", "uy", "uyEn", "uyEt", "uya",
  "uych", "uyn", "uynh", "uyp", "uyt", "uyu", "y", "yEm", "yEn", "yEng", "yEt", "yEu"
};

/* Glides that no lip sound bears, but in a few borrowed words. */
static const char *const glides[] = {
  "oAc", "oAm", "oAn", "oAng", "oAt", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh",
  "oao", "oap", "oat", "oay", "oe", "oen", "oeo", "oet", "uBn", "uBng", "uBt", "uBy", "uE", "uEch",
  "uEnh", "uP", "uy", "uyEn", "uyEt", "uya", "uych", "uyn", "uynh", "uyp", "uyt", "uyu"
};

static const char *const lip_words[] = { "buyt", "phuy", "voan" };

/* Behind q, besides u itself. */
static const char *const behind_q[] = {
  "uAc", "uAm", "uAn", "uAng", "uAp", "uAt", "uBc", "uBn", "uBng", "uBt", "uBu", "uBy", "uE",
  "uEch", "uEn", "uEnh", "uEt", "uEu", "uOc", "uP", "ua", "uac", "uach", "uai", "uam", "uan",
  "uang", "uanh", "uao", "uap", "uat", "uau", "uay", "ue", "uen", "ueo", "uet", "ui", "uit", "uy",
  "uyEn", "uyEt", "uych", "uynh", "uyt"
};

/* Without an onset: rimes with the digits of their tones, in the order of vk_tone. */
static const char alone[] =
  " a01245 ac4 ach45 ai024 am024 an04 ang04 anh024 ao0124 ap4 at45 au4 ay4"
  " Ac4 Am03 An0 Ang02 Ap4 At4 Bm0124 Bn024 Bp45 Bt4 Bu024 By4"
  " e0245 ec4 em04 en4 eo014 ep45 et5 E0245 Ech4 Em04 i0145 ia2 ich4 im02 in0 inh0 it4 iu2"
  " o014 oc4 oi024 om014 on0 ong0124 op45 ot4 oa014 oac4 oach4 oai024 oan024 oang02 oanh012"
  " oat4 oAm0 oAn1 oAng2 oAt4 oe05 O0124 Oc4 Oi024 Om04 On012 Ong04 Op4 P01245 Pi04 Pm13 Pn04 Pt4"
  " u0124 ua1 uc45 ui2 um01 un12 ung0124 up45 ut4 uBn2 uBt4 uE24 uy024 uych5 uyEn02"
  " uOm0 uOn4 uOng04 U0145 Ua04 Uc45 Ung024 Uu0 UPc4 UPm04 UPn03 UPng0 UPp4 UPt4"
  " y024 yEm24 yEn04 yEng2 yEt4 yEu024 ";


#define AMONG(list, word, n) is_among(list, sizeof(list) / sizeof(list[0]), word, n)

static int is_among (const char *const *list, size_t n_list, const char *word, size_t n) {
  size_t low = 0, high = n_list;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    int order = strncmp(list[mid], word, n);
    if (order == 0) order = list[mid][n] != '\0';
    if (order == 0) return 1;
    if (order < 0) low = mid + 1;
    else high = mid;
  }
  return 0;
}


/* One more character of a syllable; 0 when it cannot belong to one. */
static int take (syllable *y, uint32_t c) {
  enum vk_tone tone = vk_tone_of(c);
  char letter = 0;
  c = vk_vietnamese_letter(c);
  if (tone == VK_NGANG && y->n > 0) letter = vk_letter_marked(y->letters[y->n - 1], c);
  if (letter != 0) y->letters[y->n - 1] = letter;
  else if (tone == VK_NGANG) {
    letter = vk_letter_of((uint32_t)utf8proc_tolower((utf8proc_int32_t)c), &tone);
    if (letter == 0 || y->n == LETTERS_MAX) return 0;
    y->letters[y->n++] = letter;
  }
  if (tone == VK_NGANG) return 1;
  if (y->tone != VK_NGANG) return 0;
  y->tone = tone;
  return 1;
}


static int read_letters (syllable *y, const char *s, size_t n) {
  size_t at = 0;
  memset(y, 0, sizeof(*y));
  while (at < n) {
    uint32_t c;
    size_t len = vk_utf8_read((const uint8_t *)s + at, n - at, &c);
    if (len == 0 || !take(y, c)) return 0;
    at += len;
  }
  return y->n > 0;
}


/* What ends in c, ch, p or t is said short: sắc or nặng. */
static int bears (const char *rime, size_t n, enum vk_tone tone) {
  char last = rime[n - 1];
  int stops = n > 1 && (last == 'c' || last == 'p' || last == 't' ||
                        (last == 'h' && rime[n - 2] == 'c'));
  return !stops || tone == VK_SAC || tone == VK_NANG;
}


static int stands_alone (const syllable *y) {
  const char *p = alone;
  while ((p = strchr(p, ' ')) != NULL && *++p != '\0') {
    if (strncmp(p, y->letters, y->n) != 0) continue;
    for (p += y->n; *p >= '0' && *p <= '9'; p++) if (*p - '0' == (int)y->tone) return 1;
  }
  return 0;
}


static int in_front (char letter) {
  return letter == 'i' || letter == 'e' || letter == 'E' || letter == 'y';
}


/* c, g, ng are written k, gh, ngh before i, e, ê; gi and y have their own ways. */
static int is_spelled (const char *onset, size_t n, const char *rime, size_t n_rime) {
  int front = in_front(rime[0]);
  if (onset[0] == 'k' && n == 1) return front;
  if (memcmp(onset, "gh", n) == 0 && n == 2) return front && rime[0] != 'y';
  if (n == 3) return front && rime[0] != 'y';                           /* ngh */
  if (memcmp(onset, "gi", n) == 0 && n == 2) return strchr("iEy", rime[0]) == NULL;
  if (rime[0] == 'y') return n_rime == 1 && strchr("hlmstv", onset[0]) != NULL && n <= 2;
  if (onset[0] == 'c' && n == 1) return !front && !AMONG(glides, rime, n_rime);
  if (memcmp(onset, "ng", n) == 0 && n == 2) return !front;
  if (onset[0] == 'g' && n == 1) return rime[0] == 'i' || !front;
  return 1;
}


static int is_lip (const char *onset, size_t n) {
  return (n == 1 && strchr("bmpv", onset[0]) != NULL) || (n == 2 && memcmp(onset, "ph", 2) == 0);
}


static int goes_behind (const char *onset, size_t n, const char *rime, size_t n_rime) {
  if (onset[0] == 'q') return AMONG(behind_q, rime, n_rime);
  if (!AMONG(rimes, rime, n_rime) || !is_spelled(onset, n, rime, n_rime)) return 0;
  if (!is_lip(onset, n) || !AMONG(glides, rime, n_rime)) return 1;
  return AMONG(lip_words, onset, n + n_rime);
}


int vk_syllable_valid (const char *s, size_t n) {
  syllable y;
  size_t i;
  if (!read_letters(&y, s, n)) return 0;
  for (i = 1; i <= 3 && i < y.n; i++) {
    const char *rime = y.letters + i;
    if (AMONG(onsets, y.letters, i) && goes_behind(y.letters, i, rime, y.n - i) &&
        bears(rime, y.n - i, y.tone)) return 1;
  }
  return stands_alone(&y);
}
