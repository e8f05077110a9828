// What the archiver sends: chunks as `attach` sends them, of two kinds.
#ifndef DARSENA_ARCHIVE_OUTPUT_H
#define DARSENA_ARCHIVE_OUTPUT_H

#include <stddef.h>

#include "frame.h"

enum { CHUNK_HEADER = 8, CHUNK_ROOM = 128 << 10 };

struct archive_output {
	int fd;
	size_t used; // of `bytes`, the header not counted
	unsigned char bytes[CHUNK_HEADER + CHUNK_ROOM];
};

// All of these: 0, or -1 with errno.
int output_write(struct archive_output *output, const void *bytes, size_t size);
int output_zeros(struct archive_output *output, size_t size);
int output_flush(struct archive_output *output);

// Room for at least one byte, to be filled by the caller and then told by output_filled. Null with errno.
unsigned char *output_room(struct archive_output *output, size_t *size);
void output_filled(struct archive_output *output, size_t size);

// The last chunk: one frame.
int output_end(struct archive_output *output, const struct frame_writer *message);

#endif
