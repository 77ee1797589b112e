/*
** The history of entries.  One editor a process, so one history.
*/

#include "line_history.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST 10000            /* entries in memory */
#define TAIL (1 << 20)        /* bytes of the file that are read */

static char **entries;
static size_t count, cap;


size_t vk_history_count (void) {
  return count;
}


const char *vk_history_at (size_t i) {
  return entries[i];
}


static int make_room (void) {
  char **more;
  if (count == MOST) {
    free(entries[0]);
    memmove(entries, entries + 1, (--count) * sizeof(*entries));
  }
  if (count < cap) return 1;
  more = realloc(entries, (cap + 256) * sizeof(*entries));
  if (more == NULL) return 0;
  entries = more;
  cap += 256;
  return 1;
}


int vk_history_add (const char *text) {
  char *copy;
  if (text[0] == '\0' || (count > 0 && strcmp(entries[count - 1], text) == 0)) return 0;
  copy = strdup(text);
  if (copy == NULL || !make_room()) {
    free(copy);
    return 0;
  }
  entries[count++] = copy;
  return 1;
}


/* In place: \n and \\ become what they stand for. */
static void unescape (char *s) {
  char *to = s;
  for (; *s != '\0'; s++) {
    if (s[0] == '\\' && (s[1] == 'n' || s[1] == '\\')) {
      s++;
      *to++ = (*s == 'n') ? '\n' : '\\';
    }
    else *to++ = *s;
  }
  *to = '\0';
}


int vk_history_load (const char *path, void (*add) (const char *text)) {
  FILE *f = fopen(path, "re");
  char *line = NULL;
  size_t room = 0;
  ssize_t n;
  if (f == NULL) return VK_ERR_IO;
  if (fseek(f, -TAIL, SEEK_END) == 0) n = getline(&line, &room, f);  /* part of an entry */
  else rewind(f);
  while ((n = getline(&line, &room, f)) > 0) {
    if (line[n - 1] == '\n') line[n - 1] = '\0';
    unescape(line);
    add(line);
  }
  free(line);
  fclose(f);
  return VK_OK;
}


static char *escaped (const char *text, size_t *len) {
  char *copy = malloc(2 * strlen(text) + 2), *to = copy;
  if (copy == NULL) return NULL;
  for (; *text != '\0'; text++) {
    if (*text == '\n' || *text == '\\') {
      *to++ = '\\';
      *to++ = (*text == '\n') ? 'n' : '\\';
    }
    else *to++ = *text;
  }
  *to++ = '\n';
  *len = (size_t)(to - copy);
  return copy;
}


int vk_history_append (const char *path, const char *text) {
  size_t len;
  char *copy = escaped(text, &len);
  int fd, good;
  if (copy == NULL) return VK_ERR_NOMEM;
  fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  good = fd >= 0 && write(fd, copy, len) == (ssize_t)len;
  if (fd >= 0 && close(fd) != 0) good = 0;
  free(copy);
  return good ? VK_OK : VK_ERR_IO;
}
