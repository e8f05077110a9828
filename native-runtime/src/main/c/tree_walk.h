// A walk through a tree: one open directory whatever its depth. It goes up by `..` and checks that it came where it came
// from; it enters neither links nor mounts. For tree_delete.c and tree_measure.c.
#ifndef DARSENA_TREE_WALK_H
#define DARSENA_TREE_WALK_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "tree.h"

enum { WALK_READ_SIZE = 32 << 10 };

// As getdents64(2) gives them.
struct walk_entry {
	uint64_t inode;
	int64_t next;
	unsigned short length;
	unsigned char type;
	char name[];
};

struct walk_level {
	dev_t device;
	ino_t inode;
	off_t resume; // where to go on in the parent
	char *name;
};

struct walk {
	int fd; // the directory being read
	struct walk_level *levels;
	size_t depth, room;
	bool moved; // somebody else moved a directory that the walk is in
	bool progress; // of a removal: something was removed since the last look
	int looks;     // of a removal: how often something was looked at again
	struct tree_failure *failure;
	int failures;
	char buffer[WALK_READ_SIZE] __attribute__((aligned(8)));
};

// Takes `fd` when it succeeds. Null with errno.
struct walk *walk_begin(int fd, struct tree_failure *failure);
void walk_end(struct walk *walk);

static inline void walk_owned(struct walk **walk)
{
	int kept = errno;
	if (*walk)
		walk_end(*walk);
	errno = kept;
}

#define OWNED_WALK __attribute__((cleanup(walk_owned))) struct walk

// Opens a directory; a link gives ELOOP or ENOTDIR, a mount point EXDEV.
int walk_open(int parent, const char *name);

// Makes `child` (taken) the directory being read; the walk comes back to offset `resume` of the present one. 0 or -1.
int walk_enter(struct walk *walk, int child, const char *name, off_t resume);

// Back to the parent. The name of the child, to be freed; null with errno, and `moved` set when it is another's place.
char *walk_leave(struct walk *walk);

// Fills the buffer with the next entries: bytes, 0 at the end, -1.
long walk_read(struct walk *walk);

static inline bool walk_is_dots(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

// The name of the directory being read.
static inline const char *walk_here(const struct walk *walk)
{
	return walk->depth ? walk->levels[walk->depth - 1].name : ".";
}

// Fills `failure` from errno; -1.
int tree_fail(struct tree_failure *failure, const char *operation, const char *name);

// Adds to the mere name of an entry the path of the tree that it is in; -1.
int tree_say_where(struct tree_failure *failure, const char *path);

// The same as tree_fail for a walk, of which the first failure is kept.
int walk_note(struct walk *walk, const char *operation, const char *name);

#endif
