#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "archive.h"
#include "extract.h"
#include "files.h"
#include "host_state.h"
#include "job.h"
#include "listener.h"
#include "monitor.h"
#include "owned.h"
#include "run_lock.h"
#include "title.h"

void host_answer_error(struct host *host, const char *seq, const struct failure *why)
{
	OWNED_FRAME message = { 0 };
	frame_begin(&message, "error");
	if (seq)
		frame_field(&message, "seq", "%s", seq);
	failure_write(&message, why);
	if (!frame_end(&message))
		host_send(host, message.bytes, message.used);
}

static void answer_pid(struct host *host, const char *seq, const char *key, pid_t pid)
{
	OWNED_FRAME message = { 0 };
	frame_begin(&message, "ok");
	frame_field(&message, "seq", "%s", seq);
	frame_field(&message, key, "%d", (int)pid);
	if (!frame_end(&message))
		host_send(host, message.bytes, message.used);
}

// In the freshly forked process. What goes wrong is told by the monitor that could not be: by its absence.
_Noreturn static void become_monitor(const struct monitor_order *order)
{
	struct failure why = { .number = 0 };
	const int kept[] = { order->listener, order->state_dir };
	if (monitor_detach("darsena-monitor", kept, sizeof kept / sizeof *kept, &why))
		_exit(1);
	monitor_run(order);
}

static int start_monitor(struct host *host, const struct frame *frame, const struct start_request *request, uint64_t begun_ns,
			 pid_t *pid, struct failure *why)
{
	if (request->terminal || request->feed_stdin)
		return refuse(why, ENOTSUP, "this version has no terminals and no standard input", "start", "%s", request->id);
	why->stage = STAGE_MONITOR;
	OWNED_FD state_dir = run_lock(request->state_dir, why);
	if (state_dir < 0)
		return -1;
	OWNED_FD listener = listener_open(request->run_dir, "monitor.sock", why);
	if (listener < 0)
		return -1;
	const char *parked = frame_value(frame, "parked");
	*pid = parked_start(&host->parked, parked ? parked : request->id, frame, listener, state_dir, begun_ns);
	if (*pid > 0)
		return 0;
	*pid = fork();
	if (*pid < 0)
		return fail(why, "fork", "monitor");
	if (*pid == 0) {
		const struct monitor_order order = { request, listener, state_dir, begun_ns, host->in_user_namespace, NULL };
		become_monitor(&order);
	}
	return 0;
}

static int parked_name(const struct frame *frame, const char **name, struct failure *why)
{
	*name = frame_value(frame, "name");
	if (*name && **name && strlen(*name) < PARKED_NAME)
		return 0;
	return refuse(why, EINVAL, "a name of 1 to 79 bytes is needed", frame_name(frame), "name=%s", *name ? *name : "");
}

static int serve_park(struct host *host, const char *seq, const struct frame *frame, struct failure *why)
{
	struct start_request request = { .id = NULL };
	const char *name;
	int result = parked_name(frame, &name, why);
	if (!result)
		result = park_request_read(frame, &request, why);
	if (!result)
		result = parked_add(&host->parked, name, &request, host->in_user_namespace, why);
	start_request_release(&request);
	if (!result)
		answer_pid(host, seq, "monitor-pid", host->parked.items[host->parked.count - 1].pid);
	return result;
}

static void answer_ok(struct host *host, const char *seq)
{
	OWNED_FRAME message = { 0 };
	frame_begin(&message, "ok");
	frame_field(&message, "seq", "%s", seq);
	if (!frame_end(&message))
		host_send(host, message.bytes, message.used);
}

static int serve_unpark(struct host *host, const char *seq, const struct frame *frame, struct failure *why)
{
	const char *name;
	if (parked_name(frame, &name, why))
		return -1;
	parked_remove(&host->parked, name);
	answer_ok(host, seq);
	return 0;
}

static int serve_prepare(struct host *host, const char *seq)
{
	if (host_wants_spare(host))
		host_add_spare(host);
	answer_ok(host, seq);
	return 0;
}

static int serve_start(struct host *host, const char *seq, const struct frame *frame, struct failure *why)
{
	uint64_t begun_ns = monotonic_ns();
	struct start_request request;
	pid_t pid = 0;
	int result = start_request_read(frame, &request, why);
	if (!result)
		result = start_monitor(host, frame, &request, begun_ns, &pid, why);
	start_request_release(&request);
	if (!result)
		answer_pid(host, seq, "monitor-pid", pid);
	return result;
}

static int read_extraction(const struct frame *frame, struct extract_spec *spec, struct failure *why)
{
	static const char *const names[] = { "auto", "none", "gzip", "zstd" };
	const char *compression = frame_value(frame, "compression");
	spec->socket = frame_value(frame, "socket");
	spec->target = frame_value(frame, "target");
	spec->index = frame_value(frame, "index");
	if (!spec->socket || !spec->target || !spec->index || *spec->socket != '/' || *spec->target != '/' || *spec->index != '/')
		return refuse(why, EINVAL, "socket, target and index are to be absolute paths", "read extract request", "%s",
			      spec->target ? spec->target : "");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(compression ? compression : "auto", names[i])) {
			spec->compression = (enum extract_compression)i;
			return 0;
		}
	return refuse(why, EINVAL, "neither auto, none, gzip nor zstd", "read extract request", "compression=%s", compression);
}

static int listen_at(const char *path, struct failure *why)
{
	const char *slash = strrchr(path, '/');
	char directory[4096];
	if ((size_t)(slash - path) >= sizeof directory || !slash[1])
		return fail_with(why, EINVAL, NULL, "listen", "%s", path);
	snprintf(directory, sizeof directory, "%.*s", slash == path ? 1 : (int)(slash - path), path);
	return listener_open(directory, slash + 1, why);
}

