// Overlay's rules for what a container has written (Documentation/filesystems/overlayfs.rst): what is not in the upper layer
// is as the layers below have it, a whiteout hides it, and below an opaque directory nothing of them is seen at all.
#define _GNU_SOURCE
#include "revert_path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "extract_entry.h"
#include "kernel.h"
#include "owned.h"
#include "tree.h"
#include "tree_scan.h"

#define INSIDE (RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV)

enum { FRESH_NAME = 64 };

// A directory on the way to a path, in what the container has written.
struct place {
	int fd;        // -1: it is not in it
	size_t hidden; // how many bytes of the path name the uppermost one in which nothing of the layers below is seen
};

static const size_t NOWHERE = SIZE_MAX;

static void fresh_name(struct reverter *reverter, char name[static FRESH_NAME])
{
	snprintf(name, FRESH_NAME, "revert-%d-%lu", (int)getpid(), ++reverter->serial);
}

static int discard(int directory, const char *name, const char *path, struct failure *why)
{
	struct tree_failure failure;
	return tree_delete_at(directory, name, &failure)
		       ? fail_with(why, failure.error, NULL, failure.operation, "%s, which was /%s", failure.object, path)
		       : 0;
}

static int refuse_lost(struct failure *why, const char *path, size_t length)
{
	return revert_refuse(why, ENOENT, path, length, "the container has removed or replaced this directory",
			     "revert the whole directory");
}

// Goes to the directory of which the path's first bytes are the name. -1 with `why` when the container has none there.
static int enter(struct reverter *reverter, const char *path, size_t length, struct place *place, struct failure *why)
{
	struct stat status;
	char name[LONGEST_PATH];
	place->fd = sys_openat2(reverter->root, ".", O_PATH | O_DIRECTORY | O_CLOEXEC, 0, INSIDE);
	place->hidden = NOWHERE;
	if (place->fd < 0)
		return fail(why, "open", "what the container has written");
	for (size_t from = 0; from < length && place->fd >= 0;) {
		size_t size = strcspn(path + from, "/");
		snprintf(name, sizeof name, "%.*s", (int)size, path + from);
		int next = sys_openat2(place->fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC, 0, INSIDE);
		if (next < 0 && errno != ENOENT)
			return fail(why, "open", "/%.*s in what the container has written", (int)(from + size), path);
		if (next < 0 && place->hidden != NOWHERE)
			return refuse_lost(why, path, from + size);
		close_owned(&place->fd);
		place->fd = next;
		if (next < 0)
			return 0;
		if (fstat(next, &status))
			return fail(why, "look at", "/%.*s in what the container has written", (int)(from + size), path);
		if (!S_ISDIR(status.st_mode))
			return refuse_lost(why, path, from + size);
		if (attributes_read(&reverter->attributes, next, status.st_mode, path, why))
			return -1;
		if (reverter->attributes.opaque && place->hidden == NOWHERE)
			place->hidden = from + size;
		from += size + 1;
	}
	return 0;
}

static int take_away(struct reverter *reverter, int parent, const char *leaf, const char *path, struct failure *why)
{
	char name[FRESH_NAME];
	fresh_name(reverter, name);
	if (renameat(parent, leaf, reverter->trash, name))
		return errno == ENOENT ? 0 : fail(why, "remove", "/%s from what the container has written", path);
	return discard(reverter->trash, name, path, why);
}

// Below an opaque directory nothing shows through: what the image has is to be there itself.
static int put_copy(struct reverter *reverter, int held, const struct stat *status, int parent, const char *path,
		    struct failure *why)
{
	const char *leaf = path + path_leaf(path);
	char name[FRESH_NAME];
	fresh_name(reverter, name);
	int result = copy_tree(&reverter->copier, held, status, reverter->trash, name, path, why);
	if (!result && renameat2(reverter->trash, name, parent, leaf, RENAME_EXCHANGE)) {
		if (errno != ENOENT)
			result = fail(why, "put", "/%s", path);
		else if (renameat(reverter->trash, name, parent, leaf))
			result = fail(why, "put", "/%s", path);
		else
			return 0;
	}
	struct failure leftover;
	return discard(reverter->trash, name, path, result ? &leftover : why) || result ? -1 : 0;
}

// A directory that lies there only because something in it had changed.
static bool says_nothing(struct reverter *reverter, int held, const char *path)
{
	struct failure ignored;
	struct stat status;
	return !fstat(held, &status) && !attributes_read(&reverter->attributes, held, status.st_mode, path, &ignored) &&
	       !reverter->attributes.opaque && view_has_directory(reverter->view, path, &status, &reverter->attributes);
}

static bool is_in(int parent, const char *name, int held)
{
	struct stat one, other;
	return !fstatat(parent, name, &one, AT_SYMLINK_NOFOLLOW) && !fstat(held, &other) && one.st_ino == other.st_ino &&
	       one.st_dev == other.st_dev;
}

// Those of the directories above a path that nothing is in any more, from the lowest one up as long as they say nothing.
// By `..`, so that every one is opened once: the container does not run, and nobody else moves what it has written.
static void take_idle_parents(struct reverter *reverter, const char *path, const struct place *place)
{
	char above[LONGEST_PATH];
	snprintf(above, sizeof above, "%s", path);
	OWNED_FD held = openat(place->fd, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	for (size_t leaf; held >= 0 && (leaf = path_leaf(above)) > 0;) {
		above[leaf - 1] = '\0';
		size_t name = path_leaf(above), length = name ? name - 1 : 0;
		OWNED_FD parent = openat(held, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (parent < 0 || place->hidden <= length || !is_in(parent, above + name, held) ||
		    !says_nothing(reverter, held, above) || unlinkat(parent, above + name, AT_REMOVEDIR))
			return;
		close_owned(&held);
		held = disown_fd(&parent);
	}
}

int revert_stored(struct reverter *reverter, const char *path, struct failure *why)
{
	struct place place = { -1, NOWHERE };
	struct stat status;
	size_t leaf = path_leaf(path);
	int state = enter(reverter, path, leaf ? leaf - 1 : 0, &place, why);
	OWNED_FD parent = place.fd;
	if (state)
		return -1;
	if (parent < 0)
		return 0;
	OWNED_FD held = view_hold(reverter->view, path, &status);
	if (held < 0 && !scan_is_gone(errno))
		return fail(why, "open", "/%s of the image", path);
	if (place.hidden != NOWHERE && held >= 0)
		return put_copy(reverter, held, &status, parent, path, why);
	if (take_away(reverter, parent, path + leaf, path, why))
		return -1;
	take_idle_parents(reverter, path, &place);
	return 0;
}
