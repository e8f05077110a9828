#define _GNU_SOURCE
#include "request.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "kernel.h"

static int malformed(struct failure *why, const char *key, const char *value, const char *reason)
{
	return refuse(why, EINVAL, reason, "read start request", "%s=%s", key, value ? value : "");
}

static int read_list(const struct frame *frame, const char *key, struct strings *list, struct failure *why)
{
	size_t count = frame_count(frame, key);
	list->items = calloc(count + 1, sizeof *list->items);
	if (!list->items)
		return fail(why, "allocate", "list of %s", key);
	for (const char *value = NULL; (value = frame_value_after(frame, key, value));)
		list->items[list->count++] = value;
	return 0;
}

static int read_path(const struct frame *frame, const char *key, bool needed, const char **path, struct failure *why)
{
	*path = frame_value(frame, key);
	if (!*path)
		return needed ? malformed(why, key, NULL, "missing") : 0;
	if (**path != '/' || strlen(*path) >= PATH_MAX)
		return malformed(why, key, *path, "not an absolute path");
	return 0;
}

static int check_paths(const struct strings *list, const char *key, struct failure *why)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i][0] != '/' || strlen(list->items[i]) >= PATH_MAX)
			return malformed(why, key, list->items[i], "not an absolute path");
	return 0;
}

static int read_number(const struct frame *frame, const char *key, long long least, long long most, long long *number,
		       struct failure *why)
{
	const char *value = frame_value(frame, key);
	if (!value || parse_number(value, least, most, number))
		return 0;
	return malformed(why, key, value, "not a number in its range");
}

static int read_flag(const struct frame *frame, const char *key, bool *flag, struct failure *why)
{
	const char *value = frame_value(frame, key);
	if (!value || !strcmp(value, "0"))
		return 0;
	if (strcmp(value, "1"))
		return malformed(why, key, value, "neither 0 nor 1");
	*flag = true;
	return 0;
}

static int read_capabilities(const struct frame *frame, uint64_t *mask, struct failure *why)
{
	const char *value = frame_value(frame, "capabilities");
	if (!value)
		return 0;
	size_t digits = strspn(value, "0123456789abcdefABCDEF");
	if (digits == 0 || digits > 16 || value[digits])
		return malformed(why, "capabilities", value, "not a hexadecimal mask of 64 bits");
	*mask = strtoull(value, NULL, 16);
	return 0;
}

static int read_namespaces(const struct frame *frame, unsigned long *flags, struct failure *why)
{
	static const struct {
		const char *name;
		unsigned long flag;
	} known[] = { { "pid", CLONE_NEWPID }, { "mount", CLONE_NEWNS }, { "net", CLONE_NEWNET },
		      { "uts", CLONE_NEWUTS }, { "ipc", CLONE_NEWIPC },	 { "cgroup", CLONE_NEWCGROUP } };
	const char *value = frame_value(frame, "namespaces");
	for (const char *item = value ? value : "pid,mount,net,uts,ipc,cgroup"; *item;) {
		size_t length = strcspn(item, ","), i;
		for (i = 0; i < sizeof known / sizeof *known; i++)
			if (strlen(known[i].name) == length && !memcmp(known[i].name, item, length))
				break;
		if (i == sizeof known / sizeof *known)
			return malformed(why, "namespaces", value, "names an unknown namespace");
		*flags |= known[i].flag;
		item += length + (item[length] == ',');
	}
	if (!(*flags & CLONE_NEWNS))
		return malformed(why, "namespaces", value, "a container needs its own mount namespace");
	return 0;
}

static int read_bind_options(const char *options, struct bind_mount *bind, struct failure *why)
{
	static const struct {
		const char *name;
		unsigned attribute;
	} known[] = { { "rw", 0 },
		      { "ro", MOUNT_ATTR_RDONLY },
		      { "nosuid", MOUNT_ATTR_NOSUID },
		      { "nodev", MOUNT_ATTR_NODEV },
		      { "noexec", MOUNT_ATTR_NOEXEC },
		      { "rec", 0 } };
	for (const char *item = options; *item;) {
		size_t length = strcspn(item, ","), i;
		for (i = 0; i < sizeof known / sizeof *known; i++)
			if (strlen(known[i].name) == length && !memcmp(known[i].name, item, length))
				break;
		if (i == sizeof known / sizeof *known)
			return malformed(why, "bind-options", options, "names an unknown option");
		bind->attributes |= known[i].attribute;
		bind->recursive |= !strcmp(known[i].name, "rec");
		item += length + (item[length] == ',');
	}
	return 0;
}

