// Extended attributes of what a tree has: those that a layer may carry, and the marks that overlay makes.
#ifndef DARSENA_TREE_ATTRIBUTES_H
#define DARSENA_TREE_ATTRIBUTES_H

#include <stdbool.h>

#include "error.h"
#include "tar.h"

enum { MOST_CARRIED = 256, ROOM_FOR_NAMES = 64 << 10, ROOM_FOR_VALUES = 512 << 10 };

// To be used again for one entry after the other: large.
struct tree_attributes {
	bool rootless; // overlay's marks begin with `user.overlay.` and not with `trusted.overlay.`
	bool opaque, whiteout;
	struct tar_xattr carried[MOST_CARRIED]; // in the order of their names
	size_t count, left_out;
	size_t values_size;
	char names[ROOM_FOR_NAMES], values[ROOM_FOR_VALUES];
};

// Reads those of a regular file or a directory that is held as a mere path (see scan_prepare); of anything else there are
// none. -1 when the directory cannot be understood without other layers (redirects, metadata-only copies). `path` is for
// failures.
int attributes_read(struct tree_attributes *attributes, int held, unsigned mode, const char *path, struct failure *why);

#endif
