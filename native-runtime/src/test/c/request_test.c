// A start request is taken whole or refused with the key that is wrong.
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "kernel.h"
#include "request.h"

static int failures, checks;

static void check(bool fact, const char *what)
{
	checks++;
	if (fact)
		return;
	failures++;
	fprintf(stderr, "FAILED: %s\n", what);
}

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// A good request with further fields behind it, each `key=value`; a null ends them.
static int read_with(struct frame_writer *message, struct start_request *request, struct failure *why, const char *const *further)
{
	static const char *const good[] = { "seq=1", "id=" ID, "run=3", "run-dir=/r", "state-dir=/s", "lower=/a", "lower=/b",
					    "upper=/u", "work=/w", "arg=sh", "arg=", "env=A=b=c" };
	frame_begin(message, "start");
	for (size_t i = 0; i < sizeof good / sizeof *good + 16; i++) {
		const char *field = i < sizeof good / sizeof *good ? good[i] : *further++;
		if (!field)
			break;
		char key[64];
		snprintf(key, sizeof key, "%.*s", (int)strcspn(field, "="), field);
		frame_field(message, key, "%s", field + strlen(key) + 1);
	}
	frame_end(message);
	const struct frame frame = { message->bytes + FRAME_HEADER, message->used - FRAME_HEADER };
	*why = (struct failure){ .number = 0 };
	return start_request_read(&frame, request, why);
}

static void a_good_request_is_read(void)
{
	static const char *const further[] = { "namespaces=pid,mount", "bind-source=/x", "bind-target=/y", "bind-options=ro,rec",
					       "bind-source=/p", "bind-target=/q", "bind-options=nosuid", "rlimit=nofile:5:10",
					       "capabilities=1ffffffffff", NULL };
	OWNED_FRAME message = { 0 };
	struct start_request request;
	struct failure why;
	check(!read_with(&message, &request, &why, further), "it is taken");
	check(request.run == 3 && request.lowers.count == 2 && !strcmp(request.lowers.items[1], "/b"), "layers in order");
	check(request.arguments.count == 2 && !*request.arguments.items[1] && !request.arguments.items[2], "an empty argument stays");
	check(!strcmp(request.environment.items[0], "A=b=c"), "the environment");
	check(request.namespaces == (CLONE_NEWPID | CLONE_NEWNS), "the namespaces named");
	check(request.bind_count == 2 && request.binds[0].recursive && request.binds[0].attributes == MOUNT_ATTR_RDONLY &&
		      !strcmp(request.binds[1].target, "/q") && request.binds[1].attributes == MOUNT_ATTR_NOSUID,
	      "bind mounts with their options");
	check(request.limit_count == 1 && request.limits[0].limit.rlim_cur == 5 && request.limits[0].limit.rlim_max == 10, "limits");
	check(request.capabilities == 0x1ffffffffffu, "capabilities");
	check(!strcmp(request.cwd, "/") && !strcmp(request.user, "0:0") && request.shm_size == 67108864, "what is not given");
	start_request_release(&request);
}

static void bad_values_are_refused_by_name(void)
{
	static const struct {
		const char *field, *object;
	} bad[] = {
		{ "cwd=relative", "cwd=relative" },
		{ "volatile=yes", "volatile=yes" },
		{ "capabilities=g", "capabilities=g" },
		{ "capabilities=11111111111111111", "capabilities=11111111111111111" },
		{ "namespaces=pid,mount,time", "namespaces=pid,mount,time" },
		{ "namespaces=pid", "namespaces=pid" },
		{ "masked=proc/kcore", "masked=proc/kcore" },
		{ "env=novalue", "env=novalue" },
		{ "env==x", "env==x" },
		{ "rlimit=nofile:10:5", "rlimit=nofile:10:5" },
		{ "rlimit=nofile:10", "rlimit=nofile:10" },
		{ "rlimit=unknown:1:1", "rlimit=unknown:1:1" },
		{ "rlimit=nofile:-1:5", "rlimit=nofile:-1:5" },
		{ "oom-score-adj=1001", "oom-score-adj=1001" },
		{ "log-max-files=0", "log-max-files=0" },
		{ "shm-size=1k", "shm-size=1k" },
		{ "bind-source=/x", "bind-source=" },
		{ "cgroup=memory/x", "cgroup=memory/x" },
		{ "hostname=01234567890123456789012345678901234567890123456789012345678901234",
		  "hostname=01234567890123456789012345678901234567890123456789012345678901234" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *const further[] = { bad[i].field, NULL };
		OWNED_FRAME message = { 0 };
		struct start_request request;
		struct failure why;
		check(read_with(&message, &request, &why, further) == -1 && why.number == EINVAL, bad[i].field);
		check(!strcmp(why.object, bad[i].object), why.object);
		start_request_release(&request);
	}
}

int main(void)
{
	a_good_request_is_read();
	bad_values_are_refused_by_name();
	printf("request_test: %d checks, %d failed\n", checks, failures);
	return failures ? 1 : 0;
}
