/*
** A reader for `recipe{ … }`: what stands between the tokens, tables and their fields.
** Strings and numbers are in literal_text.c.
*/

#include "literal.h"

#include <stdlib.h>
#include <string.h>

#include "literal_text.h"
#include "text_utf8.h"

static const char hint_first[] =
  "a recipe begins with recipe{ name = \"…\", version = \"1.0.0\", api = 1, … }";
static const char hint_literals[] =
  "only strings, numbers, true, false, nil and tables of them: this part of a recipe is read "
  "without running it";


int vk_literal_wrong (vk_reader *r, size_t at, const char *cause, const char *hint) {
  r->error->at = at;
  r->error->cause = cause;
  r->error->hint = hint;
  return VK_ERR_BAD_INPUT;
}


void vk_literal_newline (vk_reader *r) {
  int first = vk_literal_peek(r, 0), second = vk_literal_peek(r, 1);
  r->at++;
  if (second != first && (second == '\n' || second == '\r')) r->at++;
  r->line++;
}


/* A comment, behind its two hyphens. */
static int skip_comment (vk_reader *r) {
  size_t from = r->at - 2;
  int level = vk_literal_long_level(r);
  if (level >= 0) return vk_literal_long(r, from, level, NULL);
  while (r->at < r->n && r->s[r->at] != '\n' && r->s[r->at] != '\r') r->at++;
  return VK_OK;
}


static int skip_space (vk_reader *r) {
  for (;;) {
    int c = vk_literal_peek(r, 0);
    if (c == '\n' || c == '\r') vk_literal_newline(r);
    else if (c == ' ' || c == '\t' || c == '\v' || c == '\f') r->at++;
    else if (c == '-' && vk_literal_peek(r, 1) == '-') {
      int rc;
      r->at += 2;
      rc = skip_comment(r);
      if (rc != VK_OK) return rc;
    }
    else return VK_OK;
  }
}


static int is_name_start (int c) {
  return c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}


/* Bytes of the name that stands here; 0: none. */
static size_t name_here (const vk_reader *r) {
  size_t n = 0;
  if (!is_name_start(vk_literal_peek(r, 0))) return 0;
  while (is_name_start(vk_literal_peek(r, n)) ||
         (vk_literal_peek(r, n) >= '0' && vk_literal_peek(r, n) <= '9')) n++;
  return n;
}


static int is_word (const vk_reader *r, size_t n, const char *word) {
  return strlen(word) == n && memcmp(r->s + r->at, word, n) == 0;
}


static int grow_nodes (vk_literal *l) {
  size_t cap = l->cap ? l->cap * 2 : 64;
  vk_literal_node *nodes = realloc(l->nodes, cap * sizeof(*nodes));
  if (nodes == NULL) return VK_ERR_NOMEM;
  l->nodes = nodes;
  l->cap = cap;
  return VK_OK;
}


static int add_node (vk_reader *r, vk_literal_node node) {
  vk_literal *l = r->out;
  if (l->n == VK_LITERAL_NODES)
    return vk_literal_wrong(r, r->at, "more than 20,000 values", "keep data in the store");
  if (l->n == l->cap) {
    int rc = grow_nodes(l);
    if (rc != VK_OK) return rc;
  }
  l->nodes[l->n++] = node;
  return VK_OK;
}


static int add_word (vk_reader *r, size_t n, vk_literal_node node) {
  if (is_word(r, n, "nil")) node.kind = VK_LITERAL_NIL;
  else if (is_word(r, n, "true")) node.kind = VK_LITERAL_TRUE;
  else if (is_word(r, n, "false")) node.kind = VK_LITERAL_FALSE;
  else if (is_word(r, n, "function"))
    return vk_literal_wrong(r, r->at, "a function among the metadata",
                            "functions stand behind recipe{ … }: function run(p, ctx) … end");
  else return vk_literal_wrong(r, r->at, "a name where a value is expected", hint_literals);
  r->at += n;
  return add_node(r, node);
}


static int is_digit (int c) { return c >= '0' && c <= '9'; }


