#define _GNU_SOURCE
#include "tree_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "deep_path.h"
#include "extract_attributes.h"
#include "extract_entry.h"
#include "kernel.h"
#include "links.h"
#include "owned.h"
#include "tree_scan.h"

#define OWNED(type, release) __attribute__((cleanup(release))) struct type *

// Three descriptors are open for each directory that a copy is in.
enum { COPIED_AT_ONCE = 1 << 20, MOST_DEPTH = 2000 };

// One copy: names of links are below its top.
struct copy {
	struct copier *copier;
	struct links *links;
	int top; // the directory that the whole is made in
	const char *top_name;
	size_t top_length; // of the path of the top
	char *buffer;
	unsigned depth; // of the directories that it is in
};

static bool is_carried(const struct tree_attributes *attributes, const char *name)
{
	for (size_t i = 0; i < attributes->count; i++)
		if (!strcmp(attributes->carried[i].name, name))
			return true;
	return false;
}

// What a default access list of the directory above has given it, or what the container has added.
static int remove_others(const struct tree_attributes *attributes, int fd, const char *path, struct failure *why)
{
	OWNED_MEMORY char *names = malloc(ROOM_FOR_NAMES);
	if (!names)
		return fail_with(why, ENOMEM, NULL, "read", "/%s", path);
	ssize_t size = flistxattr(fd, names, ROOM_FOR_NAMES);
	if (size < 0)
		return errno == EOPNOTSUPP ? 0 : fail(why, "list extended attributes", "/%s", path);
	for (const char *name = names; name < names + size; name += strlen(name) + 1)
		if (attribute_may_be_set(name) && !is_carried(attributes, name) && fremovexattr(fd, name) && errno != ENODATA)
			return fail(why, "remove extended attribute", "%s of /%s", name, path);
	return 0;
}

int copy_attributes(struct copier *copier, int held, const struct stat *status, int fd, const char *path, struct failure *why)
{
	struct tree_attributes *attributes = &copier->attributes;
	if (attributes_read(attributes, held, status->st_mode, path, why))
		return -1;
	// Ownership first: giving a file away takes set-id bits and file capabilities from it.
	if (fchown(fd, status->st_uid, status->st_gid))
		return fail(why, "change owner", "/%s", path);
	if (remove_others(attributes, fd, path, why))
		return -1;
	if (fchmod(fd, status->st_mode & 07777))
		return fail(why, "change mode", "/%s", path);
	for (size_t i = 0; i < attributes->count; i++) {
		const struct tar_xattr *xattr = &attributes->carried[i];
		if (fsetxattr(fd, xattr->name, xattr->value, xattr->size, 0) && errno != EOPNOTSUPP)
			return fail(why, "set extended attribute", "%s of /%s", xattr->name, path);
	}
	const struct timespec times[2] = { status->st_mtim, status->st_mtim };
	return futimens(fd, times) ? fail(why, "set time", "/%s", path) : 0;
}

static bool is_zero(const char *bytes, size_t size)
{
	return size == 0 || (bytes[0] == 0 && !memcmp(bytes, bytes + 1, size - 1));
}

static int write_all(int fd, const char *bytes, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t count = write(fd, bytes + done, size - done);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -1;
		done += (size_t)count;
	}
	return 0;
}

// Blocks of zeros become holes. -1 with errno.
static int copy_data(struct copy *copy, int from, int to)
{
	off_t size = 0;
	for (;;) {
		ssize_t count = read(from, copy->buffer, COPIED_AT_ONCE);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -1;
		if (count == 0)
			return ftruncate(to, size);
		size += count;
		if (is_zero(copy->buffer, (size_t)count) ? lseek(to, size, SEEK_SET) < 0
							  : write_all(to, copy->buffer, (size_t)count))
			return -1;
	}
}

static int copy_file(struct copy *copy, int held, const struct stat *status, int parent, const char *name, const char *path,
		     struct failure *why)
{
	OWNED_FD from = scan_open(held, 0);
	if (from < 0)
		return fail(why, "open", "/%s of the image", path);
	OWNED_FD to = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (to < 0)
		return fail(why, "create", "/%s", path);
	if (copy_data(copy, from, to))
		return fail(why, "write", "/%s", path);
	return copy_attributes(copy->copier, held, status, to, path, why);
}

static int describe_node(const struct stat *status, int parent, const char *name, const char *path, struct failure *why)
{
	const struct timespec times[2] = { status->st_mtim, status->st_mtim };
	if (fchownat(parent, name, status->st_uid, status->st_gid, AT_SYMLINK_NOFOLLOW))
		return fail(why, "change owner", "/%s", path);
	return utimensat(parent, name, times, AT_SYMLINK_NOFOLLOW) ? fail(why, "set time", "/%s", path) : 0;
}

