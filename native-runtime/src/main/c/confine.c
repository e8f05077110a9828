// Takes away what the container's process must not have. After it nothing comes but execve.
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "confine.h"
#include "files.h"
#include "kernel.h"
#include "owned.h"

enum { MOST_INSTRUCTIONS = 4096 };

struct capability_sets {
	uint64_t effective, permitted;
};

static int capabilities_read(struct capability_sets *sets)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];
	if (syscall(SYS_capget, &header, data))
		return -1;
	sets->effective = (uint64_t)data[1].effective << 32 | data[0].effective;
	sets->permitted = (uint64_t)data[1].permitted << 32 | data[0].permitted;
	return 0;
}

static int capabilities_set(uint64_t mask)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = {
		{ .effective = (uint32_t)mask, .permitted = (uint32_t)mask },
		{ .effective = (uint32_t)(mask >> 32), .permitted = (uint32_t)(mask >> 32) },
	};
	return (int)syscall(SYS_capset, &header, data);
}

// The bounding set may be smaller than what is asked for: nothing is added to it.
static int bound_capabilities(uint64_t mask, struct failure *why)
{
	for (int capability = 0; capability < 64; capability++) {
		if (mask >> capability & 1)
			continue;
		if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)) {
			if (errno == EINVAL) // beyond what this kernel knows
				break;
			return fail(why, "drop capability", "%d", capability);
		}
	}
	return 0;
}

static int set_limit(const struct resource_limit *wanted, struct failure *why)
{
	struct rlimit64 limit = wanted->limit, present;
	if (!prlimit64(0, wanted->resource, &limit, NULL))
		return 0;
	if (errno != EPERM || prlimit64(0, wanted->resource, NULL, &present))
		return fail(why, "set limit", "%s", wanted->name);
	// Without CAP_SYS_RESOURCE a hard limit cannot be raised.
	if (limit.rlim_max > present.rlim_max)
		limit.rlim_max = present.rlim_max;
	if (limit.rlim_cur > limit.rlim_max)
		limit.rlim_cur = limit.rlim_max;
	return prlimit64(0, wanted->resource, &limit, NULL) ? fail(why, "set limit", "%s", wanted->name) : 0;
}

static int set_limits(const struct start_request *request, struct failure *why)
{
	for (size_t i = 0; i < request->limit_count; i++)
		if (set_limit(&request->limits[i], why))
			return -1;
	if (!request->has_oom_score_adj)
		return 0;
	char text[8];
	int length = snprintf(text, sizeof text, "%lld", request->oom_score_adj);
	if (file_write(AT_FDCWD, "/proc/self/oom_score_adj", text, (size_t)length) && errno != EPERM && errno != EACCES)
		return fail(why, "set", "oom_score_adj to %s", text);
	return 0;
}

int filter_read(const char *path, struct filter *filter, struct failure *why)
{
	filter->count = 0;
	filter->instructions = NULL;
	if (!path)
		return 0;
	OWNED_FD fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat facts;
	if (fd < 0 || fstat(fd, &facts))
		return fail(why, "open system call filter", "%s", path);
	const size_t unit = sizeof(struct sock_filter);
	if (facts.st_size == 0 || (size_t)facts.st_size % unit || (size_t)facts.st_size > MOST_INSTRUCTIONS * unit)
		return refuse(why, EINVAL, "not an array of at most 4096 filter instructions", "read system call filter", "%s", path);
	filter->instructions = malloc((size_t)facts.st_size);
	if (!filter->instructions)
		return fail(why, "allocate", "system call filter");
	ssize_t count = read(fd, filter->instructions, (size_t)facts.st_size);
	if (count != facts.st_size) {
		filter_release(filter);
		return fail_with(why, count < 0 ? errno : EIO, NULL, "read system call filter", "%s", path);
	}
	filter->count = (unsigned short)((size_t)count / unit);
	return 0;
}

void filter_release(struct filter *filter)
{
	free(filter->instructions);
	filter->instructions = NULL;
}

