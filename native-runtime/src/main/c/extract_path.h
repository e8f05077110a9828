// Names in a tar made into paths below the layer's root, as Docker does: lexically, before anything is looked up.
#ifndef DARSENA_EXTRACT_PATH_H
#define DARSENA_EXTRACT_PATH_H

#include <stddef.h>

#include "error.h"

// A path may be longer than PATH_MAX: four thousand directories in each other take eight thousand bytes. What hands one
// to the kernel goes in pieces (deep_path.h). The text of a symbolic link is what the kernel takes at most.
enum { LONGEST_PATH = 16 << 10, LONGEST_LINK = 4096, LONGEST_NAME = 255 };

// Without empty parts, `.`, `..` and slashes at its ends; the root is "". `/../x` is `x`, `../x` is refused. 0 or -1.
int path_clean(const char *raw, char clean[LONGEST_PATH], struct failure *why);

// Where the last part begins; what is before it, without its slash, is the parent.
size_t path_leaf(const char *clean);

enum whiteout {
	WHITEOUT_NONE,
	WHITEOUT_NAME,    // .wh.NAME hides NAME below
	WHITEOUT_OPAQUE,  // .wh..wh..opq hides all that the layers below have in this directory
	WHITEOUT_IGNORED, // what AUFS kept for itself
	WHITEOUT_INVALID,
};

// What a path's last part says. A whiteout in the middle of a path is invalid, what lies in a directory of AUFS ignored.
enum whiteout whiteout_in(const char *clean);

// The name that the last part hides when it is a WHITEOUT_NAME.
const char *whiteout_target(const char *leaf);

#endif
