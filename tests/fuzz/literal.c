/*
** The reader of `recipe{ … }`: whatever the bytes, it ends within its bounds, and what it gives
** is a whole tree of values whose texts lie in its buffer.
*/

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "literal.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);


/* Every table ends, keys are followed by a value, nothing is deeper than allowed. */
static void check_nodes (const vk_literal *l) {
  size_t i, depth = 0;
  int after_key = 0;
  for (i = 0; i < l->n; i++) {
    const vk_literal_node *node = &l->nodes[i];
    if (node->kind == VK_LITERAL_TABLE) {
      assert(!node->is_key);
      depth++;
    }
    else if (node->kind == VK_LITERAL_END) {
      assert(depth > 0 && !after_key);
      depth--;
    }
    else if (node->kind == VK_LITERAL_STRING || node->kind == VK_LITERAL_NUMBER) {
      assert(node->at + node->n < l->texts.len);
      assert(l->texts.data[node->at + node->n] == '\0');
      assert(!node->is_key || node->n <= VK_LITERAL_KEY);
    }
    assert(depth <= VK_LITERAL_DEPTH);
    assert(!(after_key && node->is_key));
    after_key = node->is_key;
  }
  assert(depth == 0 && l->n >= 2 && l->n <= VK_LITERAL_NODES);
}


int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  vk_literal l = { NULL, 0, 0, { NULL, 0, 0 }, 0 };
  vk_literal_error error = { 0, NULL, NULL };
  const char *s = (const char *)data;
  uint32_t line, column;
  int rc = vk_literal_read(s, size, &l, &error);
  if (rc == VK_OK) {
    assert(l.end <= size);
    check_nodes(&l);
  }
  else if (rc == VK_ERR_BAD_INPUT) {
    assert(error.cause != NULL && error.at <= size);
    vk_literal_place(s, error.at, &line, &column);
    assert(line >= 1 && column >= 1);
  }
  vk_literal_free(&l);
  return 0;
}
