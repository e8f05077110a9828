#define _GNU_SOURCE
#include "paths.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "kernel.h"
#include "owned.h"

// The working root is the container's already; magic links (/proc/self/fd) are the one way out that is left.
static int open_inside(const char *path, int flags)
{
	OWNED_FD root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return -1;
	return sys_openat2(root, path, flags | O_CLOEXEC, 0, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
}

int path_open(const char *path)
{
	return open_inside(path, O_PATH);
}

int path_open_regular(const char *path)
{
	OWNED_FD fd = open_inside(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	struct stat facts;
	if (fd < 0 || fstat(fd, &facts))
		return -1;
	if (!S_ISREG(facts.st_mode)) {
		errno = EINVAL;
		return -1;
	}
	return disown_fd(&fd);
}

static int make_in(int parent, const char *name, bool directory, uid_t owner, gid_t group)
{
	if (directory) {
		if (mkdirat(parent, name, 0755))
			return -1;
	} else {
		OWNED_FD file = openat(parent, name, O_CREAT | O_EXCL | O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0644);
		if (file < 0)
			return -1;
	}
	if (owner == 0 && group == 0)
		return 0;
	return fchownat(parent, name, owner, group, AT_SYMLINK_NOFOLLOW);
}

int path_make(const char *path, bool directory, uid_t owner, gid_t group, struct failure *why)
{
	int whole = path_open(path);
	if (whole >= 0)
		return whole;
	if (errno != ENOENT)
		return fail(why, "open", "%s in the container", path);
	char prefix[PATH_MAX];
	OWNED_FD parent = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (parent < 0)
		return fail(why, "open", "/ in the container");
	for (const char *part = path + strspn(path, "/"); *part;) {
		size_t length = strcspn(part, "/"), end = (size_t)(part - path) + length;
		const char *next = part + length + strspn(part + length, "/");
		memcpy(prefix, path, end);
		prefix[end] = '\0';
		int fd = path_open(prefix);
		if (fd < 0 && errno == ENOENT) {
			if (make_in(parent, prefix + (part - path), *next || directory, owner, group))
				return fail(why, *next || directory ? "make directory" : "make file", "%s in the container", prefix);
			fd = path_open(prefix);
		}
		if (fd < 0)
			return fail(why, "open", "%s in the container", prefix);
		close(parent);
		parent = fd;
		part = next;
	}
	return disown_fd(&parent);
}
