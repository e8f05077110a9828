#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "owned.h"
#include "tree_walk.h"

enum { MOST_LOOKS = 1000 };

static int open_for_removal(int parent, const char *name)
{
	int fd = walk_open(parent, name);
	if (fd < 0 && errno == EACCES && !fchmodat(parent, name, S_IRWXU, AT_SYMLINK_NOFOLLOW))
		fd = walk_open(parent, name);
	return fd;
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
static int remove_entry(struct walk *walk, const struct walk_entry *entry)
{
	if (entry->type != DT_DIR) {
		if (!unlink_forced(walk, entry->name, 0))
			return 0;
		if (errno != EISDIR)
			return walk_note(walk, "unlink", entry->name);
	}
	if (!unlink_forced(walk, entry->name, AT_REMOVEDIR))
		return 0;
	if (errno != ENOTEMPTY && errno != EEXIST && errno != EACCES)
		return walk_note(walk, "remove directory", entry->name);
	int child = open_for_removal(walk->fd, entry->name);
	if (child < 0 && errno == ENOENT)
		return 0;
	if (child < 0)
		return walk_note(walk, errno == EXDEV ? "remove what is mounted at" : "open", entry->name);
	if (walk_enter(walk, child, entry->name, entry->next))
		return walk_note(walk, "enter", entry->name);
	return 1;
}

// Looks at each entry that is there now. 1: went into a child, 0: read to the end, -1: it cannot be read.
static int remove_entries(struct walk *walk)
{
	long size;
	while ((size = walk_read(walk)) > 0) {
		for (long at = 0; at < size;) {
			const struct walk_entry *entry = (const struct walk_entry *)(walk->buffer + at);
			at += entry->length;
			if (walk_is_dots(entry->name))
				continue;
			int state = remove_entry(walk, entry);
			if (state > 0)
				return 1;
			walk->progress |= state == 0;
		}
	}
	// What an engine that was killed had begun to delete is still being deleted when the next one deletes it: a
	// directory that another process removed cannot be read, and has no entries.
	if (size < 0 && errno != ENOENT)
		return walk_note(walk, "read directory", walk_here(walk));
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
		OWNED_MEMORY char *name = walk_leave(walk);
		if (!name)
			return walk_note(walk, "leave", walk_here(walk));
		if (!unlink_forced(walk, name, AT_REMOVEDIR))
			walk->progress = true;
		else if (errno != ENOTEMPTY || !worth_another_look(walk))
			walk_note(walk, "remove directory", name);
	}
}

int tree_delete_at(int directory, const char *name, struct tree_failure *failure)
{
	if (!unlinkat(directory, name, 0) || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return tree_fail(failure, "unlink", name);
	if (!unlinkat(directory, name, AT_REMOVEDIR))
		return 0;
	if (errno != ENOTEMPTY && errno != EEXIST && errno != EACCES)
		return tree_fail(failure, "remove directory", name);
	int fd = open_for_removal(directory, name);
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		return tree_fail(failure, errno == EXDEV ? "remove what is mounted at" : "open", name);
	OWNED_WALK *walk = walk_begin(fd, failure);
	if (!walk) {
		close(fd);
		return tree_fail(failure, "remove directory", name);
	}
	if (remove_contents(walk))
		return -1;
	if (unlinkat(directory, name, AT_REMOVEDIR) && errno != ENOENT)
		return tree_fail(failure, "remove directory", name);
	return 0;
}

int tree_delete(const char *path, struct tree_failure *failure)
{
	OWNED_MEMORY char *copy = strdup(path);
	if (!copy)
		return tree_fail(failure, "remove directory", path);
	size_t length = strlen(copy);
	while (length > 1 && copy[length - 1] == '/')
		copy[--length] = '\0';
	char *slash = strrchr(copy, '/');
	if (!slash || !slash[1]) {
		errno = EINVAL;
		return tree_fail(failure, "remove directory", path);
	}
	*slash = '\0';
	OWNED_FD parent = open(slash == copy ? "/" : copy, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (parent < 0)
		return errno == ENOENT ? 0 : tree_fail(failure, "open", copy);
	if (!tree_delete_at(parent, slash + 1, failure))
		return 0;
	return tree_say_where(failure, path);
}
