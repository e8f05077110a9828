// Copies what an image shows to where a container would have it: owner, mode, times, extended attributes and links between
// names included.
#ifndef DARSENA_TREE_COPY_H
#define DARSENA_TREE_COPY_H

#include <sys/stat.h>

#include "error.h"
#include "tree_attributes.h"

struct copier {
	struct tree_attributes attributes; // large
};

// Copies what is held, with all that is below it, to a name that is free. What has been made when it fails is the caller's
// to remove. `path` is for failures. 0 or -1.
int copy_tree(struct copier *copier, int held, const struct stat *status, int parent, const char *name, const char *path,
	      struct failure *why);

// Gives an open file or directory owner, mode, extended attributes and times of what is held. 0 or -1.
int copy_attributes(struct copier *copier, int held, const struct stat *status, int fd, const char *path, struct failure *why);

#endif
