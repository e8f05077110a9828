#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "confine.h"
#include "files.h"
#include "kernel.h"
#include "mounts.h"
#include "owned.h"
#include "paths.h"

void sandbox_note(struct sandbox *sandbox, enum stage stage, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(sandbox->progress->detail[stage], sizeof sandbox->progress->detail[stage], format, arguments);
	va_end(arguments);
}

// Which namespaces are the container's own, by the numbers that /proc/PID/ns shows; as long as the host's /proc is there.
static void note_namespaces(struct sandbox *sandbox)
{
	const unsigned long flags = sandbox->request->namespaces;
	const struct {
		const char *key, *name;
		bool own;
	} kinds[] = {
		{ "pid", "pid", flags & CLONE_NEWPID },
		{ "mount", "mnt", true },
		{ "net", "net", flags & CLONE_NEWNET },
		{ "uts", "uts", flags & CLONE_NEWUTS },
		{ "ipc", "ipc", flags & CLONE_NEWIPC },
		{ "cgroup", "cgroup", flags & CLONE_NEWCGROUP },
		{ "user", "user", sandbox->in_user_namespace },
	};
	char words[sizeof sandbox->progress->detail[0]];
	size_t used = 0;
	OWNED_FD directory = open("/proc/self/ns", O_PATH | O_DIRECTORY | O_CLOEXEC);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct stat facts;
		if (!kinds[i].own || directory < 0 || fstatat(directory, kinds[i].name, &facts, 0))
			continue;
		int length = snprintf(words + used, sizeof words - used, "%s%s=%llu", used ? " " : "", kinds[i].key,
				      (unsigned long long)facts.st_ino);
		if (length < 0 || (size_t)length >= sizeof words - used)
			break;
		used += (size_t)length;
	}
	sandbox_note(sandbox, STAGE_NAMESPACES, "%.*s", (int)used, words);
}

void sandbox_stage(struct sandbox *sandbox, enum stage stage)
{
	struct progress *progress = sandbox->progress;
	progress->failure.stage = stage;
	progress->entered_ns[stage] = monotonic_ns();
	atomic_store(&progress->stage, stage);
}

// A namespace of cgroups is rooted where its maker is, so it is made by the one who was born in the right place.
static int enter_namespaces(const struct sandbox *sandbox)
{
	if ((sandbox->request->namespaces & CLONE_NEWCGROUP) && unshare(CLONE_NEWCGROUP))
		return fail(&sandbox->progress->failure, "make namespace", "cgroup");
	return 0;
}

// The pipes belong to the user, so that /dev/stdout can be opened again by a program that is not root.
static int take_stdio(const struct sandbox *sandbox, const struct identity *identity)
{
	struct failure *why = &sandbox->progress->failure;
	for (int i = 0; i < 3; i++) {
		struct stat facts;
		if (fstat(sandbox->stdio[i], &facts))
			return fail(why, "look at", "standard stream %d", i);
		if (S_ISFIFO(facts.st_mode) && identity->user != 0 &&
		    fchown(sandbox->stdio[i], identity->user, identity->group) && errno != EINVAL && errno != EPERM)
			return fail(why, "give to the user", "standard stream %d", i);
		if (dup2(sandbox->stdio[i], i) < 0)
			return fail(why, "set", "standard stream %d", i);
	}
	return 0;
}

// The monitor's /dev/null is the host's node, and a root in the container may change its owner and mode through
// /proc/self/fd/0. The container's own is opened in its place.
static int take_null_input(struct failure *why)
{
	struct stat facts;
	if (fstat(0, &facts))
		return fail(why, "look at", "standard stream 0");
	if (!S_ISCHR(facts.st_mode))
		return 0;
	OWNED_FD own = open("/dev/null", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (own < 0)
		return fail(why, "open", "/dev/null in the container");
	return dup2(own, 0) < 0 ? fail(why, "set", "standard stream 0") : 0;
}

static int enter_directory(const char *path, const struct identity *identity, struct failure *why)
{
	OWNED_FD directory = path_make(path, true, identity->user, identity->group, why);
	if (directory < 0)
		return -1;
	return fchdir(directory) ? fail(why, "change directory", "%s in the container", path) : 0;
}

static int become_container(struct sandbox *sandbox, const struct filter *filter, char ***environment)
{
	struct failure *why = &sandbox->progress->failure;
	struct identity identity;
	if (identity_find(sandbox->request->user, &identity, why) || take_stdio(sandbox, &identity) || take_null_input(why))
		return -1;
	// An image names its command, and a path through /proc/self/fd would lead through what is open here to the host.
	if (close_all_but(&sandbox->end_signal, 1))
		return fail(why, "close", "what the host has open");
	if (enter_directory(sandbox->request->cwd, &identity, why))
		return -1;
	*environment = command_environment(sandbox->request, identity.home);
	if (!*environment)
		return fail(why, "allocate", "environment");
	umask(022);
	return confine(sandbox, &identity, filter);
}

static int prepare(struct sandbox *sandbox, char ***environment)
{
	struct filter filter;
	if (enter_namespaces(sandbox))
		return -1;
	note_namespaces(sandbox);
	sandbox_stage(sandbox, STAGE_OVERLAY);
	if (filter_read(sandbox->request->seccomp, &filter, &sandbox->progress->failure) || overlay_mount(sandbox))
		return -1;
	sandbox_stage(sandbox, STAGE_FILESYSTEMS);
	if (root_enter(sandbox) || network_prepare(sandbox) || root_seal(sandbox))
		return -1;
	sandbox_note(sandbox, STAGE_FILESYSTEMS, "binds=%zu masked=%zu read-only=%zu", sandbox->request->bind_count,
		     sandbox->request->masked.count, sandbox->request->read_only_paths.count);
	sandbox_stage(sandbox, STAGE_CONFINEMENT);
	int result = become_container(sandbox, &filter, environment);
	filter_release(&filter);
	return result;
}

_Noreturn void sandbox_enter(struct sandbox *sandbox)
{
	char **environment = NULL;
	sigset_t none;
	char opened;
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	umask(0);
	setsid();
	sandbox_stage(sandbox, STAGE_NAMESPACES);
	if (sandbox->gate >= 0 && read(sandbox->gate, &opened, 1) != 1)
		_exit(127);
	if (!prepare(sandbox, &environment)) {
		sandbox_stage(sandbox, STAGE_COMMAND);
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		command_execute(&sandbox->request->arguments, environment, &sandbox->progress->failure);
	}
	atomic_store(&sandbox->progress->failed, 1);
	_exit(127);
}
