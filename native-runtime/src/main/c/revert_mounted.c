// What lies below a mounted overlay must not be changed behind its back (Documentation/filesystems/overlayfs.rst, "Changes to
// underlying filesystems"): here everything goes through the mount, beside the container's own processes.
#define _GNU_SOURCE
#include "revert_path.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "deep_path.h"
#include "extract_path.h"
#include "kernel.h"
#include "owned.h"
#include "tree.h"
#include "tree_scan.h"

#define INSIDE (RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV)

enum { FRESH_NAME = 64 };

static int refuse_mounted(struct failure *why, const char *path)
{
	return revert_refuse(why, EBUSY, path, strlen(path), "something is mounted there", "stop the container first");
}

// A walk that finds a directory elsewhere than where it came from goes no further (tree_walk.c); what has been removed
// or put there meanwhile stands against a rename.
static bool has_been_changed_meanwhile(int number)
{
	return number == EAGAIN || number == ENOENT || number == ENOTEMPTY || number == EEXIST || number == ENOTDIR ||
	       number == EISDIR;
}

static int failed(struct failure *why, const char *operation, const char *path)
{
	if (errno == EBUSY || errno == EXDEV)
		return refuse_mounted(why, path);
	if (has_been_changed_meanwhile(errno))
		return revert_refuse(why, EBUSY, path, strlen(path), "the container changes directories there meanwhile",
				     "pause the container first, or try again");
	return fail(why, operation, "/%s in the container", path);
}

// The directory that a path lies in: -1 with errno.
static int open_parent(const struct reverter *reverter, const char *path)
{
	char above[LONGEST_PATH];
	size_t leaf = path_leaf(path);
	snprintf(above, sizeof above, "%.*s", (int)(leaf ? leaf - 1 : 0), path);
	return deep_open(reverter->root, above, O_PATH | O_DIRECTORY, INSIDE);
}

static int remove_all(int parent, const char *leaf, const char *path, struct failure *why)
{
	struct tree_failure failure;
	if (!tree_delete_at(parent, leaf, &failure))
		return 0;
	errno = failure.error;
	return failed(why, failure.operation, path);
}

// Puts what was made under another name in the place of what is there. Where both can change places, nothing is seen of it.
static int put(int parent, const char *fresh, const char *leaf, const char *path, struct failure *why)
{
	if (!renameat(parent, fresh, parent, leaf))
		return 0;
	if (errno != EISDIR && errno != ENOTDIR && errno != ENOTEMPTY && errno != EEXIST && errno != EXDEV)
		return failed(why, "put", path);
	if (!renameat2(parent, fresh, parent, leaf, RENAME_EXCHANGE))
		return remove_all(parent, fresh, path, why);
	// A directory that the image has as well cannot be renamed (EXDEV).
	if (remove_all(parent, leaf, path, why))
		return -1;
	return renameat(parent, fresh, parent, leaf) ? failed(why, "put", path) : 0;
}

static int put_copy(struct reverter *reverter, int held, const struct stat *status, int parent, const char *path,
		    struct failure *why)
{
	char fresh[FRESH_NAME];
	snprintf(fresh, sizeof fresh, ".darsena-revert-%d-%lu", (int)getpid(), ++reverter->serial);
	if (!copy_tree(&reverter->copier, held, status, parent, fresh, path, why) &&
	    !put(parent, fresh, path + path_leaf(path), path, why))
		return 0;
	struct tree_failure leftover;
	tree_delete_at(parent, fresh, &leftover);
	return -1;
}

int revert_mounted(struct reverter *reverter, const char *path, struct failure *why)
{
	struct stat status;
	OWNED_FD held = view_hold(reverter->view, path, &status);
	if (held < 0 && !scan_is_gone(errno))
		return fail(why, "open", "/%s of the image", path);
	OWNED_FD parent = open_parent(reverter, path);
	if (parent < 0 && errno == EXDEV)
		return refuse_mounted(why, path);
	if (parent < 0 && (held < 0 || !scan_is_gone(errno)))
		return scan_is_gone(errno) ? 0 : fail(why, "open", "the directory of /%s in the container", path);
	if (parent < 0)
		return revert_refuse(why, ENOENT, path, strlen(path),
				     "the container has removed or replaced the directory that it lies in",
				     "revert the whole directory");
	if (held < 0)
		return remove_all(parent, path + path_leaf(path), path, why);
	return put_copy(reverter, held, &status, parent, path, why);
}

int revert_directory(struct reverter *reverter, const char *path, struct failure *why)
{
	struct stat status;
	OWNED_FD held = view_hold(reverter->view, path, &status);
	if (held < 0 && !scan_is_gone(errno))
		return fail(why, "open", "/%s of the image", path);
	if (held < 0)
		return 0;
	if (!S_ISDIR(status.st_mode))
		return revert_mounted(reverter, path, why);
	OWNED_FD fd = deep_open(reverter->root, path, O_RDONLY | O_DIRECTORY, INSIDE);
	if (fd < 0 && scan_is_gone(errno))
		return errno == EXDEV ? refuse_mounted(why, path) : revert_mounted(reverter, path, why);
	if (fd < 0)
		return failed(why, "open", path);
	return copy_attributes(&reverter->copier, held, &status, fd, path, why);
}
