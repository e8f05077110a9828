// What a monitor's clients hear and ask. No client is ever waited for.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include "files.h"
#include "kernel.h"
#include "listener.h"
#include "monitor.h"

static void add_steps(struct frame_writer *message, const struct monitor *monitor)
{
	char text[STEP_TEXT];
	for (size_t i = 0; monitor_step(monitor, i, text); i++)
		frame_field(message, "step", "%s", text);
}

static void write_state(struct frame_writer *message, const struct monitor *monitor, enum monitor_state state)
{
	static const char *const names[] = { "starting", "running", "failed", "exited" };
	frame_begin(message, names[state]);
	frame_field(message, "run", "%lld", monitor->run);
	switch (state) {
	case MONITOR_STARTING:
		break;
	case MONITOR_RUNNING:
		frame_field(message, "pid", "%d", (int)monitor->pid);
		frame_field(message, "start-ticks", "%llu", monitor->start_ticks);
		frame_field(message, "started-ns", "%llu", (unsigned long long)monitor->started_ns);
		add_steps(message, monitor);
		break;
	case MONITOR_FAILED:
		failure_write(message, &monitor->progress->failure);
		break;
	case MONITOR_EXITED:
		frame_field(message, "code", "%d", monitor->code);
		frame_field(message, "signal", "%d", monitor->signal);
		frame_field(message, "exited-ns", "%llu", (unsigned long long)monitor->exited_ns);
		frame_field(message, "started-ns", "%llu", (unsigned long long)monitor->started_ns);
		add_steps(message, monitor);
		break;
	}
}

void client_drop(struct client *client)
{
	if (client->fd >= 0)
		close(client->fd);
	client->fd = -1;
	frame_reader_release(&client->reader);
	outbox_release(&client->outbox);
}

// A message that the socket does not take whole at once means a client that does not read.
static void send_message(struct client *client, struct frame_writer *message)
{
	if (client->fd < 0)
		return;
	if (frame_end(message) ||
	    send(client->fd, message->bytes, message->used, MSG_DONTWAIT | MSG_NOSIGNAL) != (ssize_t)message->used)
		client_drop(client);
}

void clients_tell(struct monitor *monitor)
{
	OWNED_FRAME message = { 0 };
	write_state(&message, monitor, monitor->state);
	for (size_t i = 0; i < monitor->client_count; i++)
		if (!monitor->clients[i].streams)
			send_message(&monitor->clients[i], &message);
}

void clients_drop_closed(struct monitor *monitor)
{
	size_t kept = 0;
	for (size_t i = 0; i < monitor->client_count; i++)
		if (monitor->clients[i].fd >= 0)
			monitor->clients[kept++] = monitor->clients[i];
	monitor->client_count = kept;
}

// With every place taken the oldest client makes room: it may connect again.
void clients_accept(struct monitor *monitor)
{
	OWNED_FRAME message = { 0 };
	for (int fd; (fd = listener_accept(monitor->listener)) >= 0;) {
		if (monitor->client_count == MOST_CLIENTS) {
			client_drop(&monitor->clients[0]);
			clients_drop_closed(monitor);
		}
		struct client *client = &monitor->clients[monitor->client_count++];
		*client = (struct client){ .fd = fd };
		monitor->met_client = true;
		// Who comes after a short run's end still learns how it began.
		if (monitor->state == MONITOR_EXITED) {
			write_state(&message, monitor, MONITOR_RUNNING);
			send_message(client, &message);
		}
		write_state(&message, monitor, monitor->state);
		send_message(client, &message);
	}
}

static void answer_ok(struct client *client, const char *seq)
{
	OWNED_FRAME message = { 0 };
	frame_begin(&message, "ok");
	frame_field(&message, "seq", "%s", seq);
	send_message(client, &message);
}

static void answer_error(struct client *client, const char *seq, const struct failure *why)
{
	OWNED_FRAME message = { 0 };
	frame_begin(&message, "error");
	if (seq)
		frame_field(&message, "seq", "%s", seq);
	failure_write(&message, why);
	send_message(client, &message);
}

static int send_signal(const struct monitor *monitor, const struct frame *frame, struct failure *why)
{
	const char *text = frame_value(frame, "signal");
	long long number;
	if (!parse_number(text, 1, 64, &number))
		return refuse(why, EINVAL, "not a signal's number", "signal", "%s", text ? text : "");
	if (monitor->ended)
		return 0;
	if (monitor->pidfd < 0)
		return refuse(why, EAGAIN, "the first process is not born yet", "signal", "%lld", number);
	if (sys_pidfd_send_signal(monitor->pidfd, (int)number) && errno != ESRCH)
		return fail(why, "signal", "%lld", number);
	return 0;
}

static void serve_request(struct monitor *monitor, struct client *client, const struct frame *frame)
{
	struct failure why = { .number = 0 };
	const char *seq = frame_value(frame, "seq");
	int result;
	if (!seq || client->streams) // who is attached hears no more frames
		return;
	if (!strcmp(frame_name(frame), "signal"))
		result = send_signal(monitor, frame, &why);
	else if (!strcmp(frame_name(frame), "attach"))
		result = attached_add(monitor, client, frame, &why);
	else if (!strcmp(frame_name(frame), "ping"))
		result = 0;
	else
		result = refuse(&why, ENOSYS, "a monitor does not know this request", "serve", "%s", frame_name(frame));
	if (result)
		answer_error(client, seq, &why);
	else
		answer_ok(client, seq);
}

void client_serve(struct monitor *monitor, size_t index)
{
	struct client *client = &monitor->clients[index];
	int count = frame_read(&client->reader, client->fd);
	if (count < 0 && errno == EAGAIN)
		return;
	struct frame frame;
	enum frame_state state = FRAME_INCOMPLETE;
	while (count > 0 && client->fd >= 0 && (state = frame_next(&client->reader, &frame)) == FRAME_COMPLETE) {
		serve_request(monitor, client, &frame);
		if (client->fd >= 0)
			frame_consume(&client->reader, &frame);
	}
	if (state > FRAME_COMPLETE) {
		struct failure why = { .number = 0 };
		refuse(&why, EPROTO, frame_state_reason(state), "read frame", "from a client");
		answer_error(client, NULL, &why);
	}
	if (count <= 0 || state > FRAME_COMPLETE)
		client_drop(client);
}
