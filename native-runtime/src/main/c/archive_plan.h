// The plan that an archiver is sent: what to archive, and under which names.
#ifndef DARSENA_ARCHIVE_PLAN_H
#define DARSENA_ARCHIVE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

enum { PLAN_ROOM = 64 << 10 };

struct plan_record {
	bool recursive, optional;
	bool parent;   // no mark says anything of what layers below have in it
	bool opaque;   // the mark says that nothing of that is seen
	bool whiteout; // it is the mark itself
	size_t root;
	const char *path; // below the root
	const char *name; // in the archive
};

struct plan {
	int fd;
	size_t start, used;
	char bytes[PLAN_ROOM];
};

// Whether the next record has come whole: then plan_next does not wait.
bool plan_is_ready(const struct plan *plan);

// 1: a record, valid until the next call; 0: the plan's end; -1: why->number is EINVAL when the plan is at fault.
int plan_next(struct plan *plan, struct plan_record *record, struct failure *why);

#endif