/* A value that is no table. */
static int read_plain (vk_reader *r, int is_key) {
  vk_literal_node node = { VK_LITERAL_STRING, (uint8_t)is_key, 0, r->line, 0, 0 };
  size_t from = r->at;
  int c = vk_literal_peek(r, 0), rc, level;
  if (c == '"' || c == '\'') rc = vk_literal_quoted(r, &node);
  else if (c == '[' && (level = vk_literal_long_level(r)) >= 0) {
    node.at = r->out->texts.len;
    rc = vk_literal_long(r, from, level, &node);
  }
  else if (c == '-') {
    r->at++;
    rc = skip_space(r);
    if (rc != VK_OK) return rc;
    if (!is_digit(vk_literal_peek(r, 0)) && vk_literal_peek(r, 0) != '.')
      return vk_literal_wrong(r, from, "a minus sign without a number", NULL);
    node.is_negative = 1;
    rc = vk_literal_number(r, &node);
  }
  else if (is_digit(c) || c == '.') rc = vk_literal_number(r, &node);
  else if (name_here(r) > 0) return add_word(r, name_here(r), node);
  else if (c < 0) return vk_literal_wrong(r, r->at, "the file ends inside recipe{ … }", NULL);
  else return vk_literal_wrong(r, r->at, "no value of Lua begins like this", hint_literals);
  return (rc == VK_OK) ? add_node(r, node) : rc;
}


/* Behind a value: what would make it more than a literal. */
static int check_behind (vk_reader *r, size_t at) {
  int c = vk_literal_peek(r, 0);
  if (c == '.' && vk_literal_peek(r, 1) == '.')
    return vk_literal_wrong(r, at, "strings are joined here",
                            "write one string; [[ … ]] may go over several lines");
  return vk_literal_wrong(r, at, (c < 0) ? "the file ends inside recipe{ … }"
                                         : "expected , or } here", (c < 0) ? NULL : hint_literals);
}


/* Is this a name with = behind it (and not ==)?  Leaves the reader where it is. */
static int is_named (vk_reader *r) {
  vk_reader ahead = *r;
  vk_literal_error unused = { 0, NULL, NULL };
  ahead.error = &unused;
  ahead.at += name_here(r);
  return ahead.at > r->at && skip_space(&ahead) == VK_OK &&
         vk_literal_peek(&ahead, 0) == '=' && vk_literal_peek(&ahead, 1) != '=';
}


/* Words that Lua keeps for itself are no names. */
static int is_reserved (const vk_reader *r, size_t n) {
  static const char *const words[] = {
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
    "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while"
  };
  size_t i;
  for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
    if (is_word(r, n, words[i])) return 1;
  }
  return 0;
}


static int add_name (vk_reader *r, size_t n) {
  vk_literal_node node = { VK_LITERAL_STRING, 1, 0, r->line, r->out->texts.len, n };
  int rc;
  if (is_reserved(r, n))
    return vk_literal_wrong(r, r->at, "this is a word of Lua and no name", "[\"end\"] = … is a key");
  rc = vk_buf_append(&r->out->texts, r->s + r->at, n);
  if (rc == VK_OK) rc = vk_buf_byte(&r->out->texts, '\0');
  r->at += n;
  return (rc == VK_OK) ? add_node(r, node) : rc;
}


/* [ "key" ], behind the bracket. */
static int read_bracketed (vk_reader *r) {
  size_t from;
  int rc = skip_space(r);
  from = r->at;
  if (rc == VK_OK) rc = read_plain(r, 1);
  if (rc != VK_OK) return rc;
  if (r->out->nodes[r->out->n - 1].kind < VK_LITERAL_NUMBER)
    return vk_literal_wrong(r, from, "a key that is no string and no number", NULL);
  rc = skip_space(r);
  if (rc != VK_OK) return rc;
  if (vk_literal_peek(r, 0) != ']') return vk_literal_wrong(r, r->at, "expected ] here", NULL);
  r->at++;
  return VK_OK;
}


/* A key with its = sign, where there is one. */
static int read_key (vk_reader *r) {
  size_t from = r->at, written = r->out->n;
  int rc = VK_OK;
  if (vk_literal_peek(r, 0) == '[' && vk_literal_peek(r, 1) != '[' && vk_literal_peek(r, 1) != '=') {
    r->at++;
    rc = read_bracketed(r);
  }
  else if (is_named(r)) rc = add_name(r, name_here(r));
  else return VK_OK;
  if (rc != VK_OK) return rc;
  if (r->out->nodes[written].n > VK_LITERAL_KEY)
    return vk_literal_wrong(r, from, "a key longer than 64 bytes", NULL);
  rc = skip_space(r);
  if (rc != VK_OK) return rc;
  if (vk_literal_peek(r, 0) != '=') return vk_literal_wrong(r, r->at, "expected = here", NULL);
  r->at++;
  return skip_space(r);
}


static int read_table (vk_reader *r, int depth);


