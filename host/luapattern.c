/*
** The matcher.  Every way it can fail sets m->error or m->interrupted and unwinds as "no match";
** the loops that would try again look at both.
*/

#include "luapattern.h"

#include <ctype.h>
#include <string.h>

#include "interrupt.h"

#define DEEPEST 200
#define POLL_MASK 0xFFFFu

static const char *match (vk_match *m, const char *s, const char *p);


static const char *fail (vk_match *m, const char *why) {
  if (m->error == NULL) m->error = why;
  return NULL;
}


static int given_up (const vk_match *m) {
  return m->error != NULL || m->interrupted;
}


/* Behind the set that begins at p, which is behind its '['. */
static const char *set_end (vk_match *m, const char *p) {
  int first = 1;
  if (p < m->pattern_end && *p == '^') p++;
  for (; p < m->pattern_end; first = 0) {
    if (*p == ']' && !first) return p + 1;
    p += (*p == '%' && p + 1 < m->pattern_end) ? 2 : 1;
  }
  return fail(m, "malformed pattern (missing ']')");
}


/* Behind the single-character item at p. */
static const char *item_end (vk_match *m, const char *p) {
  if (*p == '[') return set_end(m, p + 1);
  if (*p != '%') return p + 1;
  if (p + 1 < m->pattern_end) return p + 2;
  return fail(m, "malformed pattern (ends with '%')");
}


static int in_class (int c, int class) {
  int is;
  switch (tolower(class)) {
    case 'a': is = isalpha(c); break;
    case 'c': is = iscntrl(c); break;
    case 'd': is = isdigit(c); break;
    case 'g': is = isgraph(c); break;
    case 'l': is = islower(c); break;
    case 'p': is = ispunct(c); break;
    case 's': is = isspace(c); break;
    case 'u': is = isupper(c); break;
    case 'w': is = isalnum(c); break;
    case 'x': is = isxdigit(c); break;
    case 'z': is = c == 0; break;   /* out of the manual, still in Lua */
    default: return class == c;
  }
  return isupper(class) ? !is : is != 0;
}


/* p: behind '['; stop: at the ']' that ends the set. */
static int in_set (int c, const char *p, const char *stop) {
  int wanted = 1;
  if (*p == '^') {
    wanted = 0;
    p++;
  }
  while (p < stop) {
    if (*p == '%' && p + 1 < stop) {
      if (in_class(c, (unsigned char)p[1])) return wanted;
      p += 2;
    }
    else if (p + 2 < stop && p[1] == '-') {
      if ((unsigned char)p[0] <= c && c <= (unsigned char)p[2]) return wanted;
      p += 3;
    }
    else if ((unsigned char)*p++ == c) return wanted;
  }
  return !wanted;
}


static int fits (const vk_match *m, const char *s, const char *p, const char *end) {
  int c;
  if (s >= m->text_end) return 0;
  c = (unsigned char)*s;
  switch (*p) {
    case '.': return 1;
    case '%': return in_class(c, (unsigned char)p[1]);
    case '[': return in_set(c, p + 1, end - 1);
    default: return (unsigned char)*p == c;
  }
}


/* As many as there are, then one less and one less. */
static const char *most (vk_match *m, const char *s, const char *p, const char *end) {
  const char *at = s, *found;
  while (fits(m, at, p, end)) at++;
  for (;; at--) {
    found = match(m, at, end + 1);
    if (found != NULL || at == s || given_up(m)) return found;
  }
}


/* None, then one more and one more. */
static const char *fewest (vk_match *m, const char *s, const char *p, const char *end) {
  for (;; s++) {
    const char *found = match(m, s, end + 1);
    if (found != NULL || given_up(m)) return found;
    if (!fits(m, s, p, end)) return NULL;
  }
}


static const char *open_capture (vk_match *m, const char *s, const char *p, ptrdiff_t len) {
  const char *found;
  if (m->captures >= VK_LUAPATTERN_CAPTURES) return fail(m, "too many captures");
  m->capture[m->captures].from = s;
  m->capture[m->captures].len = len;
  m->captures++;
  found = match(m, s, p);
  if (found == NULL) m->captures--;
  return found;
}


static const char *close_capture (vk_match *m, const char *s, const char *p) {
  const char *found;
  int i = m->captures;
  while (i > 0 && m->capture[i - 1].len != VK_CAPTURE_OPEN) i--;
  if (i == 0) return fail(m, "invalid pattern capture");
  m->capture[i - 1].len = s - m->capture[i - 1].from;
  found = match(m, s, p);
  if (found == NULL) m->capture[i - 1].len = VK_CAPTURE_OPEN;
  return found;
}


