// Who the container's process is: `user` and `user:group`, looked up in the container's /etc/passwd and /etc/group.
#ifndef DARSENA_IDENTITY_H
#define DARSENA_IDENTITY_H

#include <stddef.h>
#include <sys/types.h>

#include "error.h"

enum { MOST_GROUPS = 1024 };

struct identity {
	uid_t user;
	gid_t group;
	char home[1024]; // empty when the user has no entry
	size_t group_count;
	gid_t groups[MOST_GROUPS]; // supplementary ones
};

// The container's root must be entered. A name that is not there is a failure, a number is not.
int identity_find(const char *specification, struct identity *identity, struct failure *why);

#endif
