// The cgroups that a container's first process is born in, opened.
#ifndef DARSENA_PLACEMENT_H
#define DARSENA_PLACEMENT_H

#include <stdbool.h>
#include <sys/types.h>

#include "error.h"
#include "request.h"

enum { MOST_HIERARCHIES = 32 };

struct placement {
	int joined[MOST_HIERARCHIES]; // version 1 directories
	size_t count;
	int born_in; // version 2 directory, or -1
};

// 0, or -1 with `why`. To be released in both cases.
int placement_open(const struct strings *cgroups, struct placement *placement, struct failure *why);
void placement_release(struct placement *placement);

// Moves a process into the version 1 cgroups; 0 is the caller.
int placement_move(const struct placement *placement, pid_t pid, struct failure *why);

// Whether both name the same version 1 cgroups, by whatever names.
bool placement_same(const struct placement *one, const struct placement *other);

#endif
