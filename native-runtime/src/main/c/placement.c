#define _GNU_SOURCE
#include "placement.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "files.h"
#include "owned.h"

void placement_release(struct placement *placement)
{
	for (size_t i = 0; i < placement->count; i++)
		close(placement->joined[i]);
	if (placement->born_in >= 0)
		close(placement->born_in);
	*placement = (struct placement){ .born_in = -1 };
}

int placement_open(const struct strings *cgroups, struct placement *placement, struct failure *why)
{
	*placement = (struct placement){ .born_in = -1 };
	for (size_t i = 0; i < cgroups->count; i++) {
		const char *path = cgroups->items[i];
		struct statfs facts;
		OWNED_FD fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd < 0 || fstatfs(fd, &facts))
			return fail(why, "open cgroup", "%s", path);
		if (facts.f_type == CGROUP2_SUPER_MAGIC && placement->born_in < 0)
			placement->born_in = disown_fd(&fd);
		else if (facts.f_type == CGROUP_SUPER_MAGIC && placement->count < MOST_HIERARCHIES)
			placement->joined[placement->count++] = disown_fd(&fd);
		else
			return refuse(why, EINVAL, "not one cgroup a hierarchy", "open cgroup", "%s", path);
	}
	return 0;
}

// A thread that moves itself, and itself alone, is spared the lock over all processes that cgroup.procs takes, and with it
// the wait for a grace period (5 to 20 ms): so the caller, who has one thread, writes to `tasks` (kernel 5.4, "cgroup:
// Optimize single thread migration"). Where only cgroup.procs was made over to the user, that one has to do.
static int move_into(int cgroup, pid_t pid)
{
	char number[16];
	size_t length = (size_t)snprintf(number, sizeof number, "%d", (int)pid);
	if (pid == 0 && !file_write(cgroup, "tasks", number, length))
		return 0;
	if (pid == 0 && errno != EACCES && errno != EPERM && errno != ENOENT)
		return -1;
	return file_write(cgroup, "cgroup.procs", number, length);
}

int placement_move(const struct placement *placement, pid_t pid, struct failure *why)
{
	for (size_t i = 0; i < placement->count; i++) {
		char path[512], link[32];
		if (!move_into(placement->joined[i], pid))
			continue;
		int number = errno;
		snprintf(link, sizeof link, "/proc/self/fd/%d", placement->joined[i]);
		ssize_t length = readlink(link, path, sizeof path - 1);
		path[length < 0 ? 0 : length] = '\0';
		return fail_with(why, number, NULL, "join cgroup", "%s", path);
	}
	return 0;
}

// A version 1 cgroup may have been renamed meanwhile: what counts is the directory itself.
bool placement_same(const struct placement *one, const struct placement *other)
{
	if (one->count != other->count)
		return false;
	for (size_t i = 0; i < one->count; i++) {
		struct stat facts, wanted;
		bool found = false;
		if (fstat(one->joined[i], &wanted))
			return false;
		for (size_t j = 0; j < other->count && !found; j++)
			found = !fstat(other->joined[j], &facts) && facts.st_dev == wanted.st_dev && facts.st_ino == wanted.st_ino;
		if (!found)
			return false;
	}
	return true;
}
