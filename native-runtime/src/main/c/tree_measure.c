#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "owned.h"
#include "tree_walk.h"

enum { ATTEMPTS = 3 };

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
		return errno == ENOENT ? 0 : walk_note(walk, "stat", name);
	*directory = S_ISDIR(status.st_mode);
	usage->files++;
	if (!*directory && status.st_nlink > 1) {
		int fresh = see(seen, status.st_ino);
		if (fresh < 0)
			return walk_note(walk, "stat", name);
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
	while ((size = walk_read(walk)) > 0) {
		for (long at = 0; at < size;) {
			const struct walk_entry *entry = (const struct walk_entry *)(walk->buffer + at);
			at += entry->length;
			bool directory;
			if (walk_is_dots(entry->name))
				continue;
			if (count_entry(walk, entry->name, seen, usage, &directory))
				return -1;
			if (!directory)
				continue;
			int child = walk_open(walk->fd, entry->name);
			if (child < 0 && (errno == EXDEV || errno == ENOENT))
				continue; // what is mounted here is not of this tree; what is gone, either
			if (child < 0)
				return walk_note(walk, "open", entry->name);
			return walk_enter(walk, child, entry->name, entry->next) ? walk_note(walk, "enter", entry->name) : 1;
		}
	}
	return size < 0 ? walk_note(walk, "read directory", walk_here(walk)) : 0;
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
		OWNED_MEMORY char *name = walk_leave(walk);
		if (!name)
			return walk_note(walk, "leave", walk_here(walk));
	}
}

static int measure_once(const char *path, struct tree_usage *usage, struct tree_failure *failure, bool *moved)
{
	*usage = (struct tree_usage){ 0 };
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat root;
	if (fd < 0 || fstat(fd, &root)) {
		tree_fail(failure, "open", path);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	usage->bytes = (uint64_t)root.st_blocks * 512;
	OWNED_WALK *walk = walk_begin(fd, failure);
	if (!walk) {
		close(fd);
		return tree_fail(failure, "measure", path);
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
			return tree_say_where(failure, path);
	}
}
