// On a cgroup of version 2 the kernel places the clone itself. A version 1 cgroup has to be entered: a starter does that,
// clones the first process with CLONE_PARENT, so that it is the monitor's child, and ends. Nothing of ours stays in the
// container's cgroup.
//
// Entering waits for whoever else on the machine changes cgroups, and fresh namespaces take their time. So a starter may
// be parked before the start is wanted.
#define _GNU_SOURCE
#include "birth.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "device_filter.h"
#include "kernel.h"
#include "owned.h"
#include "placement.h"

enum { STARTER_STACK = 256 * 1024 };
static const unsigned long made_beforehand = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;

struct starter {
	pid_t pid;
	char *stack;
	int told[2]; // the starter says that it stands ready
	int go[2];   // it is told to clone; closed: to end
	struct placement placement;
	const struct placement *late; // joined when it is told to go; null: nothing
	unsigned long namespaces;     // asked for when it was parked
	struct sandbox *sandbox;
	struct birth *birth;
	struct failure *why;
	int born_in, result;
};

static const char *clone_hint(int number)
{
	switch (number) {
	case EAGAIN:
		return "the limit of processes is reached";
	case ENOMEM:
		return "the memory limit may be too small";
	case ENOSPC:
		return "a limit of namespaces in /proc/sys/user is reached";
	default:
		return NULL;
	}
}

static int clone_first(struct sandbox *sandbox, int born_in, struct starter *by, struct birth *birth, struct failure *why)
{
	struct clone_arguments arguments = { 0 };
	int pidfd = -1;
	arguments.flags = CLONE_PIDFD | (sandbox->request->namespaces & ~(unsigned long)CLONE_NEWCGROUP);
	arguments.pidfd = (uint64_t)(uintptr_t)&pidfd;
	if (by)
		arguments.flags = (arguments.flags | CLONE_PARENT) & ~(uint64_t)(by->namespaces & made_beforehand);
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
		return fail_with(why, errno, clone_hint(errno), "clone", "first process of the container");
	birth->pid = pid;
	birth->pidfd = pidfd;
	return 0;
}

// Shares the monitor's memory and descriptors while that one sleeps, so that its pid, pidfd and failure arrive there.
static int starter_main(void *context)
{
	struct starter *starter = context;
	starter->result = placement_move(&starter->placement, 0, starter->why);
	if (!starter->result)
		starter->result = clone_first(starter->sandbox, starter->born_in, starter, starter->birth, starter->why);
	return 0;
}

static int parked_main(void *context)
{
	struct starter *starter = context;
	char go = 0;
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	prctl(PR_SET_NAME, "darsena-starter");
	starter->result = placement_move(&starter->placement, 0, starter->why);
	if (!starter->result && unshare((int)(starter->namespaces & made_beforehand)))
		starter->result = fail(starter->why, "make namespaces", "before the start");
	if (!starter->result && (starter->namespaces & CLONE_NEWNET))
		starter->result = network_make(starter->why);
	if (write(starter->told[1], "", 1) != 1 || read(starter->go[0], &go, 1) != 1 || go != 1)
		return 0;
	starter->result = starter->late ? placement_move(starter->late, 0, starter->why) : 0;
	if (!starter->result)
		starter->result = clone_first(starter->sandbox, starter->born_in, starter, starter->birth, starter->why);
	return 0;
}

