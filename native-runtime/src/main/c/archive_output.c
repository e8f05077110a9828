#include "archive_output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { KIND_TAR = 1, KIND_END = 2 };

static void put_header(unsigned char *header, unsigned char kind, size_t size)
{
	const unsigned char bytes[CHUNK_HEADER] = { kind, 0, 0, 0, (unsigned char)(size >> 24), (unsigned char)(size >> 16),
						    (unsigned char)(size >> 8), (unsigned char)size };
	memcpy(header, bytes, sizeof bytes);
}

static int send_all(int fd, const void *bytes, size_t size)
{
	for (const unsigned char *at = bytes; size > 0;) {
		ssize_t count = write(fd, at, size);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -1;
		at += count;
		size -= (size_t)count;
	}
	return 0;
}

int output_flush(struct archive_output *output)
{
	if (output->used == 0)
		return 0;
	put_header(output->bytes, KIND_TAR, output->used);
	size_t size = CHUNK_HEADER + output->used;
	output->used = 0;
	return send_all(output->fd, output->bytes, size);
}

unsigned char *output_room(struct archive_output *output, size_t *size)
{
	if (output->used == CHUNK_ROOM && output_flush(output))
		return NULL;
	*size = CHUNK_ROOM - output->used;
	return output->bytes + CHUNK_HEADER + output->used;
}

void output_filled(struct archive_output *output, size_t size)
{
	output->used += size;
}

int output_write(struct archive_output *output, const void *bytes, size_t size)
{
	for (const unsigned char *at = bytes; size > 0;) {
		size_t room;
		unsigned char *into = output_room(output, &room);
		if (!into)
			return -1;
		size_t part = size < room ? size : room;
		memcpy(into, at, part);
		output_filled(output, part);
		at += part;
		size -= part;
	}
	return 0;
}

int output_zeros(struct archive_output *output, size_t size)
{
	while (size > 0) {
		size_t room;
		unsigned char *into = output_room(output, &room);
		if (!into)
			return -1;
		size_t part = size < room ? size : room;
		memset(into, 0, part);
		output_filled(output, part);
		size -= part;
	}
	return 0;
}

int output_end(struct archive_output *output, const struct frame_writer *message)
{
	unsigned char header[CHUNK_HEADER];
	put_header(header, KIND_END, message->used);
	if (output_flush(output) || send_all(output->fd, header, sizeof header))
		return -1;
	return send_all(output->fd, message->bytes, message->used);
}