static int read_field (vk_reader *r, int depth) {
  int rc = read_key(r);
  if (rc != VK_OK) return rc;
  return (vk_literal_peek(r, 0) == '{') ? read_table(r, depth + 1) : read_plain(r, 0);
}


/* A table, from its brace to its brace. */
static int read_table (vk_reader *r, int depth) {
  vk_literal_node node = { VK_LITERAL_TABLE, 0, 0, r->line, 0, 0 };
  int rc;
  if (depth > VK_LITERAL_DEPTH)
    return vk_literal_wrong(r, r->at, "tables more than 12 deep", NULL);
  rc = add_node(r, node);
  r->at++;
  while (rc == VK_OK && (rc = skip_space(r)) == VK_OK && vk_literal_peek(r, 0) != '}') {
    size_t behind;
    rc = read_field(r, depth);
    behind = r->at;
    if (rc == VK_OK) rc = skip_space(r);
    if (rc != VK_OK || vk_literal_peek(r, 0) == '}') continue;
    if (vk_literal_peek(r, 0) != ',' && vk_literal_peek(r, 0) != ';')
      return check_behind(r, (vk_literal_peek(r, 0) < 0) ? behind : r->at);
    r->at++;
  }
  if (rc != VK_OK) return rc;
  r->at++;
  node.kind = VK_LITERAL_END;
  return add_node(r, node);
}


/* A mark of byte order, and a line for the shell. */
static void skip_head (vk_reader *r) {
  if (r->n >= 3 && memcmp(r->s, "\xEF\xBB\xBF", 3) == 0) r->at = 3;
  if (vk_literal_peek(r, 0) != '#') return;
  while (r->at < r->n && r->s[r->at] != '\n' && r->s[r->at] != '\r') r->at++;
}


/* recipe{ … } or recipe({ … }) */
static int read_statement (vk_reader *r) {
  int rc = skip_space(r), in_brackets;
  if (rc != VK_OK) return rc;
  if (!is_word(r, name_here(r), "recipe"))
    return vk_literal_wrong(r, r->at, "the first statement is not recipe{ … }", hint_first);
  r->at += strlen("recipe");
  rc = skip_space(r);
  in_brackets = (rc == VK_OK && vk_literal_peek(r, 0) == '(');
  if (in_brackets) {
    r->at++;
    rc = skip_space(r);
  }
  if (rc != VK_OK) return rc;
  if (vk_literal_peek(r, 0) != '{') return vk_literal_wrong(r, r->at, "expected { here", hint_first);
  rc = read_table(r, 1);
  if (rc != VK_OK || !in_brackets) return rc;
  rc = skip_space(r);
  if (rc != VK_OK) return rc;
  if (vk_literal_peek(r, 0) != ')') return vk_literal_wrong(r, r->at, "expected ) here", NULL);
  r->at++;
  return VK_OK;
}


static int check_utf8 (vk_reader *r) {
  size_t at = 0;
  while (at < r->n) {
    uint32_t c;
    size_t step = vk_utf8_read((const uint8_t *)r->s + at, r->n - at, &c);
    if (step == 0) return vk_literal_wrong(r, at, "a byte that is not UTF-8",
                                           "save the file as UTF-8");
    at += step;
  }
  return VK_OK;
}


int vk_literal_read (const char *s, size_t n, vk_literal *out, vk_literal_error *error) {
  vk_reader r = { s, n, 0, 1, out, error };
  int rc;
  if (n > VK_LITERAL_BYTES)
    return vk_literal_wrong(&r, 0, "a recipe is at most 1 MB", "keep data in the store");
  rc = check_utf8(&r);
  if (rc != VK_OK) return rc;
  skip_head(&r);
  rc = read_statement(&r);
  out->end = r.at;
  return rc;
}


void vk_literal_free (vk_literal *l) {
  free(l->nodes);
  vk_buf_free(&l->texts);
  l->nodes = NULL;
  l->n = l->cap = 0;
}


void vk_literal_place (const char *s, size_t at, uint32_t *line, uint32_t *column) {
  size_t i;
  *line = *column = 1;
  for (i = 0; i < at; i++) {
    int is_pair = i > 0 && ((s[i] == '\n' && s[i - 1] == '\r') || (s[i] == '\r' && s[i - 1] == '\n'));
    if (s[i] == '\n' || s[i] == '\r') {
      if (!is_pair) (*line)++;
      *column = 1;
    }
    else if (((unsigned char)s[i] & 0xC0) != 0x80) (*column)++;
  }
}
