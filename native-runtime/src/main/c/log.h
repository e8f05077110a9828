// The container's log: CRI lines, appended and rotated by one writer.
#ifndef DARSENA_LOG_H
#define DARSENA_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "error.h"

enum { LOG_PART = 16384, LOG_BATCH = 65536 };

struct log {
	int directory; // not owned
	int fd;
	long long size, most_size, most_files;
	long long records; // ever written to this log, the removed ones too
	size_t used;
	char batch[LOG_BATCH];
};

// One of the container's streams, cut into lines.
struct log_stream {
	const char *name;
	size_t used;
	char line[LOG_PART];
};

int log_open(struct log *log, int directory, long long most_size, long long most_files, struct failure *why);
void log_close(struct log *log);

// Reads once from a pipe, behind what stands in the stream's line. The count; 0: the end; -1: errno.
ssize_t log_read(struct log_stream *stream, int fd);

// Logs the whole lines in what was read.
void log_take(struct log *log, struct log_stream *stream, size_t count);

// Logs what stands without a line feed behind it.
void log_finish(struct log *log, struct log_stream *stream);

#endif