static int copy_link(struct copy *copy, int held, const struct stat *status, int parent, const char *name, const char *path,
		     struct failure *why)
{
	char *target = copy->buffer; // none on the stack, on which copies of directories lie
	ssize_t length = readlinkat(held, "", target, LONGEST_LINK - 1);
	if (length < 0)
		return fail(why, "read link", "/%s of the image", path);
	target[length] = '\0';
	return symlinkat(target, parent, name) ? fail(why, "make link", "/%s", path)
						: describe_node(status, parent, name, path, why);
}

// Its mode is given as it is made (the process has no umask): a name would have to be looked up again for it.
static int copy_node(const struct stat *status, int parent, const char *name, const char *path, struct failure *why)
{
	return mknodat(parent, name, status->st_mode, status->st_rdev) ? fail(why, "make", "/%s", path)
									: describe_node(status, parent, name, path, why);
}

static int copy_any(struct copy *copy, int held, const struct stat *status, int parent, const char *name, const char *path,
		    struct failure *why);

static int copy_below(struct copy *copy, int held, int into, const char *path, struct failure *why)
{
	int directory = scan_open(held, O_DIRECTORY);
	if (directory < 0)
		return fail(why, "open", "/%s of the image", path);
	OWNED(scan, scan_owned) scan = scan_new(directory, path, why);
	int state = scan ? 1 : -1;
	while (state > 0 && (state = scan_next(scan, why)) > 0)
		if (copy_any(copy, scan->fd, &scan->status, into, scan->path + path_leaf(scan->path), scan->path, why))
			return -1;
	if (state == 0 && scan->skipped)
		return refuse(why, EACCES, "something in it cannot be read", "copy", "/%s of the image", path);
	return state;
}

static int copy_directory(struct copy *copy, int held, const struct stat *status, int parent, const char *name, const char *path,
			  struct failure *why)
{
	if (copy->depth == MOST_DEPTH)
		return refuse(why, EMFILE, "it lies in more than 2000 directories that would have to be copied", "copy",
			      "/%s of the image", path);
	if (mkdirat(parent, name, 0700))
		return fail(why, "make directory", "/%s", path);
	OWNED_FD into = sys_openat2(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0, RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV);
	if (into < 0)
		return fail(why, "open", "/%s", path);
	copy->depth++;
	int result = copy_below(copy, held, into, path, why);
	copy->depth--;
	return result ? -1 : copy_attributes(copy->copier, held, status, into, path, why);
}

// Makes one more name of a file that was copied before as `first`.
static bool copy_name(struct copy *copy, const char *first, int parent, const char *name)
{
	char *source = copy->buffer;
	if (snprintf(source, COPIED_AT_ONCE, "%s%s", copy->top_name, first + copy->top_length) >= COPIED_AT_ONCE)
		return false;
	OWNED_FD held = -1;
	const char *rest = source;
	int from = deep_reach(copy->top, &rest, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV, &held);
	return from >= 0 && linkat(from, rest, parent, name, 0) == 0;
}

static int copy_any(struct copy *copy, int held, const struct stat *status, int parent, const char *name, const char *path,
		    struct failure *why)
{
	if (entry_is_whiteout(status) || S_ISSOCK(status->st_mode))
		return 0;
	if (S_ISDIR(status->st_mode))
		return copy_directory(copy, held, status, parent, name, path, why);
	const char *first = links_find(copy->links, status);
	if (first && copy_name(copy, first, parent, name))
		return 0;
	if (!first && links_add(copy->links, status, path))
		return fail(why, "copy", "/%s", path);
	if (S_ISREG(status->st_mode))
		return copy_file(copy, held, status, parent, name, path, why);
	return S_ISLNK(status->st_mode) ? copy_link(copy, held, status, parent, name, path, why)
					 : copy_node(status, parent, name, path, why);
}

int copy_tree(struct copier *copier, int held, const struct stat *status, int parent, const char *name, const char *path,
	      struct failure *why)
{
	OWNED(links, links_owned) links = links_new();
	OWNED_MEMORY char *buffer = malloc(COPIED_AT_ONCE);
	if (!links || !buffer)
		return fail_with(why, ENOMEM, NULL, "copy", "/%s", path);
	struct copy copy = { copier, links, parent, name, strlen(path), buffer, 0 };
	return copy_any(&copy, held, status, parent, name, path, why);
}
