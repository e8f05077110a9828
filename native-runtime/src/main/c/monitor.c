// One thread, one loop. Signals stay blocked, children are seen through their pidfd, nothing is waited for but poll.
#define _GNU_SOURCE
#include "monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "birth.h"
#include "files.h"
#include "kernel.h"
#include "owned.h"
#include "title.h"

enum { FIXED_POLLS = 5, FIRST_CLIENT_MS = 1000 };
static const uint64_t patience_ns = 1000000000u;

// Lives in zeroed pages that cost nothing until they are used.
static struct monitor monitor = { .run_dir = -1, .state_dir = -1, .pidfd = -1, .starting = -1, .outputs = { -1, -1 },
				  .log = { .fd = -1 }, .streams = { { .name = "stdout" }, { .name = "stderr" } } };

int monitor_detach(const char *name, const int *kept, size_t count, struct failure *why)
{
	sigset_t all;
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	setsid();
	title_set(name, "");
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (nothing < 0)
		return fail(why, "open", "/dev/null");
	for (int i = 0; i < 3; i++)
		dup2(nothing, i);
	close_all_but(kept, count);
	return chdir("/") ? fail(why, "change directory", "/") : 0;
}

// What the container's preparation need not wait for: it goes on beside it.
static int open_places(const struct start_request *request, struct failure *why)
{
	monitor.run_dir = open(request->run_dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (monitor.run_dir < 0)
		return fail(why, "open directory", "%s", request->run_dir);
	if (record_monitor(&monitor, why))
		return -1;
	return log_open(&monitor.log, monitor.state_dir, request->log_max_size, request->log_max_files, why);
}

static int make_pipe(int *read_end, int *write_end, struct failure *why)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC))
		return fail(why, "make pipe", "of the container");
	*read_end = ends[0];
	*write_end = ends[1];
	return fcntl(ends[0], F_SETFL, O_NONBLOCK) ? fail(why, "make non-blocking", "pipe of the container") : 0;
}

static int give_birth(const struct monitor_order *order, struct failure *why)
{
	OWNED_FD input = open("/dev/null", O_RDONLY | O_CLOEXEC);
	OWNED_FD output = -1, errors = -1, end_signal = -1;
	if (input < 0)
		return fail(why, "open", "/dev/null");
	if (make_pipe(&monitor.outputs[0], &output, why) || make_pipe(&monitor.outputs[1], &errors, why) ||
	    make_pipe(&monitor.starting, &end_signal, why))
		return -1;
	struct sandbox sandbox = { .request = order->request,
				   .progress = monitor.progress,
				   .stdio = { input, output, errors },
				   .end_signal = end_signal,
				   .gate = -1,
				   .in_user_namespace = order->in_user_namespace };
	struct birth birth = { .pidfd = -1 };
	why->stage = STAGE_NAMESPACES;
	monitor.born_ns = monotonic_ns();
	if (birth_give(&sandbox, order->parked, &birth, why))
		return -1;
	monitor.pid = birth.pid;
	monitor.pidfd = birth.pidfd;
	sandbox_note(&sandbox, STAGE_MONITOR, "pid=%d parked=%d", (int)getpid(), order->parked != NULL);
	return 0;
}

static void reap(void)
{
	siginfo_t status = { .si_code = 0 };
	while (waitid(P_PIDFD, (id_t)monitor.pidfd, &status, WEXITED) < 0 && errno == EINTR)
		;
	monitor.exited_ns = wall_clock_ns();
	monitor.patience_ends_ns = monotonic_ns() + patience_ns;
	monitor.ended = true;
	monitor.signal = status.si_code == CLD_EXITED ? 0 : status.si_status;
	monitor.code = status.si_code == CLD_EXITED ? status.si_status : 128 + status.si_status;
}

