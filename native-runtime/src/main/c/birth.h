// Clones a container's first process, born in its namespaces and cgroups.
#ifndef DARSENA_BIRTH_H
#define DARSENA_BIRTH_H

#include <sys/types.h>

#include "sandbox.h"

struct birth {
	pid_t pid;
	int pidfd;
};

// The first process is the caller's child in every case, and runs sandbox_enter. 0, or -1 with `why`.
int birth_give(struct sandbox *sandbox, struct birth *birth, struct failure *why);

#endif
