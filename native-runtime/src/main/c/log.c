#define _GNU_SOURCE
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "owned.h"

enum { PREFIX_MOST = 64 };

static int open_file(struct log *log)
{
	log->fd = openat(log->directory, "log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
	struct stat facts;
	if (log->fd < 0 || fstat(log->fd, &facts))
		return -1;
	log->size = facts.st_size;
	return 0;
}

int log_open(struct log *log, int directory, long long most_size, long long most_files, struct failure *why)
{
	log->directory = directory;
	log->most_size = most_size;
	log->most_files = most_files;
	log->used = 0;
	return open_file(log) ? fail(why, "open log", "log in the container's state directory") : 0;
}

void log_close(struct log *log)
{
	if (log->fd >= 0)
		close(log->fd);
	log->fd = -1;
}

// Whole records only: after a short write (a full disk) the torn end is cut off again and the rest is lost.
static void flush(struct log *log)
{
	size_t used = log->used;
	log->used = 0;
	if (used == 0 || log->fd < 0)
		return;
	ssize_t count;
	do
		count = write(log->fd, log->batch, used);
	while (count < 0 && errno == EINTR);
	if (count == (ssize_t)used) {
		log->size += count;
		return;
	}
	size_t whole = count > 0 ? (size_t)count : 0;
	while (whole > 0 && log->batch[whole - 1] != '\n')
		whole--;
	if (count > 0 && ftruncate(log->fd, log->size + (off_t)whole) == 0)
		log->size += (off_t)whole;
}

static void file_name(char *name, size_t size, long long number)
{
	if (number == 0)
		snprintf(name, size, "log");
	else
		snprintf(name, size, "log.%lld", number);
}

// A failed rename leaves the present file in use: the log grows rather than breaks.
static void rotate(struct log *log)
{
	char from[32], to[32];
	log_close(log);
	if (log->most_files <= 1) {
		unlinkat(log->directory, "log", 0);
	} else {
		for (long long number = log->most_files - 1; number > 0; number--) {
			file_name(from, sizeof from, number - 1);
			file_name(to, sizeof to, number);
			renameat(log->directory, from, log->directory, to);
		}
	}
	open_file(log);
}

static size_t write_prefix(char *prefix, const struct timespec *now, const char *stream, char flag)
{
	struct tm time;
	gmtime_r(&now->tv_sec, &time);
	size_t used = strftime(prefix, PREFIX_MOST, "%Y-%m-%dT%H:%M:%S", &time);
	return used + (size_t)snprintf(prefix + used, PREFIX_MOST - used, ".%09ldZ %s %c ", now->tv_nsec, stream, flag);
}

static void add_record(struct log *log, const char *prefix, size_t prefix_length, const char *text, size_t length)
{
	size_t whole = prefix_length + length + 1;
	if (log->most_size > 0 && log->size + (long long)(log->used + whole) > log->most_size) {
		flush(log);
		if (log->size > 0)
			rotate(log);
	}
	if (log->used + whole > LOG_BATCH)
		flush(log);
	char *end = log->batch + log->used;
	memcpy(end, prefix, prefix_length);
	memcpy(end + prefix_length, text, length);
	end[whole - 1] = '\n';
	log->used += whole;
}

static void add_line(struct log *log, const struct log_stream *stream, const struct timespec *now, char flag, const char *text,
		     size_t length)
{
	char prefix[PREFIX_MOST];
	size_t prefix_length = write_prefix(prefix, now, stream->name, flag);
	add_record(log, prefix, prefix_length, text, length);
}

ssize_t log_read(struct log_stream *stream, int fd)
{
	ssize_t count;
	do
		count = read(fd, stream->line + stream->used, LOG_PART - stream->used);
	while (count < 0 && errno == EINTR);
	return count;
}

void log_take(struct log *log, struct log_stream *stream, size_t count)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	char prefix[PREFIX_MOST];
	size_t prefix_length = write_prefix(prefix, &now, stream->name, 'F');
	char *begin = stream->line, *end = stream->line + stream->used + count;
	for (char *feed; (feed = memchr(begin, '\n', (size_t)(end - begin))); begin = feed + 1)
		add_record(log, prefix, prefix_length, begin, (size_t)(feed - begin));
	stream->used = (size_t)(end - begin);
	if (stream->used == LOG_PART) {
		add_line(log, stream, &now, 'P', begin, LOG_PART);
		stream->used = 0;
	} else if (begin != stream->line) {
		memmove(stream->line, begin, stream->used);
	}
	flush(log);
}

void log_finish(struct log *log, struct log_stream *stream)
{
	struct timespec now;
	if (stream->used == 0)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	add_line(log, stream, &now, 'F', stream->line, stream->used);
	stream->used = 0;
	flush(log);
}
