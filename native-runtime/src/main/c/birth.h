// Clones a container's first process, born in its namespaces and cgroups.
#ifndef DARSENA_BIRTH_H
#define DARSENA_BIRTH_H

#include <sys/types.h>

#include "sandbox.h"

struct birth {
	pid_t pid;
	int pidfd;
};

// A starter that sits in a container's version 1 cgroups and fresh namespaces before it is wanted.
struct starter;

// The first process is the caller's child in every case, and runs sandbox_enter. A parked starter (may be null) is used
// when it fits, and is gone afterwards in any case. 0, or -1 with `why`.
int birth_give(struct sandbox *sandbox, struct starter *parked, struct birth *birth, struct failure *why);

// Clones a starter that joins the cgroups, makes the namespaces (CLONE_NEW*) that can be made beforehand, and waits. It
// shares the caller's memory and descriptors. Null with `why`.
struct starter *starter_park(const struct strings *cgroups, unsigned long namespaces, struct failure *why);
void starter_release(struct starter *starter);

#endif
