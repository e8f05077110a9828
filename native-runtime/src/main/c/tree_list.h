// Lists a tree as the extractor lists a layer.
#ifndef DARSENA_TREE_LIST_H
#define DARSENA_TREE_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "request.h"

struct tree_listing {
	uint64_t entries, bytes, skipped;
};

// How many bytes of files are compared with those of the layers below in one list.
#define LIST_MOST_COMPARED (UINT64_C(256) << 20)

// Writes the index of a layer's or a container's own directory: whole, or not at all. The tree may change meanwhile. Of the
// layers below (`lowers`, the topmost first, or none) it says what is as they show it. Changes the working directory. 0 or -1.
int tree_list(const char *root, const char *index, const struct strings *lowers, bool rootless, struct tree_listing *listing,
	      struct failure *why);

#endif
