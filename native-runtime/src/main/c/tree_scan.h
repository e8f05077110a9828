// A walk through a tree in the order of its names, for what others may change meanwhile: every entry is held open while it
// is looked at, and every directory on the way to it, so that what is moved is walked where it was found. Neither links nor
// mounts are entered.
#ifndef DARSENA_TREE_SCAN_H
#define DARSENA_TREE_SCAN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "error.h"
#include "extract_path.h"

struct scan_level;

struct scan {
	int fd; // the present entry, as a mere path (O_PATH)
	struct stat status;
	char path[LONGEST_PATH];
	uint64_t skipped; // entries left out: those that may not be read, and those whose path is too long
	size_t depth, room;
	struct scan_level *levels;
};

// Goes where open descriptors have names: to be called once before all else here. With it, what is held as a mere path can be
// opened, and its attributes be read, without looking its name up again.
int scan_prepare(struct failure *why);

// Walks what is in a directory (taken), of which paths begin with `path` and a slash, or nothing when that is empty.
struct scan *scan_new(int directory, const char *path, struct failure *why);
void scan_free(struct scan *scan);

static inline void scan_owned(struct scan **scan)
{
	scan_free(*scan);
}

// 1: an entry, held until the next call; 0: no more; -1. What has vanished is left out.
int scan_next(struct scan *scan, struct failure *why);

// Lets what is in the present entry, a directory, come next. 0 or -1.
int scan_enter(struct scan *scan, struct failure *why);

// Opens for reading what is held as a mere path. -1 with errno.
int scan_open(int held, int flags);

// Whether errno means that something is not there (any more), or is not part of the tree.
bool scan_is_gone(int number);

// Whether errno means that this one thing cannot be looked at, though others can.
bool scan_is_closed(int number);

#endif