/* %1: the text of a capture once more; behind it. */
static const char *again (vk_match *m, const char *s, int digit) {
  int i = digit - '1';
  size_t len;
  if (i < 0 || i >= m->captures || m->capture[i].len == VK_CAPTURE_OPEN)
    return fail(m, "invalid capture index");
  if (m->capture[i].len == VK_CAPTURE_PLACE) return NULL;
  len = (size_t)m->capture[i].len;
  if ((size_t)(m->text_end - s) < len || memcmp(m->capture[i].from, s, len) != 0) return NULL;
  return s + len;
}


/* %bxy: from x to the y that balances it; behind it. */
static const char *balanced (vk_match *m, const char *s, const char *p) {
  int depth = 1;
  if (m->pattern_end - p < 2)
    return fail(m, "malformed pattern (missing arguments to '%b')");
  if (s >= m->text_end || *s != p[0]) return NULL;
  while (++s < m->text_end) {
    if (*s == p[1]) {
      if (--depth == 0) return s + 1;
    }
    else if (*s == p[0]) depth++;
  }
  return NULL;
}


/* %f[set]: between a character outside and one inside; 1, 0, and where the pattern goes on. */
static int at_frontier (vk_match *m, const char *s, const char **p) {
  const char *set = *p;
  int before, here;
  if (set >= m->pattern_end || *set != '[') {
    fail(m, "missing '[' after '%f' in pattern");
    return 0;
  }
  *p = set_end(m, set + 1);
  if (*p == NULL) return 0;
  before = (s == m->text) ? 0 : (unsigned char)s[-1];
  here = (s == m->text_end) ? 0 : (unsigned char)*s;
  return !in_set(before, set + 1, *p - 1) && in_set(here, set + 1, *p - 1);
}


/* A character with what stands behind it: ? * + - or nothing.  *next: go on there with *s. */
static const char *simple (vk_match *m, const char **s, const char *p, const char **next) {
  const char *end = item_end(m, p), *found;
  char suffix;
  *next = NULL;
  if (end == NULL) return NULL;
  suffix = (end < m->pattern_end) ? *end : '\0';
  if (suffix == '*') return most(m, *s, p, end);
  if (suffix == '-') return fewest(m, *s, p, end);
  if (suffix == '?') {
    found = fits(m, *s, p, end) ? match(m, *s + 1, end + 1) : NULL;
    if (found == NULL && !given_up(m)) *next = end + 1;
    return found;
  }
  if (!fits(m, *s, p, end)) return NULL;
  (*s)++;
  if (suffix == '+') return most(m, *s, p, end);
  *next = end;
  return NULL;
}


/* %b, %f and %1 to %9.  1: done, go on with *s and *p; 0: no match; -1: not one of these. */
static int special (vk_match *m, const char **s, const char **p) {
  const char *at = *p + 1;
  int c = (at < m->pattern_end) ? (unsigned char)*at : 0;
  if (c == 'b') {
    *s = balanced(m, *s, at + 1);
    *p = at + 3;
    return *s != NULL;
  }
  if (c == 'f') {
    *p = at + 1;
    return at_frontier(m, *s, p);
  }
  if (!isdigit(c)) return -1;
  *s = again(m, *s, c);
  *p = at + 1;
  return *s != NULL;
}


static const char *walk (vk_match *m, const char *s, const char *p) {
  while (p < m->pattern_end) {
    const char *found, *next;
    if (*p == '(') {
      int place = p + 1 < m->pattern_end && p[1] == ')';
      return open_capture(m, s, p + 1 + place, place ? VK_CAPTURE_PLACE : VK_CAPTURE_OPEN);
    }
    if (*p == ')') return close_capture(m, s, p + 1);
    if (*p == '$' && p + 1 == m->pattern_end) return (s == m->text_end) ? s : NULL;
    if (*p == '%') {
      int done = special(m, &s, &p);
      if (done == 0) return NULL;
      if (done > 0) continue;
    }
    found = simple(m, &s, p, &next);
    if (next == NULL) return found;
    p = next;
  }
  return s;
}


static const char *match (vk_match *m, const char *s, const char *p) {
  const char *found;
  if (m->depth-- == 0) fail(m, "pattern too complex");
  if ((++m->steps & POLL_MASK) == 0 && vk_interrupted()) m->interrupted = 1;
  found = given_up(m) ? NULL : walk(m, s, p);
  m->depth++;
  return found;
}


void vk_match_init (vk_match *m, const char *text, size_t len, const char *pattern, size_t n) {
  m->text = text;
  m->text_end = text + len;
  m->pattern_end = pattern + n;
  m->captures = 0;
  m->depth = DEEPEST;
  m->steps = 0;
  m->error = NULL;
  m->interrupted = 0;
}


const char *vk_match_at (vk_match *m, const char *at, const char *pattern) {
  m->captures = 0;
  return match(m, at, pattern);
}
