#define _GNU_SOURCE
#include "tree_walk.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MOST_DEPTH = 1 << 20 };

int tree_fail(struct tree_failure *failure, const char *operation, const char *name)
{
	failure->operation = operation;
	failure->error = errno;
	snprintf(failure->object, sizeof failure->object, "%s", name);
	return -1;
}

int tree_say_where(struct tree_failure *failure, const char *path)
{
	if (failure->object[0] == '/')
		return -1;
	size_t used = strnlen(failure->object, sizeof failure->object - 1);
	snprintf(failure->object + used, sizeof failure->object - used, " (in %s)", path);
	return -1;
}

int walk_note(struct walk *walk, const char *operation, const char *name)
{
	return walk->failures++ ? -1 : tree_fail(walk->failure, operation, name);
}

int walk_open(int parent, const char *name)
{
	struct open_how how = {
		.flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK,
		.resolve = RESOLVE_NO_XDEV | RESOLVE_NO_SYMLINKS,
	};
	return (int)syscall(SYS_openat2, parent, name, &how, sizeof how);
}

static int push(struct walk *walk, const char *name, off_t resume)
{
	struct stat here;
	if (walk->depth >= MOST_DEPTH) {
		errno = ELOOP;
		return -1;
	}
	if (fstat(walk->fd, &here))
		return -1;
	if (walk->depth == walk->room) {
		size_t room = walk->room ? walk->room * 2 : 32;
		struct walk_level *more = realloc(walk->levels, room * sizeof *more);
		if (!more)
			return -1;
		walk->levels = more;
		walk->room = room;
	}
	char *copy = strdup(name);
	if (!copy)
		return -1;
	walk->levels[walk->depth++] = (struct walk_level){ here.st_dev, here.st_ino, resume, copy };
	return 0;
}

int walk_enter(struct walk *walk, int child, const char *name, off_t resume)
{
	if (push(walk, name, resume)) {
		int kept = errno;
		close(child);
		errno = kept;
		return -1;
	}
	close(walk->fd);
	walk->fd = child;
	return 0;
}

char *walk_leave(struct walk *walk)
{
	struct walk_level *level = &walk->levels[walk->depth - 1];
	int parent = openat(walk->fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (parent < 0)
		return NULL;
	struct stat there;
	if (fstat(parent, &there) || there.st_dev != level->device || there.st_ino != level->inode) {
		close(parent);
		walk->moved = true;
		errno = EAGAIN;
		return NULL;
	}
	// Of a directory that somebody else has emptied and removed meanwhile, ext4 refuses positions it gave out before.
	if (lseek(parent, level->resume, SEEK_SET) < 0 && lseek(parent, 0, SEEK_SET) < 0) {
		close(parent);
		return NULL;
	}
	close(walk->fd);
	walk->fd = parent;
	walk->depth--;
	return level->name;
}

void walk_end(struct walk *walk)
{
	while (walk->depth > 0)
		free(walk->levels[--walk->depth].name);
	free(walk->levels);
	if (walk->fd >= 0)
		close(walk->fd);
	free(walk);
}

struct walk *walk_begin(int fd, struct tree_failure *failure)
{
	struct walk *walk = calloc(1, sizeof *walk);
	if (walk) {
		walk->fd = fd;
		walk->failure = failure;
	}
	return walk;
}

long walk_read(struct walk *walk)
{
	return syscall(SYS_getdents64, walk->fd, walk->buffer, WALK_READ_SIZE);
}
