#define _GNU_SOURCE
#include "paths.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel.h"
#include "owned.h"

enum { MOST_LINKS = 40 }; // as the kernel has it

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

static int make_missing(const char *path, bool directory, uid_t owner, gid_t group, int links, struct failure *why);

// Where a link leads, with what follows it in the path: `rest` begins with a slash or is empty. 0, or -1 with errno.
static int follow(int parent, const char *prefix, size_t name, const char *rest, char target[PATH_MAX])
{
	char link[PATH_MAX];
	ssize_t length = readlinkat(parent, prefix + name, link, sizeof link - 1);
	if (length < 0)
		return -1;
	link[length] = '\0';
	const int before = link[0] == '/' ? 0 : (int)name;
	if (snprintf(target, PATH_MAX, "%.*s%s%s", before, prefix, link, rest) < PATH_MAX)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}

int path_make(const char *path, bool directory, uid_t owner, gid_t group, struct failure *why)
{
	return make_missing(path, directory, owner, group, 0, why);
}

// A link that leads to nothing has its target made, inside the root as all else, as Docker does.
static int make_missing(const char *path, bool directory, uid_t owner, gid_t group, int links, struct failure *why)
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
			char target[PATH_MAX];
			if (links < MOST_LINKS && !follow(parent, prefix, (size_t)(part - path), part + length, target))
				return make_missing(target, directory, owner, group, links + 1, why);
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