static int read_binds(const struct frame *frame, struct start_request *request, struct failure *why)
{
	size_t count = frame_count(frame, "bind-source");
	if (frame_count(frame, "bind-target") != count || frame_count(frame, "bind-options") != count)
		return malformed(why, "bind-source", NULL, "not as many sources as targets and options");
	request->binds = calloc(count + 1, sizeof *request->binds);
	if (!request->binds)
		return fail(why, "allocate", "list of bind mounts");
	const char *source = NULL, *target = NULL, *options = NULL;
	for (; request->bind_count < count; request->bind_count++) {
		struct bind_mount *bind = &request->binds[request->bind_count];
		bind->source = source = frame_value_after(frame, "bind-source", source);
		bind->target = target = frame_value_after(frame, "bind-target", target);
		options = frame_value_after(frame, "bind-options", options);
		if (*source != '/' || strlen(source) >= PATH_MAX)
			return malformed(why, "bind-source", source, "not an absolute path");
		if (*target != '/' || strlen(target) >= PATH_MAX)
			return malformed(why, "bind-target", target, "not an absolute path");
		if (read_bind_options(options, bind, why))
			return -1;
	}
	return 0;
}

static int read_limit(const char *text, struct resource_limit *limit, struct failure *why)
{
	static const struct {
		const char *name;
		int resource;
	} known[] = { { "as", RLIMIT_AS },	       { "core", RLIMIT_CORE },		{ "cpu", RLIMIT_CPU },
		      { "data", RLIMIT_DATA },	       { "fsize", RLIMIT_FSIZE },	{ "locks", RLIMIT_LOCKS },
		      { "memlock", RLIMIT_MEMLOCK },   { "msgqueue", RLIMIT_MSGQUEUE }, { "nice", RLIMIT_NICE },
		      { "nofile", RLIMIT_NOFILE },     { "nproc", RLIMIT_NPROC },	{ "rss", RLIMIT_RSS },
		      { "rtprio", RLIMIT_RTPRIO },     { "rttime", RLIMIT_RTTIME },	{ "sigpending", RLIMIT_SIGPENDING },
		      { "stack", RLIMIT_STACK } };
	size_t length = strcspn(text, ":");
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strlen(known[i].name) != length || strncasecmp(known[i].name, text, length))
			continue;
		char *end;
		if (!isdigit((unsigned char)text[length + 1]))
			break;
		limit->limit.rlim_cur = strtoull(text + length + 1, &end, 10);
		if (*end != ':' || !isdigit((unsigned char)end[1]))
			break;
		limit->limit.rlim_max = strtoull(end + 1, &end, 10);
		if (*end || limit->limit.rlim_cur > limit->limit.rlim_max)
			break;
		limit->resource = known[i].resource;
		limit->name = known[i].name;
		return 0;
	}
	return malformed(why, "rlimit", text, "not NAME:soft:hard of a known limit");
}

static int read_limits(const struct frame *frame, struct start_request *request, struct failure *why)
{
	size_t count = frame_count(frame, "rlimit");
	request->limits = calloc(count + 1, sizeof *request->limits);
	if (!request->limits)
		return fail(why, "allocate", "list of limits");
	for (const char *value = NULL; (value = frame_value_after(frame, "rlimit", value));)
		if (read_limit(value, &request->limits[request->limit_count++], why))
			return -1;
	return 0;
}

static int read_lists(const struct frame *frame, struct start_request *request, struct failure *why)
{
	const struct {
		const char *key;
		struct strings *list;
		bool paths;
	} lists[] = { { "lower", &request->lowers, true },
		      { "arg", &request->arguments, false },
		      { "env", &request->environment, false },
		      { "masked", &request->masked, true },
		      { "read-only-path", &request->read_only_paths, true },
		      { "cgroup", &request->cgroups, true } };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		if (read_list(frame, lists[i].key, lists[i].list, why))
			return -1;
		if (lists[i].paths && check_paths(lists[i].list, lists[i].key, why))
			return -1;
	}
	if (request->lowers.count == 0)
		return malformed(why, "lower", NULL, "missing");
	if (request->arguments.count == 0 || !request->arguments.items[0][0])
		return malformed(why, "arg", NULL, "missing");
	for (size_t i = 0; i < request->environment.count; i++)
		if (!strchr(request->environment.items[i], '=') || request->environment.items[i][0] == '=')
			return malformed(why, "env", request->environment.items[i], "not NAME=value");
	return 0;
}

