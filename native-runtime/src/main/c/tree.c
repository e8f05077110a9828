#define _GNU_SOURCE
#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "owned.h"

// A walk holds one open directory, whatever its depth: it goes up by `..` and checks that it came where it came from.
enum { READ_SIZE = 32 << 10, MOST_DEPTH = 1 << 20, ATTEMPTS = 3, MOST_LOOKS = 1000 };

struct kernel_entry {
	uint64_t inode;
	int64_t next;
	unsigned short length;
	unsigned char type;
	char name[];
};

struct level {
	dev_t device;
	ino_t inode;
	off_t resume; // where to go on in the parent
	char *name;
};

struct walk {
	int fd; // the directory being read
	struct level *levels;
	size_t depth, room;
	bool moved;    // somebody else moved a directory that the walk is in
	bool progress; // something was removed
	int looks;
	struct tree_failure *failure;
	int failures;
	char buffer[READ_SIZE] __attribute__((aligned(8)));
};

static int note(struct walk *walk, const char *operation, const char *name)
{
	if (walk->failures++ == 0) {
		walk->failure->operation = operation;
		walk->failure->error = errno;
		snprintf(walk->failure->object, sizeof walk->failure->object, "%s", name);
	}
	return -1;
}

// Neither a link nor a mount point is entered: the first gives ELOOP or ENOTDIR, the second EXDEV.
static int open_directory(int parent, const char *name)
{
	struct open_how how = {
		.flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK,
		.resolve = RESOLVE_NO_XDEV | RESOLVE_NO_SYMLINKS,
	};
	return (int)syscall(SYS_openat2, parent, name, &how, sizeof how);
}

static int open_for_removal(int parent, const char *name)
{
	int fd = open_directory(parent, name);
	if (fd < 0 && errno == EACCES && !fchmodat(parent, name, S_IRWXU, AT_SYMLINK_NOFOLLOW))
		fd = open_directory(parent, name);
	return fd;
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
		struct level *more = realloc(walk->levels, room * sizeof *more);
		if (!more)
			return -1;
		walk->levels = more;
		walk->room = room;
	}
	char *copy = strdup(name);
	if (!copy)
		return -1;
	walk->levels[walk->depth++] = (struct level){ here.st_dev, here.st_ino, resume, copy };
	return 0;
}

static int enter(struct walk *walk, int child, const char *name, off_t resume)
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

// Back to the parent, reading on behind the child. The child's name is the caller's to free.
static char *leave(struct walk *walk)
{
	struct level *level = &walk->levels[walk->depth - 1];
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
	if (lseek(parent, level->resume, SEEK_SET) < 0) {
		close(parent);
		return NULL;
	}
	close(walk->fd);
	walk->fd = parent;
	walk->depth--;
	return level->name;
}

static void walk_end(struct walk *walk)
{
	while (walk->depth > 0)
		free(walk->levels[--walk->depth].name);
	free(walk->levels);
	if (walk->fd >= 0)
		close(walk->fd);
	free(walk);
}

static void walk_owned(struct walk **walk)
{
	int kept = errno;
	if (*walk)
		walk_end(*walk);
	errno = kept;
}

#define OWNED_WALK __attribute__((cleanup(walk_owned))) struct walk

static struct walk *walk_begin(int fd, struct tree_failure *failure)
{
	struct walk *walk = calloc(1, sizeof *walk);
	if (walk) {
		walk->fd = fd;
		walk->failure = failure;
	}
	return walk;
}

