// Clients that are attached to a container's output get every byte of it, past the log: what one has not taken holds the
// container up, as a full pipe would, but not for ever.
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files.h"
#include "kernel.h"
#include "monitor.h"

enum { DEFAULT_PATIENCE_MS = 300000, LONGEST_PATIENCE_MS = 86400000 };
static const uint64_t hold_ns = 10000000000u;

int attached_add(struct monitor *monitor, struct client *client, const struct frame *frame, struct failure *why)
{
	const char *patience = frame_value(frame, "patience-ms"), *output = frame_value(frame, "stdout"),
		   *errors = frame_value(frame, "stderr");
	long long milliseconds = DEFAULT_PATIENCE_MS;
	if (patience && !parse_number(patience, 1, LONGEST_PATIENCE_MS, &milliseconds))
		return refuse(why, EINVAL, "not a number in its range", "attach", "patience-ms=%s", patience);
	client->streams = (!output || strcmp(output, "0") ? 1 : 0) | (!errors || strcmp(errors, "0") ? 2 : 0);
	client->patience_ns = (uint64_t)milliseconds * 1000000u;
	if (monitor->awaited > 0)
		monitor->awaited--;
	return 0;
}

void attached_feed(struct monitor *monitor, int output, const char *bytes, size_t length)
{
	for (size_t i = 0; i < monitor->client_count; i++) {
		struct client *client = &monitor->clients[i];
		if (client->fd < 0 || !(client->streams & 1 << output))
			continue;
		outbox_add(&client->outbox, output + 1, bytes, length);
		if (outbox_send(&client->outbox, client->fd))
			client_drop(client);
	}
}

void attached_send(struct client *client)
{
	if (client->fd >= 0 && client->streams && outbox_send(&client->outbox, client->fd))
		client_drop(client);
}

// Those that were announced with the start get all from the first byte on; one that does not come is not waited for long.
static bool awaits(const struct monitor *monitor)
{
	return monitor->awaited > 0 && monotonic_ns() < monitor->begun_ns + hold_ns;
}

// When the first process has ended, what is left in its pipes is little: then nothing is held up any more.
bool attached_hold(const struct monitor *monitor)
{
	if (awaits(monitor))
		return true;
	for (size_t i = 0; !monitor->ended && i < monitor->client_count; i++)
		if (monitor->clients[i].fd >= 0 && monitor->clients[i].streams && outbox_is_full(&monitor->clients[i].outbox))
			return true;
	return false;
}

static uint64_t sooner(uint64_t one, uint64_t other)
{
	return one == 0 || other < one ? other : one;
}

uint64_t attached_deadline_ns(const struct monitor *monitor)
{
	uint64_t deadline = awaits(monitor) ? monitor->begun_ns + hold_ns : 0;
	for (size_t i = 0; i < monitor->client_count; i++) {
		const struct client *client = &monitor->clients[i];
		if (client->fd >= 0 && client->outbox.stalled_ns)
			deadline = sooner(deadline, client->outbox.stalled_ns + client->patience_ns);
	}
	return deadline;
}

void attached_lose_patience(struct monitor *monitor)
{
	uint64_t now = monotonic_ns();
	for (size_t i = 0; i < monitor->client_count; i++) {
		struct client *client = &monitor->clients[i];
		if (client->outbox.stalled_ns && now >= client->outbox.stalled_ns + client->patience_ns)
			outbox_give_up(&client->outbox);
	}
}

// The container is over and everybody else has been told: the slow ones get the rest, however long they take; who has it
// all, or has gone, is let go.
void attached_drain(struct monitor *monitor)
{
	for (;;) {
		struct pollfd polls[MOST_CLIENTS];
		nfds_t waiting = 0;
		for (size_t i = 0; i < monitor->client_count; i++) {
			struct client *client = &monitor->clients[i];
			attached_send(client);
			if (client->fd >= 0 && client->streams && client->outbox.used > 0)
				polls[waiting++] = (struct pollfd){ client->fd, POLLOUT, 0 };
			else
				client_drop(client);
		}
		if (waiting == 0)
			return;
		poll(polls, waiting, -1);
	}
}
