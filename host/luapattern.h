/*
** Patterns of Lua 5.4 (manual, section 6.4.1), with a matcher that Ctrl-C can stop: a pattern
** whose search grows without bounds is given up where Lua's own would go on.
*/

#ifndef vk_luapattern_h
#define vk_luapattern_h

#include <stddef.h>

#define VK_LUAPATTERN_CAPTURES 32
#define VK_CAPTURE_OPEN (-1)       /* its end is not met yet */
#define VK_CAPTURE_PLACE (-2)      /* () : a place, no text */

typedef struct vk_match {
  const char *text, *text_end;     /* borrowed while it matches */
  const char *pattern_end;
  int captures;
  int depth;                       /* calls that may still nest */
  unsigned steps;
  const char *error;               /* what is wrong with the pattern; static */
  int interrupted;
  struct {
    const char *from;
    ptrdiff_t len;
  } capture[VK_LUAPATTERN_CAPTURES];
} vk_match;

/* Make ready for one text and pattern. */
void vk_match_init (vk_match *m, const char *text, size_t len, const char *pattern, size_t n);

/*
** Match at exactly `at`.  The end of the match, or NULL: none, or m->error or m->interrupted is
** set.  `pattern` is within the pattern of vk_match_init.
*/
const char *vk_match_at (vk_match *m, const char *at, const char *pattern);

#endif
