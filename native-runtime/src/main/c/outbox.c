#define _GNU_SOURCE
#include "outbox.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "files.h"

static bool make_room(struct outbox *outbox, size_t more)
{
	size_t needed = outbox->used + more;
	if (needed <= outbox->capacity)
		return true;
	if (needed > OUTBOX_MOST)
		return false;
	size_t capacity = outbox->capacity ? outbox->capacity : 65536;
	while (capacity < needed)
		capacity *= 2;
	char *bytes = realloc(outbox->bytes, capacity);
	if (!bytes)
		return false;
	outbox->bytes = bytes;
	outbox->capacity = capacity;
	return true;
}

static void put(struct outbox *outbox, int stream, const char *bytes, size_t length)
{
	char *end = outbox->bytes + outbox->used;
	const unsigned char header[CHUNK_HEADER] = {
		(unsigned char)stream, 0, 0, 0, (unsigned char)(length >> 24), (unsigned char)(length >> 16),
		(unsigned char)(length >> 8), (unsigned char)length
	};
	memcpy(end, header, sizeof header);
	memcpy(end + sizeof header, bytes, length);
	outbox->used += sizeof header + length;
}

// The client reads again: it is told what it missed, in its place, and gets what comes from now on.
static void catch_up(struct outbox *outbox)
{
	char text[160];
	int length = snprintf(text, sizeof text,
			      "\ndarsena: %llu bytes of output are missing here: this client had not read for too long\n", outbox->left);
	if (!make_room(outbox, CHUNK_HEADER + (size_t)length))
		return;
	put(outbox, 2, text, (size_t)length);
	outbox->behind = false;
	outbox->left = 0;
}

void outbox_add(struct outbox *outbox, int stream, const char *bytes, size_t length)
{
	if (!outbox->behind && !make_room(outbox, CHUNK_HEADER + length))
		outbox->behind = true;
	if (outbox->behind)
		outbox->left += length;
	else
		put(outbox, stream, bytes, length);
}

int outbox_send(struct outbox *outbox, int fd)
{
	size_t done = 0;
	while (done < outbox->used) {
		ssize_t count = send(fd, outbox->bytes + done, outbox->used - done, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0 && errno != EAGAIN)
			return -1;
		if (count < 0)
			break;
		done += (size_t)count;
	}
	outbox->used -= done;
	memmove(outbox->bytes, outbox->bytes + done, outbox->used);
	if (outbox->behind && outbox->used == 0)
		catch_up(outbox);
	if (!outbox_is_full(outbox))
		outbox->stalled_ns = 0;
	else if (done || !outbox->stalled_ns)
		outbox->stalled_ns = monotonic_ns();
	return 0;
}

bool outbox_is_full(const struct outbox *outbox)
{
	return !outbox->behind && outbox->used >= OUTBOX_FULL;
}

void outbox_give_up(struct outbox *outbox)
{
	outbox->behind = true;
	outbox->stalled_ns = 0;
}

void outbox_release(struct outbox *outbox)
{
	free(outbox->bytes);
	*outbox = (struct outbox){ 0 };
}
