// Makes what a container has changed again what its image has.
#ifndef DARSENA_REVERT_H
#define DARSENA_REVERT_H

#include <stdbool.h>
#include <sys/types.h>

#include "error.h"
#include "request.h"

struct revert_spec {
	struct strings lowers;   // the image's layers, the topmost first
	const char *upper;       // what the container has written; of one that does not run
	const char *trash;       // on the same file system, where what goes is moved first
	pid_t pid;               // first process of one that runs, or 0
	unsigned long long start_ticks; // of that process
	struct strings paths;    // `w HEX` or `a HEX`, as the protocol says
	bool in_user_namespace;
};

// Changes the working directory and, of one that runs, enters its mount namespace; confines itself before it looks at the
// first path. To be called in a process that ends afterwards. 0, or -1 when it stopped at a path: the others before it are
// done.
int revert(const struct revert_spec *spec, struct failure *why);

#endif
