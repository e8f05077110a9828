// A monitor that waits, beside a starter that sits in its container's cgroups, for the start to be wanted.
#ifndef DARSENA_PARKED_H
#define DARSENA_PARKED_H

#include <stdint.h>
#include <sys/types.h>

#include "error.h"
#include "frame.h"
#include "request.h"

enum { MOST_PARKED = 16, PARKED_NAME = 80 };

struct parked {
	char name[PARKED_NAME];
	pid_t pid;
	int channel; // closed: the monitor ends
};

struct parked_list {
	size_t count;
	struct parked items[MOST_PARKED]; // oldest first
};

// Forks a monitor that waits. An older one of the same name goes, and the oldest when there are too many.
int parked_add(struct parked_list *list, const char *name, const struct start_request *request, bool in_user_namespace,
	       struct failure *why);

// Lets one end, and waits until it has left its cgroups. One that is not there is no failure.
void parked_remove(struct parked_list *list, const char *name);

// Keeps one that waits for no start in particular: in no cgroup yet, in namespaces of every kind.
bool parked_wants_spare(const struct parked_list *list);
int parked_add_spare(struct parked_list *list, bool in_user_namespace, struct failure *why);

// Hands a start over, to the spare one when there is none of this name. The monitor's pid, or 0 when there is no such monitor or it does not take it: the start has to be
// done without.
pid_t parked_start(struct parked_list *list, const char *name, const struct frame *frame, int listener, int state_dir,
		   uint64_t begun_ns);

#endif
