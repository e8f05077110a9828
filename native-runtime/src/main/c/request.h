// The `start` request, checked and typed. All strings point into the frame it was read from.
#ifndef DARSENA_REQUEST_H
#define DARSENA_REQUEST_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>

#include "error.h"
#include "frame.h"

// A list of strings with a null behind the last, as execve wants it.
struct strings {
	const char **items;
	size_t count;
};

struct bind_mount {
	const char *source;
	const char *target;
	unsigned attributes; // MOUNT_ATTR_*
	bool recursive;
};

struct resource_limit {
	int resource;
	const char *name;
	struct rlimit64 limit;
};

struct start_request {
	const char *id, *run_dir, *state_dir, *hostname, *cwd, *user, *upper, *work, *seccomp;
	struct strings lowers, arguments, environment, masked, read_only_paths, cgroups;
	struct bind_mount *binds;
	size_t bind_count;
	struct resource_limit *limits;
	size_t limit_count;
	long long run, log_max_size, log_max_files, attached, oom_score_adj, shm_size, columns, rows;
	uint64_t capabilities;
	unsigned long namespaces; // CLONE_NEW*
	bool unsynced, read_only_root, no_new_privileges, device_filter, no_devices, has_oom_score_adj, terminal, feed_stdin;
};

// 0, or -1 with `why`. The request is to be released in both cases.
int start_request_read(const struct frame *frame, struct start_request *request, struct failure *why);

// Of a `park` request: only its namespaces and cgroups.
int park_request_read(const struct frame *frame, struct start_request *request, struct failure *why);
void start_request_release(struct start_request *request);

#endif