static int read_id(const struct frame *frame, struct start_request *request, struct failure *why)
{
	request->id = frame_value(frame, "id");
	if (!request->id || strlen(request->id) != 64 || strspn(request->id, "0123456789abcdef") != 64)
		return malformed(why, "id", request->id, "not 64 hexadecimal digits");
	const char *run = frame_value(frame, "run");
	if (!parse_number(run, 1, LLONG_MAX, &request->run))
		return malformed(why, "run", run, "not a number from 1");
	return 0;
}

int park_request_read(const struct frame *frame, struct start_request *request, struct failure *why)
{
	*request = (struct start_request){ 0 };
	if (read_namespaces(frame, &request->namespaces, why) || read_list(frame, "cgroup", &request->cgroups, why))
		return -1;
	return check_paths(&request->cgroups, "cgroup", why);
}

int start_request_read(const struct frame *frame, struct start_request *request, struct failure *why)
{
	*request = (struct start_request){ .shm_size = 67108864, .log_max_files = 1, .columns = 80, .rows = 24 };
	request->hostname = frame_value(frame, "hostname");
	request->cwd = frame_value(frame, "cwd");
	request->user = frame_value(frame, "user");
	request->has_oom_score_adj = frame_value(frame, "oom-score-adj") != NULL;
	if (!request->cwd || !*request->cwd)
		request->cwd = "/";
	if (!request->user || !*request->user)
		request->user = "0:0";
	if (request->cwd[0] != '/' || strlen(request->cwd) >= PATH_MAX)
		return malformed(why, "cwd", request->cwd, "not an absolute path");
	if (request->hostname && strlen(request->hostname) > 64)
		return malformed(why, "hostname", request->hostname, "longer than 64 bytes");
	if (read_id(frame, request, why) || read_path(frame, "run-dir", true, &request->run_dir, why) ||
	    read_path(frame, "state-dir", true, &request->state_dir, why) ||
	    read_path(frame, "upper", false, &request->upper, why) ||
	    read_path(frame, "work", false, &request->work, why) ||
	    read_path(frame, "seccomp", false, &request->seccomp, why))
		return -1;
	if (!request->upper != !request->work)
		return malformed(why, request->upper ? "work" : "upper", NULL, "upper and work go together");
	if (read_flag(frame, "volatile", &request->unsynced, why) ||
	    read_flag(frame, "read-only-root", &request->read_only_root, why) ||
	    read_flag(frame, "no-new-privileges", &request->no_new_privileges, why) ||
	    read_flag(frame, "device-filter", &request->device_filter, why) ||
	    read_flag(frame, "no-devices", &request->no_devices, why) ||
	    read_flag(frame, "tty", &request->terminal, why) || read_flag(frame, "stdin", &request->feed_stdin, why))
		return -1;
	if (read_number(frame, "log-max-size", 0, LLONG_MAX, &request->log_max_size, why) ||
	    read_number(frame, "log-max-files", 1, 1000, &request->log_max_files, why) ||
	    read_number(frame, "attached", 0, 64, &request->attached, why) ||
	    read_number(frame, "oom-score-adj", -1000, 1000, &request->oom_score_adj, why) ||
	    read_number(frame, "shm-size", 0, LLONG_MAX, &request->shm_size, why) ||
	    read_number(frame, "columns", 1, 65535, &request->columns, why) ||
	    read_number(frame, "rows", 1, 65535, &request->rows, why))
		return -1;
	if (read_capabilities(frame, &request->capabilities, why) || read_namespaces(frame, &request->namespaces, why))
		return -1;
	return read_lists(frame, request, why) || read_binds(frame, request, why) || read_limits(frame, request, why) ? -1 : 0;
}

void start_request_release(struct start_request *request)
{
	struct strings *lists[] = { &request->lowers, &request->arguments, &request->environment, &request->masked,
				    &request->read_only_paths, &request->cgroups };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		free(lists[i]->items);
	free(request->binds);
	free(request->limits);
	*request = (struct start_request){ 0 };
}
