/*
** Strings and numbers as Lua 5.4 writes them.
*/

#include "literal_text.h"

#include <string.h>

#include "text_utf8.h"

#define MAX_LEVEL 200           /* = signs of a long bracket */

static const char unfinished[] = "a string that does not end";


int vk_literal_long_level (vk_reader *r) {
  size_t level = 0;
  if (vk_literal_peek(r, 0) != '[') return -1;
  while (vk_literal_peek(r, 1 + level) == '=' && level < MAX_LEVEL) level++;
  if (vk_literal_peek(r, 1 + level) != '[') return -1;
  r->at += 2 + level;
  return (int)level;
}


/* Does the bracket of this level close here? */
static int closes (const vk_reader *r, size_t level) {
  size_t i;
  if (vk_literal_peek(r, 0) != ']' || vk_literal_peek(r, 1 + level) != ']') return 0;
  for (i = 0; i < level; i++) if (vk_literal_peek(r, 1 + i) != '=') return 0;
  return 1;
}


/* End the text of a node with a zero byte. */
static int finish (vk_reader *r, vk_literal_node *node) {
  node->n = r->out->texts.len - node->at;
  return vk_buf_byte(&r->out->texts, '\0');
}


int vk_literal_long (vk_reader *r, size_t from, int level, vk_literal_node *node) {
  vk_buf *texts = &r->out->texts;
  int rc = VK_OK, c = vk_literal_peek(r, 0);
  if (c == '\n' || c == '\r') vk_literal_newline(r);    /* a first line end is not part of it */
  while (rc == VK_OK && !closes(r, (size_t)level)) {
    c = vk_literal_peek(r, 0);
    if (c < 0) return vk_literal_wrong(r, from, (node != NULL) ? unfinished
                                       : "a comment that does not end", NULL);
    if (c == '\n' || c == '\r') {
      vk_literal_newline(r);
      c = '\n';
    }
    else r->at++;
    if (node != NULL) rc = vk_buf_byte(texts, (char)c);
  }
  if (rc != VK_OK) return rc;
  r->at += 2 + (size_t)level;
  return (node != NULL) ? finish(r, node) : VK_OK;
}


static int hex_digit (int c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return (c >= 'a' && c <= 'f') ? c - 'a' + 10 : -1;
}


/* \xXX, behind the x. */
static int read_byte (vk_reader *r) {
  int high = hex_digit(vk_literal_peek(r, 0)), low = hex_digit(vk_literal_peek(r, 1));
  if (high < 0 || low < 0) return vk_literal_wrong(r, r->at, "\\x wants two hexadecimal digits", NULL);
  r->at += 2;
  return vk_buf_byte(&r->out->texts, (char)(high << 4 | low));
}


/* \ddd */
static int read_decimal (vk_reader *r) {
  size_t from = r->at;
  int i, v = 0;
  for (i = 0; i < 3 && vk_literal_peek(r, 0) >= '0' && vk_literal_peek(r, 0) <= '9'; i++)
    v = v * 10 + (r->s[r->at++] - '0');
  if (v > 255) return vk_literal_wrong(r, from, "a decimal escape above 255", NULL);
  return vk_buf_byte(&r->out->texts, (char)v);
}


/* \u{XXX}, behind the u; characters of Unicode only. */
static int read_point (vk_reader *r) {
  static const char wrong[] = "\\u wants a character of Unicode: \\u{1ED9}";
  size_t from = r->at;
  uint32_t c = 0;
  int digit;
  if (vk_literal_peek(r, 0) != '{' || hex_digit(vk_literal_peek(r, 1)) < 0)
    return vk_literal_wrong(r, from, wrong, NULL);
  r->at++;
  while ((digit = hex_digit(vk_literal_peek(r, 0))) >= 0 && c <= 0x10FFFF) {
    c = c << 4 | (uint32_t)digit;
    r->at++;
  }
  if (vk_literal_peek(r, 0) != '}' || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
    return vk_literal_wrong(r, from, wrong, NULL);
  r->at++;
  return vk_buf_char(&r->out->texts, c);
}


/* \z: over all white space. */
static void skip_white (vk_reader *r) {
  int c;
  while ((c = vk_literal_peek(r, 0)) == ' ' || (c >= '\t' && c <= '\r')) {
    if (c == '\n' || c == '\r') vk_literal_newline(r);
    else r->at++;
  }
}


/* What stands behind a backslash. */
static int read_escape (vk_reader *r) {
  static const char names[] = "abfnrtv\\\"'", values[] = "\a\b\f\n\r\t\v\\\"'";
  int c = vk_literal_peek(r, 0);
  const char *name;
  if (c >= '0' && c <= '9') return read_decimal(r);
  if (c == '\n' || c == '\r') {
    vk_literal_newline(r);
    return vk_buf_byte(&r->out->texts, '\n');
  }
  name = (c > 0) ? strchr(names, c) : NULL;
  if (name == NULL && c != 'x' && c != 'u' && c != 'z')
    return vk_literal_wrong(r, r->at - 1, "an escape that Lua does not know", "\\\\ is a backslash");
  r->at++;
  if (name != NULL) return vk_buf_byte(&r->out->texts, values[name - names]);
  if (c == 'z') {
    skip_white(r);
    return VK_OK;
  }
  return (c == 'x') ? read_byte(r) : read_point(r);
}


/* The bytes up to a quote, a backslash or a line end. */
static int read_run (vk_reader *r, int quote) {
  size_t from = r->at;
  int c;
  while ((c = vk_literal_peek(r, 0)) >= 0 && c != quote && c != '\\' && c != '\n' && c != '\r')
    r->at++;
  return vk_buf_append(&r->out->texts, r->s + from, r->at - from);
}


int vk_literal_quoted (vk_reader *r, vk_literal_node *node) {
  size_t from = r->at;
  int quote = vk_literal_peek(r, 0), rc, c;
  node->kind = VK_LITERAL_STRING;
  node->at = r->out->texts.len;
  r->at++;
  while ((rc = read_run(r, quote)) == VK_OK && (c = vk_literal_peek(r, 0)) != quote) {
    if (c != '\\')
      return vk_literal_wrong(r, from, unfinished, "[[ … ]] may go over several lines");
    r->at++;
    rc = read_escape(r);
    if (rc != VK_OK) return rc;
  }
  if (rc != VK_OK) return rc;
  r->at++;
  return finish(r, node);
}


static int is_number_byte (int c) {
  return c == '.' || c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}


/* One run of what Lua takes for a number; whether it is one the binding asks Lua. */
int vk_literal_number (vk_reader *r, vk_literal_node *node) {
  size_t from = r->at;
  int is_hex = vk_literal_peek(r, 0) == '0' && (vk_literal_peek(r, 1) | 0x20) == 'x', c, rc;
  while (is_number_byte(c = vk_literal_peek(r, 0))) {
    int next = vk_literal_peek(r, 1);
    r->at++;
    if ((c | 0x20) == (is_hex ? 'p' : 'e') && (next == '+' || next == '-')) r->at++;
  }
  if (r->at - from > VK_LITERAL_DIGITS)
    return vk_literal_wrong(r, from, "a number of more than 200 digits", NULL);
  node->kind = VK_LITERAL_NUMBER;
  node->at = r->out->texts.len;
  node->n = r->at - from;
  rc = vk_buf_append(&r->out->texts, r->s + from, node->n);
  return (rc == VK_OK) ? vk_buf_byte(&r->out->texts, '\0') : rc;
}
