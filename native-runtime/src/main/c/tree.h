// Deleting and measuring directory trees: never through a symbolic link, never across a mount.
#ifndef DARSENA_TREE_H
#define DARSENA_TREE_H

#include <stdint.h>

// Why a tree operation stopped: the system call, what it was done to, errno.
struct tree_failure {
	const char *operation;
	int error;
	char object[1024];
};

struct tree_usage {
	uint64_t bytes; // allocated blocks x 512, hard links counted once
	uint64_t files; // every entry, directories too, but not the root
};

// Removes the tree below and with `path`. A missing one is no failure. Goes on past what it cannot remove and then
// reports the first failure. Open files are bounded for any depth. Returns 0 or -1.
int tree_delete(const char *path, struct tree_failure *failure);

// The same for an entry of an open directory.
int tree_delete_at(int directory, const char *name, struct tree_failure *failure);

// Measures the tree below `path`, which must exist. Returns 0 or -1.
int tree_measure(const char *path, struct tree_usage *usage, struct tree_failure *failure);

#endif