static int load_filter(const struct filter *filter, const char *path, struct failure *why)
{
	if (!filter->instructions)
		return 0;
	struct sock_fprog program = { .len = filter->count, .filter = filter->instructions };
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program))
		return fail_with(why, errno, errno == EINVAL ? "the filter is not valid on this kernel" : NULL,
				 "load system call filter", "%s", path);
	return 0;
}

// The ordinary user's own groups go first and whatever comes: those of a host are no group of an image's to keep. Only a
// namespace with a single mapped id refuses that (setgroups is denied there), and has no other groups to choose from.
static int set_groups(const struct identity *identity, bool in_user_namespace, struct failure *why)
{
	if (setgroups(0, NULL)) {
		if (in_user_namespace && errno == EPERM)
			return 0;
		return fail(why, "drop", "the supplementary groups of who runs this");
	}
	if (identity->group_count == 0 || !setgroups(identity->group_count, identity->groups))
		return 0;
	const int number = errno;
	for (size_t i = 0; number == EINVAL && i < identity->group_count; i++)
		if (setgroups(1, &identity->groups[i]) && errno == EINVAL)
			return fail_with(why, EINVAL,
					 "this group id is not mapped for the ordinary user; a group named with the user, as 0:0, "
					 "replaces those of the image's /etc/group",
					 "set supplementary group", "%u", identity->groups[i]);
	return fail_with(why, number, NULL, "set supplementary groups", "%zu groups", identity->group_count);
}

static int become(const struct identity *identity, bool in_user_namespace, struct failure *why)
{
	if (set_groups(identity, in_user_namespace, why))
		return -1;
	if (setresgid(identity->group, identity->group, identity->group))
		return fail_with(why, errno, errno == EINVAL ? "this group id is not mapped for the ordinary user" : NULL,
				 "set group", "%u", identity->group);
	if (setresuid(identity->user, identity->user, identity->user))
		return fail_with(why, errno, errno == EINVAL ? "this user id is not mapped for the ordinary user" : NULL,
				 "set user", "%u", identity->user);
	return 0;
}

int confine(struct sandbox *sandbox, const struct identity *identity, const struct filter *filter)
{
	const struct start_request *request = sandbox->request;
	struct failure *why = &sandbox->progress->failure;
	struct capability_sets had;
	struct rlimit64 files = { 0 };
	if (set_limits(request, why))
		return -1;
	prlimit64(0, RLIMIT_NOFILE, NULL, &files);
	// A keyring of its own, so that the host's keys are out of reach; without one the filter forbids the calls anyway.
	if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) < 0 && errno != ENOSYS && errno != EPERM && errno != EDQUOT)
		return fail(why, "join session keyring", "of the container");
	if (capabilities_read(&had))
		return fail(why, "read capabilities", "of the runtime");
	if (bound_capabilities(request->capabilities, why))
		return -1;
	// Capabilities survive the change of user so that the filter can be loaded last.
	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))
		return fail(why, "keep capabilities", "until the filter is loaded");
	if (become(identity, sandbox->in_user_namespace, why))
		return -1;
	if (capabilities_set(had.permitted))
		return fail(why, "raise capabilities", "until the filter is loaded");
	if (request->no_new_privileges && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return fail(why, "set", "no_new_privs");
	// The container ends with its monitor: nothing runs that nobody watches.
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0))
		return fail(why, "set", "parent death signal");
	if (load_filter(filter, request->seccomp, why))
		return -1;
	const uint64_t kept = identity->user == 0 ? had.permitted & request->capabilities : 0;
	if (capabilities_set(kept))
		return fail(why, "set capabilities", "%llx", (unsigned long long)request->capabilities);
	sandbox_note(sandbox, STAGE_CONFINEMENT, "user=%u:%u capabilities=%llx filter=%u nofile=%llu", identity->user,
		     identity->group, (unsigned long long)kept, filter->count, (unsigned long long)files.rlim_cur);
	return 0;
}
