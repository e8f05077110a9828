// That a container has one run at a time.
#ifndef DARSENA_RUN_LOCK_H
#define DARSENA_RUN_LOCK_H

#include "error.h"

// Two runs at once would mount one upper layer twice. A locked descriptor of the container's state directory, or -1 with
// `why` while a run lives, wherever its sockets are. Handed to the monitor, the lock is let go of with that one, however it
// ends. A file system that knows no locks does without.
int run_lock(const char *state_dir, struct failure *why);

// As long as the descriptor is open no run begins; several may hold one. -1 with `why` while a run lives.
int run_exclude(const char *state_dir, struct failure *why);

#endif