static int begin(const struct monitor_order *order)
{
	const struct start_request *request = order->request;
	char short_id[13];
	snprintf(short_id, sizeof short_id, "%s", request->id);
	title_set("darsena-monitor", short_id);
	memcpy(monitor.id, request->id, sizeof monitor.id);
	monitor.run = request->run;
	monitor.listener = order->listener;
	monitor.state_dir = order->state_dir;
	monitor.begun_ns = order->begun_ns;
	monitor.namespaces = request->namespaces;
	monitor.awaited = request->attached;
	monitor.progress = mmap(NULL, sizeof *monitor.progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (monitor.progress == MAP_FAILED)
		_exit(1);
	struct failure *why = &monitor.progress->failure;
	why->stage = STAGE_MONITOR;
	if (give_birth(order, why))
		return -1;
	struct failure ours = { .stage = STAGE_MONITOR };
	if (!open_places(request, &ours))
		return 0;
	// From here the first process fills the shared failure, until it is gone.
	sys_pidfd_send_signal(monitor.pidfd, SIGKILL);
	reap();
	atomic_store(&monitor.progress->failed, 1);
	*why = ours;
	return -1;
}

static void start_failed(void)
{
	struct failure *why = &monitor.progress->failure;
	monitor.state = MONITOR_FAILED;
	if (monitor.pidfd >= 0 && !monitor.ended)
		reap();
	else if (!monitor.ended)
		monitor.exited_ns = wall_clock_ns();
	if (!atomic_load(&monitor.progress->failed) && monitor.pidfd >= 0) {
		refuse(why, EINTR, "it was killed before it could execute the command", "start", "first process (signal %d)",
		       monitor.signal);
		if (monitor.signal == SIGKILL)
			snprintf(why->hint, sizeof why->hint, "the memory limit may be too small");
	}
	monitor.code = why->stage == STAGE_COMMAND && why->number == EACCES ? 126 : 127;
	monitor.signal = 0;
	monitor.ended = true;
}

// The pipe of the start has ended: execve closed it, or the first process died.
static void start_known(void)
{
	close(monitor.starting);
	monitor.starting = -1;
	monitor.executed_ns = monotonic_ns();
	monitor.started_ns = wall_clock_ns();
	if (atomic_load(&monitor.progress->failed) || atomic_load(&monitor.progress->stage) < STAGE_COMMAND) {
		start_failed();
		return;
	}
	monitor.state = MONITOR_RUNNING;
	monitor.start_ticks = process_start_ticks(monitor.pid);
	clients_tell(&monitor);
}

static void close_output(int i)
{
	log_finish(&monitor.log, &monitor.streams[i]);
	close(monitor.outputs[i]);
	monitor.outputs[i] = -1;
}

static void take_output(int i)
{
	struct log_stream *stream = &monitor.streams[i];
	const char *bytes = stream->line + stream->used;
	ssize_t count = log_read(stream, monitor.outputs[i]);
	if (count > 0) {
		attached_feed(&monitor, i, bytes, (size_t)count);
		log_take(&monitor.log, stream, (size_t)count);
	} else if (count == 0 || errno != EAGAIN) {
		close_output(i);
	}
}

static bool finished(void)
{
	if (monitor.state == MONITOR_FAILED)
		return true;
	if (!monitor.ended)
		return false;
	return (monitor.outputs[0] < 0 && monitor.outputs[1] < 0) ||
	       (!attached_hold(&monitor) && monotonic_ns() >= monitor.patience_ends_ns);
}

static int patience_ms(void)
{
	uint64_t now = monotonic_ns(), deadline = attached_deadline_ns(&monitor);
	if (monitor.ended && (deadline == 0 || monitor.patience_ends_ns < deadline))
		deadline = monitor.patience_ends_ns;
	if (deadline == 0)
		return -1;
	return now >= deadline ? 0 : (int)((deadline - now) / 1000000) + 1;
}

static void turn(void)
{
	const bool hold = attached_hold(&monitor);
	if (hold)
		monitor.patience_ends_ns = monotonic_ns() + patience_ns;
	struct pollfd polls[FIXED_POLLS + MOST_CLIENTS] = {
		{ monitor.starting, POLLIN, 0 },	 { hold ? -1 : monitor.outputs[0], POLLIN, 0 },
		{ hold ? -1 : monitor.outputs[1], POLLIN, 0 }, { monitor.ended ? -1 : monitor.pidfd, POLLIN, 0 },
		{ monitor.listener, POLLIN, 0 },
	};
	size_t clients = monitor.client_count;
	for (size_t i = 0; i < clients; i++)
		polls[FIXED_POLLS + i] = (struct pollfd){ monitor.clients[i].fd, monitor.clients[i].outbox.used ? POLLIN | POLLOUT : POLLIN, 0 };
	if (poll(polls, FIXED_POLLS + clients, patience_ms()) < 0)
		return;
	if (polls[0].revents)
		start_known();
	for (int i = 0; i < 2; i++)
		if (polls[1 + i].revents)
			take_output(i);
	if (polls[3].revents && monitor.starting < 0 && !monitor.ended)
		reap();
	for (size_t i = 0; i < clients; i++) {
		if (polls[FIXED_POLLS + i].revents & POLLOUT)
			attached_send(&monitor.clients[i]);
		if (polls[FIXED_POLLS + i].revents & ~POLLOUT && monitor.clients[i].fd >= 0)
			client_serve(&monitor, i);
	}
	attached_lose_patience(&monitor);
	clients_drop_closed(&monitor);
	// Who asks after a failed start hears of it when the record is written and the lock is let go of.
	if (polls[4].revents && monitor.state != MONITOR_FAILED)
		clients_accept(&monitor);
}

// A command may be over before the engine that started it has connected: it gets a moment to do so.
static void wait_for_first_client(void)
{
	struct pollfd waiting = { monitor.listener, POLLIN, 0 };
	if (!monitor.met_client)
		poll(&waiting, 1, FIRST_CLIENT_MS);
}

// The order matters: the record first, then the lock and the names go, then clients hear of it and may start the next run.
static void finish(void)
{
	for (int i = 0; i < 2; i++)
		if (monitor.outputs[i] >= 0)
			close_output(i);
	log_close(&monitor.log);
	if (monitor.state != MONITOR_FAILED)
		monitor.state = MONITOR_EXITED;
	record_end(&monitor);
	close(monitor.state_dir);
	monitor.state_dir = -1;
	wait_for_first_client();
	record_remove_names(&monitor);
	clients_tell(&monitor);
	clients_accept(&monitor);
	close(monitor.listener);
	attached_drain(&monitor);
}

_Noreturn void monitor_run(const struct monitor_order *order)
{
	if (begin(order))
		start_failed();
	while (!finished())
		turn();
	finish();
	_exit(0);
}
