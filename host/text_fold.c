/*
** Forms of a text for comparing: case, tone placement, marks off.
*/

#include "text.h"
#include "text_utf8.h"


/*
** Room for `in` with every character mapped to another one (case, marks moved):
** none grows to more than twice its bytes.
*/
static int reserve_mapped (vk_buf *out, const vk_buf *in) {
  return vk_buf_reserve(out, 2 * in->len + VK_CHAR_MAX);
}


static void put_char (vk_buf *out, uint32_t c) {
  out->len += vk_utf8_write(c, out->data + out->len);
}


/* Map each character of NFC text. */
static int map_chars (const vk_buf *in, uint32_t (*f) (uint32_t), vk_buf *out) {
  const uint8_t *p = (const uint8_t *)in->data;
  size_t at = 0;
  if (reserve_mapped(out, in) != VK_OK) return VK_ERR_NOMEM;
  while (at < in->len) {
    uint32_t c;
    at += vk_utf8_read(p + at, in->len - at, &c);
    put_char(out, f(c));
  }
  return VK_OK;
}


static uint32_t lower_char (uint32_t c) {
  if (c < 0x80) return c + ((c - 'A' < 26) ? 32 : 0);
  if (c >= 0x1EA0 && c < 0x1F00) return c | 1;          /* Ạ, ạ, … in pairs */
  return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}


static uint32_t upper_char (uint32_t c) {
  return (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
}


static int map_case (const char *s, size_t n, uint32_t (*f) (uint32_t), vk_buf *out) {
  vk_buf nfc = { 0 };
  size_t before = out->len;
  int rc = vk_text_nfc(s, n, &nfc);
  if (rc >= 0) rc = map_chars(&nfc, f, out);
  if (rc < 0) out->len = before;
  vk_buf_free(&nfc);
  return rc;
}


int vk_text_lower (const char *s, size_t n, vk_buf *out) {
  return map_case(s, n, lower_char, out);
}


int vk_text_upper (const char *s, size_t n, vk_buf *out) {
  return map_case(s, n, upper_char, out);
}


/* Vowels by tone: huyền, sắc, hỏi, ngã, nặng. */
enum { TONES = 5 };
static const uint32_t toned_o[] = { 0xF2, 0xF3, 0x1ECF, 0xF5, 0x1ECD };
static const uint32_t toned_u[] = { 0xF9, 0xFA, 0x1EE7, 0x169, 0x1EE5 };
static const uint32_t toned_a[] = { 0xE0, 0xE1, 0x1EA3, 0xE3, 0x1EA1 };
static const uint32_t toned_e[] = { 0xE8, 0xE9, 0x1EBB, 0x1EBD, 0x1EB9 };
static const uint32_t toned_y[] = { 0x1EF3, 0xFD, 0x1EF7, 0x1EF9, 0x1EF5 };


static int tone_of (const uint32_t *vowels, uint32_t c) {
  int i;
  for (i = 0; i < TONES; i++) if (vowels[i] == c) return i;
  return -1;
}


/*
** òa, òe, ùy in lower case: move the tone to the second vowel.  Only the tone on
** the first vowel is ever moved, so "quý" stays and the slip "qúy" becomes
** "quý"; closed syllables (toàn, thuyền) never have this spelling.
*/
static void place_tone (uint32_t *first, uint32_t *second) {
  const uint32_t *to = (*second == 'a') ? toned_a : (*second == 'e') ? toned_e : toned_y;
  int i;
  if (*second == 'a' || *second == 'e') {
    if ((i = tone_of(toned_o, *first)) < 0) return;
    *first = 'o';
  }
  else if (*second == 'y') {
    if ((i = tone_of(toned_u, *first)) < 0) return;
    *first = 'u';
  }
  else return;
  *second = to[i];
}


/* Lower case and one tone placement, of clean text. */
static int fold_clean (const vk_buf *in, vk_buf *out) {
  const uint8_t *p = (const uint8_t *)in->data;
  size_t at = 0;
  uint32_t first = 0;
  if (reserve_mapped(out, in) != VK_OK) return VK_ERR_NOMEM;
  while (at < in->len) {
    uint32_t c;
    at += vk_utf8_read(p + at, in->len - at, &c);
    c = lower_char(c);
    if (first > 0x7F && c < 0x80) place_tone(&first, &c);
    if (first != 0) put_char(out, first);
    first = c;
  }
  if (first != 0) put_char(out, first);
  return VK_OK;
}


int vk_text_fold (const char *s, size_t n, vk_buf *out) {
  const size_t whole[2] = { 0, n };
  vk_clean_counts counts = { 0 };
  vk_buf clean = { 0 };
  size_t before = out->len;
  int rc = vk_text_clean(s, n, whole, 1, NULL, &clean, NULL, &counts, NULL);
  if (rc == VK_OK) rc = fold_clean(&clean, out);
  if (rc != VK_OK) out->len = before;
  vk_buf_free(&clean);
  return rc;
}


/* The letter without its marks; 0 for a mark that stands alone. */
static uint32_t bare_char (uint32_t c) {
  utf8proc_int32_t d[8];
  int bound = 0;
  if (c < 0xC0) return c;
  if (c == 0x111) return 'd';
  if (c >= 0x300 && c < 0x370) return 0;
  if (c >= 0x250 && (c < 0x1E00 || c >= 0x1F00)) return c;
  if (utf8proc_decompose_char((utf8proc_int32_t)c, d, 8, UTF8PROC_DECOMPOSE, &bound) < 1) return c;
  return (uint32_t)d[0];
}


/* A mark between two spaces leaves two, or one at an edge: folded text has neither. */
static void put_bare (vk_buf *out, size_t before, uint32_t c) {
  int at_gap = out->len == before || out->data[out->len - 1] == ' ';
  if (c != 0 && !(c == ' ' && at_gap)) put_char(out, c);
}


int vk_text_bare (const char *s, size_t n, vk_buf *out) {
  vk_buf folded = { 0 };
  size_t at = 0, before = out->len;
  int rc = vk_text_fold(s, n, &folded);
  if (rc == VK_OK) rc = reserve_mapped(out, &folded);
  while (rc == VK_OK && at < folded.len) {
    uint32_t c;
    at += vk_utf8_read((const uint8_t *)folded.data + at, folded.len - at, &c);
    put_bare(out, before, bare_char(c));
  }
  if (rc == VK_OK && out->len > before && out->data[out->len - 1] == ' ') out->len--;
  if (rc != VK_OK) out->len = before;
  vk_buf_free(&folded);
  return rc;
}
