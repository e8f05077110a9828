// What an image shows, as the kernel lays its layers on each other: a container's root without what it has written.
#ifndef DARSENA_IMAGE_VIEW_H
#define DARSENA_IMAGE_VIEW_H

#include <stdbool.h>
#include <sys/stat.h>

#include "error.h"
#include "extract_path.h"
#include "request.h"
#include "tree_attributes.h"

struct image_view {
	const struct strings *lowers; // the topmost first
	bool in_user_namespace;
	int root; // -1: not opened yet
	uint64_t left; // bytes that may be compared yet
	int near;      // the directory that was looked into last, -1 for none: a tree is asked for from one path to the next
	char near_path[LONGEST_PATH];
	struct tree_attributes attributes; // of what was compared last: large
};

// Null with errno.
struct image_view *view_new(const struct strings *lowers, bool in_user_namespace);
void view_free(struct image_view *view);

static inline void view_owned(struct image_view **view)
{
	view_free(*view);
}

// Makes it, in a mount namespace of this process's own; the working directory is then where open descriptors have names
// (see scan_prepare). What is there already is kept. 0 or -1.
int view_open(struct image_view *view, struct failure *why);

// What lies at a path, held as a mere path: -1 with errno, ENOENT also for what a layer says is not there. No link is
// followed.
int view_hold(struct image_view *view, const char *path, struct stat *status);

// Whether mode, owner and attributes of a directory are those that the image's has.
bool view_has_directory(struct image_view *view, const char *path, const struct stat *status,
			const struct tree_attributes *attributes);

// Whether what is held (no directory) is in all but its number what the image has at this path, content included. What
// cannot be compared, and what is more than may be read for it (view->left), is not.
bool view_has(struct image_view *view, const char *path, int held, const struct stat *status,
	      const struct tree_attributes *attributes);

#endif