static bool is_dots(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

static long read_entries(struct walk *walk)
{
	return syscall(SYS_getdents64, walk->fd, walk->buffer, READ_SIZE);
}

static int unlink_forced(struct walk *walk, const char *name, int flags)
{
	if (!unlinkat(walk->fd, name, flags) || errno == ENOENT)
		return 0;
	if (errno == EACCES && !fchmod(walk->fd, S_IRWXU))
		return unlinkat(walk->fd, name, flags);
	return -1;
}

// Removes one entry. 1: it is a directory with entries, and now the one being read.
static int remove_entry(struct walk *walk, const struct kernel_entry *entry)
{
	if (entry->type != DT_DIR) {
		if (!unlink_forced(walk, entry->name, 0))
			return 0;
		if (errno != EISDIR)
			return note(walk, "unlink", entry->name);
	}
	if (!unlink_forced(walk, entry->name, AT_REMOVEDIR))
		return 0;
	if (errno != ENOTEMPTY && errno != EEXIST && errno != EACCES)
		return note(walk, "remove directory", entry->name);
	int child = open_for_removal(walk->fd, entry->name);
	if (child < 0)
		return note(walk, errno == EXDEV ? "remove what is mounted at" : "open", entry->name);
	if (enter(walk, child, entry->name, entry->next))
		return note(walk, "enter", entry->name);
	return 1;
}

// Looks at each entry that is there now. 1: went into a child, 0: read to the end, -1: it cannot be read.
static int remove_entries(struct walk *walk)
{
	long size;
	while ((size = read_entries(walk)) > 0) {
		for (long at = 0; at < size;) {
			const struct kernel_entry *entry = (const struct kernel_entry *)(walk->buffer + at);
			at += entry->length;
			if (is_dots(entry->name))
				continue;
			int state = remove_entry(walk, entry);
			if (state > 0)
				return 1;
			walk->progress |= state == 0;
		}
	}
	if (size < 0)
		return note(walk, "read directory", walk->depth ? walk->levels[walk->depth - 1].name : ".");
	return 0;
}

// Removing while reading may make a file system pass over entries: what was not empty is read again.
static bool worth_another_look(struct walk *walk)
{
	return walk->failures == 0 && walk->looks++ < MOST_LOOKS && !lseek(walk->fd, 0, SEEK_SET);
}

// Empties the directory being read and all below it, as far as it goes.
static int remove_contents(struct walk *walk)
{
	for (;;) {
		if (remove_entries(walk) > 0)
			continue;
		if (walk->depth == 0) {
			if (walk->progress && worth_another_look(walk)) {
				walk->progress = false;
				continue;
			}
			return walk->failures ? -1 : 0;
		}
		OWNED_MEMORY char *name = leave(walk);
		if (!name)
			return note(walk, "leave", walk->levels[walk->depth - 1].name);
		if (!unlink_forced(walk, name, AT_REMOVEDIR))
			walk->progress = true;
		else if (errno != ENOTEMPTY || !worth_another_look(walk))
			note(walk, "remove directory", name);
	}
}

static int fail_at(struct tree_failure *failure, const char *operation, const char *name)
{
	failure->operation = operation;
	failure->error = errno;
	snprintf(failure->object, sizeof failure->object, "%s", name);
	return -1;
}

int tree_delete_at(int directory, const char *name, struct tree_failure *failure)
{
	if (!unlinkat(directory, name, 0) || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return fail_at(failure, "unlink", name);
	if (!unlinkat(directory, name, AT_REMOVEDIR))
		return 0;
	if (errno != ENOTEMPTY && errno != EEXIST && errno != EACCES)
		return fail_at(failure, "remove directory", name);
	int fd = open_for_removal(directory, name);
	if (fd < 0)
		return fail_at(failure, errno == EXDEV ? "remove what is mounted at" : "open", name);
	OWNED_WALK *walk = walk_begin(fd, failure);
	if (!walk) {
		close(fd);
		return fail_at(failure, "remove directory", name);
	}
	if (remove_contents(walk))
		return -1;
	return unlinkat(directory, name, AT_REMOVEDIR) ? fail_at(failure, "remove directory", name) : 0;
}

int tree_delete(const char *path, struct tree_failure *failure)
{
	OWNED_MEMORY char *copy = strdup(path);
	if (!copy)
		return fail_at(failure, "remove directory", path);
	size_t length = strlen(copy);
	while (length > 1 && copy[length - 1] == '/')
		copy[--length] = '\0';
	char *slash = strrchr(copy, '/');
	if (!slash || !slash[1]) {
		errno = EINVAL;
		return fail_at(failure, "remove directory", path);
	}
	*slash = '\0';
	OWNED_FD parent = open(slash == copy ? "/" : copy, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (parent < 0)
		return errno == ENOENT ? 0 : fail_at(failure, "open", copy);
	return tree_delete_at(parent, slash + 1, failure);
}

// Inodes with several links that have been counted: open addressing, a power of two.
struct seen {
	uint64_t *keys;
	size_t used, room;
};

static bool insert(uint64_t *keys, size_t room, uint64_t key)
{
	size_t at = (size_t)((key * 0x9e3779b97f4a7c15u) >> 20) & (room - 1);
	while (keys[at] && keys[at] != key)
		at = (at + 1) & (room - 1);
	bool fresh = !keys[at];
	keys[at] = key;
	return fresh;
}

// 1: not seen before, 0: seen, -1.
static int see(struct seen *seen, ino_t inode)
{
	if (seen->used * 2 >= seen->room) {
		size_t room = seen->room ? seen->room * 2 : 1024;
		uint64_t *keys = calloc(room, sizeof *keys);
		if (!keys)
			return -1;
		for (size_t i = 0; i < seen->room; i++)
			if (seen->keys[i])
				insert(keys, room, seen->keys[i]);
		free(seen->keys);
		seen->keys = keys;
		seen->room = room;
	}
	bool fresh = insert(seen->keys, seen->room, (uint64_t)inode + 1);
	seen->used += fresh;
	return fresh;
}

static int count_entry(struct walk *walk, const char *name, struct seen *seen, struct tree_usage *usage, bool *directory)
{
	struct stat status;
	*directory = false;
	if (fstatat(walk->fd, name, &status, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT ? 0 : note(walk, "stat", name);
	*directory = S_ISDIR(status.st_mode);
	usage->files++;
	if (!*directory && status.st_nlink > 1) {
		int fresh = see(seen, status.st_ino);
		if (fresh < 0)
			return note(walk, "stat", name);
		if (!fresh)
			return 0;
	}
	usage->bytes += (uint64_t)status.st_blocks * 512;
	return 0;
}

// 1: went into a child; 0: this directory is done; -1.
static int measure_some(struct walk *walk, struct seen *seen, struct tree_usage *usage)
{
	long size;
	while ((size = read_entries(walk)) > 0) {
		for (long at = 0; at < size;) {
			const struct kernel_entry *entry = (const struct kernel_entry *)(walk->buffer + at);
			at += entry->length;
			bool directory;
			if (is_dots(entry->name))
				continue;
			if (count_entry(walk, entry->name, seen, usage, &directory))
				return -1;
			if (!directory)
				continue;
			int child = open_directory(walk->fd, entry->name);
			if (child < 0 && (errno == EXDEV || errno == ENOENT))
				continue; // what is mounted here is not of this tree; what is gone, either
			if (child < 0)
				return note(walk, "open", entry->name);
			return enter(walk, child, entry->name, entry->next) ? note(walk, "enter", entry->name) : 1;
		}
	}
	return size < 0 ? note(walk, "read directory", walk->depth ? walk->levels[walk->depth - 1].name : ".") : 0;
}

static int measure(struct walk *walk, struct seen *seen, struct tree_usage *usage)
{
	for (;;) {
		int state = measure_some(walk, seen, usage);
		if (state > 0)
			continue;
		if (state < 0)
			return -1;
		if (walk->depth == 0)
			return 0;
		OWNED_MEMORY char *name = leave(walk);
		if (!name)
			return note(walk, "leave", walk->levels[walk->depth - 1].name);
	}
}

static int measure_once(const char *path, struct tree_usage *usage, struct tree_failure *failure, bool *moved)
{
	*usage = (struct tree_usage){ 0 };
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat root;
	if (fd < 0 || fstat(fd, &root)) {
		fail_at(failure, "open", path);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	usage->bytes = (uint64_t)root.st_blocks * 512;
	OWNED_WALK *walk = walk_begin(fd, failure);
	if (!walk) {
		close(fd);
		return fail_at(failure, "measure", path);
	}
	struct seen seen = { 0 };
	int result = measure(walk, &seen, usage);
	free(seen.keys);
	*moved = walk->moved;
	return result;
}

int tree_measure(const char *path, struct tree_usage *usage, struct tree_failure *failure)
{
	// A container may move a directory while it is measured: then from the start.
	for (int attempt = 0;; attempt++) {
		bool moved = false;
		if (!measure_once(path, usage, failure, &moved))
			return 0;
		if (!moved || attempt == ATTEMPTS)
			return -1;
	}
}
