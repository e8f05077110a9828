#define _GNU_SOURCE
#include "host.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "files.h"
#include "host_state.h"
#include "listener.h"
#include "owned.h"
#include "pin.h"
#include "placement.h"

// A spare monitor is made when nothing has been asked for this long: not between starts that follow each other at once.
enum { FIXED_POLLS = 4, QUIET_MS = 20 };

static struct host host = { .listener = -1, .connection = -1, .children = -1 };

static void drop_connection(void)
{
	if (host.connection >= 0)
		close(host.connection);
	host.connection = -1;
	frame_reader_release(&host.reader);
	for (size_t i = 0; i < host.job_count; i++)
		host.jobs[i].asked_here = false;
}

// The one client is our engine, which always reads; one that does not for five seconds is let go.
void host_send(struct host *to, const char *bytes, size_t length)
{
	for (size_t done = 0; to->connection >= 0 && done < length;) {
		ssize_t count = send(to->connection, bytes + done, length - done, MSG_NOSIGNAL);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0) {
			drop_connection();
			return;
		}
		done += (size_t)count;
	}
}

static void accept_connection(void)
{
	int fd = listener_accept(host.listener);
	if (fd < 0)
		return;
	// The engine's newer connection replaces an older one: it has one engine only.
	drop_connection();
	const struct timeval patience = { .tv_sec = 5 };
	fcntl(fd, F_SETFL, 0);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	host.connection = fd;
}

static void serve_connection(void)
{
	struct frame frame;
	enum frame_state state = FRAME_INCOMPLETE;
	int count = frame_read(&host.reader, host.connection);
	while (count > 0 && host.connection >= 0 && (state = frame_next(&host.reader, &frame)) == FRAME_COMPLETE) {
		host_request(&host, &frame);
		if (host.connection >= 0)
			frame_consume(&host.reader, &frame);
	}
	if (state > FRAME_COMPLETE) {
		struct failure why = { .number = 0 };
		refuse(&why, EPROTO, frame_state_reason(state), "read frame", "from the engine");
		host_answer_error(&host, NULL, &why);
	}
	if (count <= 0 || state > FRAME_COMPLETE)
		drop_connection();
}

// Relays what a job has answered; a job that ended without an answer is answered for.
static void serve_job(size_t index)
{
	struct job *job = &host.jobs[index];
	int count = frame_read(&job->reader, job->fd);
	if (count > 0)
		return;
	struct frame frame;
	if (job->asked_here && frame_next(&job->reader, &frame) == FRAME_COMPLETE) {
		host_send(&host, job->reader.bytes, FRAME_HEADER + frame.length);
	} else if (job->asked_here) {
		struct failure why = { .number = 0 };
		refuse(&why, EIO, "the process that did it ended without an answer", "serve", "request %s", job->seq);
		host_answer_error(&host, job->seq, &why);
	}
	close(job->fd);
	frame_reader_release(&job->reader);
	*job = host.jobs[--host.job_count];
}

static void reap_children(void)
{
	struct signalfd_siginfo seen;
	while (read(host.children, &seen, sizeof seen) > 0)
		;
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
}

bool host_wants_spare(const struct host *of)
{
	return of->starts && (!of->rootless || of->userns.entered) && parked_wants_spare(&of->parked);
}

// One that cannot be made is not tried again until the next hello: starts go their usual way.
void host_add_spare(struct host *to)
{
	struct failure why = { .number = 0 };
	to->starts = !parked_add_spare(&to->parked, to->in_user_namespace, &why);
}

// False once the engine is gone.
static bool turn(void)
{
	struct pollfd polls[FIXED_POLLS + MOST_JOBS] = {
		{ STDIN_FILENO, POLLIN, 0 },
		{ host.listener, POLLIN, 0 },
		{ host.children, POLLIN, 0 },
		{ host.connection, POLLIN, 0 },
	};
	size_t jobs = host.job_count;
	for (size_t i = 0; i < jobs; i++)
		polls[FIXED_POLLS + i] = (struct pollfd){ host.jobs[i].fd, POLLIN, 0 };
	int events = poll(polls, FIXED_POLLS + jobs, host_wants_spare(&host) ? QUIET_MS : -1);
	if (events < 0)
		return errno == EINTR;
	if (events == 0)
		host_add_spare(&host);
	if (polls[0].revents) {
		char ignored[256];
		if (read(STDIN_FILENO, ignored, sizeof ignored) <= 0)
			return false;
	}
	if (polls[2].revents)
		reap_children();
	for (size_t i = jobs; i-- > 0;)
		if (polls[FIXED_POLLS + i].revents)
			serve_job(i);
	if (polls[3].revents && host.connection >= 0)
		serve_connection();
	if (polls[1].revents)
		accept_connection();
	return true;
}

static void reset_signals(void)
{
	struct sigaction usual = { .sa_handler = SIG_DFL };
	for (int number = 1; number < NSIG; number++)
		sigaction(number, &usual, NULL);
	sigset_t seen;
	sigemptyset(&seen);
	sigaddset(&seen, SIGCHLD);
	// A Ctrl-C in the engine's terminal is the engine's to handle: its end closes our standard input.
	sigaddset(&seen, SIGINT);
	sigaddset(&seen, SIGHUP);
	sigaddset(&seen, SIGPIPE);
	sigprocmask(SIG_SETMASK, &seen, NULL);
}

static int enter_cgroups(const struct strings *cgroups, struct failure *why)
{
	struct placement placement;
	int result = placement_open(cgroups, &placement, why);
	if (!result)
		result = placement_move(&placement, 0, why);
	if (!result && placement.born_in >= 0 && file_write(placement.born_in, "cgroup.procs", "0", 1))
		result = fail(why, "join cgroup", "of version 2");
	placement_release(&placement);
	return result;
}

static int open_host(const char *run_dir, bool rootless, const struct strings *cgroups, struct failure *why)
{
	sigset_t children;
	reset_signals();
	prctl(PR_SET_NAME, "darsena-host");
	umask(0022);
	if (chdir("/"))
		return fail(why, "change directory", "/");
	close_all_but(NULL, 0);
	host.rootless = rootless;
	if (enter_cgroups(cgroups, why))
		return -1;
	if (rootless && userns_enter(run_dir, &host.userns, why))
		return -1;
	host_examine(&host, run_dir);
	sigemptyset(&children);
	sigaddset(&children, SIGCHLD);
	host.children = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
	if (host.children < 0)
		return fail(why, "open", "signalfd");
	host.listener = listener_open(run_dir, "host.sock", why);
	return host.listener < 0 ? -1 : 0;
}

int host_serve(const char *run_dir, bool rootless, const struct strings *cgroups)
{
	struct failure why = { .number = 0 };
	if (open_host(run_dir, rootless, cgroups, &why)) {
		fprintf(stderr, "darsena-runtime host: %s %s: %s%s%s\n", why.operation, why.object, why.reason,
			why.hint[0] ? "; " : "", why.hint);
		return 1;
	}
	if (write(STDOUT_FILENO, "ready\n", 6) != 6)
		return 1;
	while (turn())
		;
	OWNED_FD parent = open(run_dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (parent >= 0)
		unlinkat(parent, "host.sock", 0);
	// With nothing running nothing needs the namespaces.
	if (host.userns.pin && pin_living(run_dir) == host.userns.pin)
		kill(host.userns.pin, SIGTERM);
	return 0;
}
