// Lists a tree as the extractor lists a layer.
#ifndef DARSENA_TREE_LIST_H
#define DARSENA_TREE_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"

struct tree_listing {
	uint64_t entries, bytes, skipped;
};

// Writes the index of a layer's or a container's own directory: whole, or not at all. The tree may change meanwhile. Changes
// the working directory. 0 or -1.
int tree_list(const char *root, const char *index, bool rootless, struct tree_listing *listing, struct failure *why);

#endif