static int starter_clone(struct starter *starter, int (*run)(void *), int flags, struct failure *why)
{
	starter->stack = mmap(NULL, STARTER_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
	if (starter->stack == MAP_FAILED) {
		starter->stack = NULL;
		return fail(why, "allocate", "stack of the starter");
	}
	starter->pid = clone(run, starter->stack + STARTER_STACK, CLONE_VM | CLONE_FILES | flags | SIGCHLD, starter);
	return starter->pid < 0 ? fail(why, "clone", "starter") : 0;
}

// Only a starter that has ended lets go of its stack.
static void starter_end(struct starter *starter)
{
	if (starter->pid > 0)
		while (waitpid(starter->pid, NULL, 0) < 0 && errno == EINTR)
			;
	if (starter->stack)
		munmap(starter->stack, STARTER_STACK);
	starter->pid = 0;
	starter->stack = NULL;
}

static int give_by_starter(struct sandbox *sandbox, const struct placement *placement, struct birth *birth, struct failure *why)
{
	struct starter starter = { .placement = *placement, .sandbox = sandbox, .birth = birth, .why = why,
				   .born_in = placement->born_in, .result = -1 };
	if (starter_clone(&starter, starter_main, CLONE_VFORK, why))
		return -1;
	starter_end(&starter);
	return starter.result;
}

// With a limit of one process a starter leaves no room in the cgroup: the first process is born outside, waits at a gate
// and is moved in.
static int give_and_move(struct sandbox *sandbox, const struct placement *placement, struct birth *birth, struct failure *why)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC))
		return fail(why, "make pipe", "for the first process");
	OWNED_FD gate = ends[0], opener = ends[1];
	sandbox->gate = gate;
	if (clone_first(sandbox, placement->born_in, NULL, birth, why))
		return -1;
	sandbox->gate = -1;
	if (!placement_move(placement, birth->pid, why) && write(opener, "", 1) == 1)
		return 0;
	sys_pidfd_send_signal(birth->pidfd, SIGKILL);
	while (waitpid(birth->pid, NULL, 0) < 0 && errno == EINTR)
		;
	close(birth->pidfd);
	*birth = (struct birth){ .pidfd = -1 };
	return -1;
}

static int give_by_parked(struct starter *starter, struct sandbox *sandbox, const struct placement *placement, struct birth *birth,
			  struct failure *why)
{
	starter->sandbox = sandbox;
	starter->birth = birth;
	starter->why = why;
	starter->born_in = placement->born_in;
	starter->late = starter->placement.count == 0 ? placement : NULL;
	starter->result = -1;
	sandbox->network_is_made = starter->namespaces & CLONE_NEWNET;
	if (write(starter->go[1], "\1", 1) != 1)
		return fail(why, "wake", "parked starter");
	starter_end(starter);
	return starter->result;
}

// A starter that has joined nothing yet can still join anything.
static bool fits(const struct starter *starter, const struct start_request *request, const struct placement *placement)
{
	return starter && starter->namespaces == request->namespaces &&
	       (starter->placement.count == 0 || placement_same(&starter->placement, placement));
}

static int give(struct sandbox *sandbox, const struct placement *placement, struct starter *parked, struct birth *birth,
		struct failure *why)
{
	// A parked starter that fails (somebody killed it) is done without.
	if (fits(parked, sandbox->request, placement) && !give_by_parked(parked, sandbox, placement, birth, why))
		return 0;
	sandbox->network_is_made = false;
	if (placement->count == 0)
		return clone_first(sandbox, placement->born_in, NULL, birth, why);
	if (!give_by_starter(sandbox, placement, birth, why))
		return 0;
	return why->number == EAGAIN ? give_and_move(sandbox, placement, birth, why) : -1;
}

int birth_give(struct sandbox *sandbox, struct starter *parked, struct birth *birth, struct failure *why)
{
	struct placement placement;
	int result = placement_open(&sandbox->request->cgroups, &placement, why);
	if (!result && sandbox->request->device_filter && placement.born_in >= 0)
		result = device_filter_attach(placement.born_in, why);
	if (!result)
		result = give(sandbox, &placement, parked, birth, why);
	starter_release(parked);
	placement_release(&placement);
	return result;
}

void starter_release(struct starter *starter)
{
	if (!starter)
		return;
	int *ends[] = { &starter->told[0], &starter->told[1], &starter->go[1] };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		close_owned(ends[i]);
	starter_end(starter);
	close_owned(&starter->go[0]);
	placement_release(&starter->placement);
	free(starter);
}

struct starter *starter_park(const struct strings *cgroups, unsigned long namespaces, struct failure *why)
{
	char ready;
	struct starter *starter = calloc(1, sizeof *starter);
	if (!starter) {
		fail(why, "allocate", "starter");
		return NULL;
	}
	*starter = (struct starter){ .told = { -1, -1 }, .go = { -1, -1 }, .namespaces = namespaces, .why = why, .result = -1 };
	if (placement_open(cgroups, &starter->placement, why) || pipe2(starter->told, O_CLOEXEC) || pipe2(starter->go, O_CLOEXEC) ||
	    starter_clone(starter, parked_main, 0, why) || read(starter->told[0], &ready, 1) != 1 || starter->result) {
		starter_release(starter);
		return NULL;
	}
	return starter;
}
