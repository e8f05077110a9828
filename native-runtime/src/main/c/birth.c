// On a cgroup of version 2 the kernel places the clone itself. A version 1 cgroup is entered by writing to cgroup.procs: a
// starter does that, clones the first process with CLONE_PARENT, so that it is the monitor's child, and ends. Nothing of
// ours stays in the container's cgroup.
#define _GNU_SOURCE
#include "birth.h"

#include <errno.h>
#include <linux/magic.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "device_filter.h"
#include "files.h"
#include "kernel.h"
#include "owned.h"

enum { MOST_HIERARCHIES = 32, STARTER_STACK = 64 * 1024 };

struct placement {
	int joined[MOST_HIERARCHIES]; // version 1 directories
	const char *names[MOST_HIERARCHIES];
	size_t count;
	int born_in; // version 2 directory, or -1
};

struct starter {
	struct sandbox *sandbox;
	const struct placement *placement;
	struct birth *birth;
	struct failure *why;
	int result;
};

static void placement_release(struct placement *placement)
{
	for (size_t i = 0; i < placement->count; i++)
		close(placement->joined[i]);
	if (placement->born_in >= 0)
		close(placement->born_in);
}

static int placement_open(const struct strings *cgroups, struct placement *placement, struct failure *why)
{
	for (size_t i = 0; i < cgroups->count; i++) {
		const char *path = cgroups->items[i];
		struct statfs facts;
		OWNED_FD fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd < 0 || fstatfs(fd, &facts))
			return fail(why, "open cgroup", "%s", path);
		if (facts.f_type == CGROUP2_SUPER_MAGIC && placement->born_in < 0) {
			placement->born_in = disown_fd(&fd);
		} else if (facts.f_type == CGROUP_SUPER_MAGIC && placement->count < MOST_HIERARCHIES) {
			placement->names[placement->count] = path;
			placement->joined[placement->count++] = disown_fd(&fd);
		} else {
			return refuse(why, EINVAL, "not one cgroup a hierarchy", "open cgroup", "%s", path);
		}
	}
	return 0;
}

static int clone_first(struct sandbox *sandbox, int born_in, bool by_starter, struct birth *birth, struct failure *why)
{
	struct clone_arguments arguments = { 0 };
	int pidfd = -1;
	arguments.flags = CLONE_PIDFD | (sandbox->request->namespaces & ~(unsigned long)CLONE_NEWCGROUP);
	arguments.pidfd = (uint64_t)(uintptr_t)&pidfd;
	if (by_starter)
		arguments.flags |= CLONE_PARENT;
	else
		arguments.exit_signal = SIGCHLD;
	if (born_in >= 0) {
		arguments.flags |= CLONE_INTO_CGROUP;
		arguments.cgroup = (uint64_t)born_in;
	}
	pid_t pid = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
	if (pid == 0)
		sandbox_enter(sandbox);
	if (pid < 0)
		return fail_with(why, errno, errno == EAGAIN ? "the limit of processes is reached" : NULL, "clone",
				 "first process of the container");
	birth->pid = pid;
	birth->pidfd = pidfd;
	return 0;
}

static int join(const struct placement *placement, struct failure *why)
{
	for (size_t i = 0; i < placement->count; i++)
		if (file_write(placement->joined[i], "cgroup.procs", "0", 1))
			return fail(why, "join cgroup", "%s", placement->names[i]);
	return 0;
}

// Shares the monitor's memory and descriptors while that one sleeps, so that its pid, pidfd and failure arrive there.
static int starter_main(void *context)
{
	struct starter *starter = context;
	starter->result = join(starter->placement, starter->why);
	if (!starter->result)
		starter->result = clone_first(starter->sandbox, starter->placement->born_in, true, starter->birth, starter->why);
	return 0;
}

static int give_by_starter(struct sandbox *sandbox, const struct placement *placement, struct birth *birth, struct failure *why)
{
	struct starter starter = { sandbox, placement, birth, why, -1 };
	char *stack = mmap(NULL, STARTER_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
	if (stack == MAP_FAILED)
		return fail(why, "allocate", "stack of the starter");
	pid_t pid = clone(starter_main, stack + STARTER_STACK, CLONE_VM | CLONE_VFORK | CLONE_FILES | SIGCHLD, &starter);
	if (pid < 0)
		starter.result = fail(why, "clone", "starter");
	else
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
	munmap(stack, STARTER_STACK);
	return starter.result;
}

int birth_give(struct sandbox *sandbox, struct birth *birth, struct failure *why)
{
	struct placement placement = { .born_in = -1 };
	int result = placement_open(&sandbox->request->cgroups, &placement, why);
	if (!result && sandbox->request->device_filter && placement.born_in >= 0)
		result = device_filter_attach(placement.born_in, why);
	if (!result && placement.count > 0)
		result = give_by_starter(sandbox, &placement, birth, why);
	else if (!result)
		result = clone_first(sandbox, placement.born_in, false, birth, why);
	placement_release(&placement);
	return result;
}
