#define _GNU_SOURCE
#include "run_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>

#include "owned.h"

static int lock(const char *state_dir, int how, struct failure *why)
{
	OWNED_FD directory = open(state_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (directory < 0)
		return fail(why, "open directory", "%s", state_dir);
	if (!flock(directory, how | LOCK_NB) || errno != EWOULDBLOCK)
		return disown_fd(&directory);
	refuse(why, EBUSY, "an earlier run of the container still lives", "lock", "%s", state_dir);
	snprintf(why->hint, sizeof why->hint, "end its processes first");
	return -1;
}

int run_lock(const char *state_dir, struct failure *why)
{
	return lock(state_dir, LOCK_EX, why);
}

int run_exclude(const char *state_dir, struct failure *why)
{
	return lock(state_dir, LOCK_SH, why);
}
