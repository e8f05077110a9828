// The two ways to revert a path. Each is whole or not begun, whenever the process ends.
#ifndef DARSENA_REVERT_PATH_H
#define DARSENA_REVERT_PATH_H

#include <stddef.h>

#include "image_view.h"
#include "tree_copy.h"

struct reverter {
	int root;  // the container's: of one that does not run what it has written
	int trash; // -1 of one that runs
	unsigned long serial;
	struct image_view *view;
	struct tree_attributes attributes; // large
	struct copier copier;
};

// -1 with `why`: what stands against it is for the person who asked to change. Of the path `length` bytes count.
int revert_refuse(struct failure *why, int number, const char *path, size_t length, const char *reason, const char *hint);

// Of a container that does not run: takes away what it has written at the path and below, and what of the directories
// above says nothing then.
int revert_stored(struct reverter *reverter, const char *path, struct failure *why);

// Of one that runs, through its own root: removes what the image has not, and copies what it has.
int revert_mounted(struct reverter *reverter, const char *path, struct failure *why);

// The same of a directory's owner, mode, extended attributes and time alone.
int revert_directory(struct reverter *reverter, const char *path, struct failure *why);

#endif