// A child that serves one client at `path` and dies with the host: 0 with `listener` set in the child, its pid or -1 in
// the host.
static pid_t fork_server(const char *path, const char *title, const char *subject, int *listener, struct failure *why)
{
	OWNED_FD bound = listen_at(path, why);
	if (bound < 0)
		return -1;
	fcntl(bound, F_SETFL, 0);
	pid_t pid = fork();
	if (pid < 0)
		return fail(why, "fork", "%s", title);
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
		title_set(title, subject);
		*listener = bound;
		bound = -1;
	}
	return pid;
}

static int serve_extract(struct host *host, const char *seq, const struct frame *frame, struct failure *why)
{
	struct extract_spec spec = { .rootless = host->in_user_namespace };
	if (read_extraction(frame, &spec, why))
		return -1;
	pid_t pid = fork_server(spec.socket, "darsena-extract", spec.target, &spec.listener, why);
	if (pid < 0)
		return -1;
	if (pid == 0)
		extract_serve(&spec);
	answer_pid(host, seq, "pid", pid);
	return 0;
}

static int read_archive(const struct frame *frame, struct archive_spec *spec, struct failure *why)
{
	const char *form = frame_value(frame, "form");
	spec->socket = frame_value(frame, "socket");
	for (const char *root = NULL; (root = frame_value_after(frame, "root", root));) {
		if (*root != '/' || spec->root_count == ARCHIVE_MOST_ROOTS)
			return refuse(why, EINVAL, "roots are to be at most 512 absolute paths", "read archive request", "%s", root);
		spec->roots[spec->root_count++] = root;
	}
	if (!spec->socket || *spec->socket != '/' || !spec->root_count)
		return refuse(why, EINVAL, "a socket and a root are needed, as absolute paths", "read archive request", "%s",
			      spec->socket ? spec->socket : "");
	spec->form = form && !strcmp(form, "layer") ? ARCHIVE_LAYER : ARCHIVE_PLAIN;
	if (form && spec->form == ARCHIVE_PLAIN && strcmp(form, "plain") != 0)
		return refuse(why, EINVAL, "neither plain nor layer", "read archive request", "form=%s", form);
	return 0;
}

static int serve_archive(struct host *host, const char *seq, const struct frame *frame, struct failure *why)
{
	struct archive_spec spec = { .rootless = host->in_user_namespace };
	if (read_archive(frame, &spec, why))
		return -1;
	pid_t pid = fork_server(spec.socket, "darsena-archive", spec.roots[0], &spec.listener, why);
	if (pid < 0)
		return -1;
	if (pid == 0)
		archive_serve(&spec);
	answer_pid(host, seq, "pid", pid);
	return 0;
}

static int begin_job(struct host *host, const char *seq, const struct frame *frame, job_work work, struct failure *why)
{
	if (host->job_count == MOST_JOBS)
		return refuse(why, EAGAIN, "64 requests of this kind are under way", frame_name(frame), "%s",
			      frame_value(frame, "path") ? frame_value(frame, "path") : "");
	int fd = job_start(frame, seq, host->in_user_namespace, work, why);
	if (fd < 0)
		return -1;
	struct job *job = &host->jobs[host->job_count++];
	*job = (struct job){ .fd = fd, .asked_here = true };
	snprintf(job->seq, sizeof job->seq, "%s", seq);
	return 0;
}

static int check_seq(const char *seq)
{
	long long number;
	return parse_number(seq, 0, 0x7fffffffffffffffll, &number) ? 0 : -1;
}

// -1 with `why` when there is nothing this request could be done in.
static int check_world(const struct host *host, struct failure *why)
{
	if (!host->rootless || host->userns.entered)
		return 0;
	*why = host->userns.refusal;
	return -1;
}

static int serve(struct host *host, const char *seq, const struct frame *frame, struct failure *why)
{
	const char *name = frame_name(frame);
	if (!strcmp(name, "hello")) {
		host->starts = true;
		host_hello(host, seq);
		return 0;
	}
	if (check_world(host, why))
		return -1;
	if (!strcmp(name, "start"))
		return serve_start(host, seq, frame, why);
	if (!strcmp(name, "prepare"))
		return serve_prepare(host, seq);
	if (!strcmp(name, "park"))
		return serve_park(host, seq, frame, why);
	if (!strcmp(name, "unpark"))
		return serve_unpark(host, seq, frame, why);
	if (!strcmp(name, "extract"))
		return serve_extract(host, seq, frame, why);
	if (!strcmp(name, "archive"))
		return serve_archive(host, seq, frame, why);
	if (!strcmp(name, "delete"))
		return begin_job(host, seq, frame, work_delete, why);
	if (!strcmp(name, "usage"))
		return begin_job(host, seq, frame, work_usage, why);
	if (!strcmp(name, "list"))
		return begin_job(host, seq, frame, work_list, why);
	if (!strcmp(name, "revert"))
		return begin_job(host, seq, frame, work_revert, why);
	if (!strcmp(name, "make-dir"))
		return begin_job(host, seq, frame, work_make_dir, why);
	return refuse(why, ENOSYS, "the host does not know this request", "serve", "%s", name);
}

void host_request(struct host *host, const struct frame *frame)
{
	struct failure why = { .number = 0 };
	const char *seq = frame_value(frame, "seq");
	if (check_seq(seq)) {
		refuse(&why, EINVAL, "a request needs a decimal seq", "serve", "%s", frame_name(frame));
		host_answer_error(host, NULL, &why);
		return;
	}
	if (serve(host, seq, frame, &why))
		host_answer_error(host, seq, &why);
}
