/*
** Programs of patterns: which tokens may follow which, told as sets of states, and
** the longest way through them from one place of a stream.
**
** A program is a row of little-endian 64-bit words, W = (states + 63) / 64:
**
**   states, ids            counts
**   first W, last W        states that begin and that may end a match
**   any W                  states that any token satisfies
**   follow  states x W     what may come after each state
**   accept  ids x (1 + W)  an id, ascending, and the states that it satisfies
**
** It cannot grow while it runs: a set of states is all that a match remembers.
*/

#ifndef vk_pattern_h
#define vk_pattern_h

#include <stddef.h>
#include <stdint.h>

#define VK_PATTERN_STATES 256   /* of one program, at most */
#define VK_PATTERN_TOKENS 256   /* of one match, at most */
#define VK_PATTERN_WORDS (VK_PATTERN_STATES / 64)

typedef struct vk_pattern vk_pattern;           /* opaque */

/* Read a program of n bytes.  VK_ERR_BAD_INPUT when it is none, VK_ERR_NOMEM. */
int vk_pattern_new (const uint8_t *program, size_t n, vk_pattern **made);
void vk_pattern_free (vk_pattern *p);

/*
** The units of the longest match that starts at unit `at` of n; 0: none.  A match
** holds whole tokens and no boundary of sentences or passages.
*/
size_t vk_pattern_match (const vk_pattern *p, const uint8_t *units, size_t n, size_t at);

/* May any token begin a match? */
int vk_pattern_begins_anyhow (const vk_pattern *p);

/* The ids that may begin a match, one a call: *at counts on from 0.  0 after the last. */
uint32_t vk_pattern_next_start (const vk_pattern *p, size_t *at);

#endif
