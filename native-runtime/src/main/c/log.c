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

enum { PREFIX_MOST = 64, FIRST_LINE_MOST = 40, MOST_NUMBER = 1001 };

static const char CUTTING[] = "log.cutting";

static void file_name(char *name, size_t size, long long number)
{
	if (number == 0)
		snprintf(name, size, "log");
	else
		snprintf(name, size, "log.%lld", number);
}

static int open_file(struct log *log)
{
	log->fd = openat(log->directory, "log", O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
	struct stat facts;
	if (log->fd < 0 || fstat(log->fd, &facts))
		return -1;
	log->size = facts.st_size;
	return 0;
}

// A file that a rotation begins says first how many records came before it: so a reader that is left behind knows how
// many it missed.
static void begin_file(struct log *log)
{
	int length = snprintf(log->batch, LOG_BATCH, "# records %lld\n", log->records);
	ssize_t count = write(log->fd, log->batch, (size_t)length);
	if (count == length)
		log->size += count;
	else if (count > 0 && ftruncate(log->fd, log->size))
		log->size += count;
}

// How many records there are in what stands in the file at `fd` before `end`, with those that came before the file.
static long long records_up_to(struct log *log, int fd, off_t end)
{
	long long before = 0, records = 0;
	for (off_t at = 0; at < end;) {
		size_t wanted = end - at < LOG_BATCH - 1 ? (size_t)(end - at) : LOG_BATCH - 1;
		ssize_t count = pread(fd, log->batch, wanted, at);
		if (count <= 0)
			break;
		log->batch[count] = '\0';
		if (at == 0 && sscanf(log->batch, "# records %lld\n", &before) == 1)
			records = before - 1; // its own line is counted below
		for (char *feed = log->batch; (feed = memchr(feed, '\n', (size_t)(log->batch + count - feed))); feed++)
			records++;
		at += count;
	}
	return records;
}

// Where the first whole record at or after `at` begins; -1: there is none.
static off_t next_record(struct log *log, int fd, off_t at)
{
	ssize_t count;
	for (; (count = pread(fd, log->batch, LOG_BATCH, at)) > 0; at += count) {
		char *feed = memchr(log->batch, '\n', (size_t)count);
		if (feed)
			return at + (feed - log->batch) + 1;
	}
	return -1;
}

// Writes the records from `at` on as a file that says how many came before them.
static bool copy_tail(struct log *log, int from, int to, off_t at)
{
	int length = snprintf(log->batch, LOG_BATCH, "# records %lld\n", records_up_to(log, from, at));
	ssize_t count = length;
	do {
		if (write(to, log->batch, (size_t)count) != count)
			return false;
		count = pread(from, log->batch, LOG_BATCH, at);
		at += count;
	} while (count > 0);
	return count == 0;
}

// Leaves of a file that is larger than this run's files may be what was written last, in whole records; without room
// for the copy, nothing.
static void cut(struct log *log, const char *name, off_t size)
{
	OWNED_FD from = openat(log->directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	OWNED_FD to = openat(log->directory, CUTTING, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	off_t at = from < 0 || to < 0 ? -1 : next_record(log, from, size - log->most_size + FIRST_LINE_MOST);
	if (at >= 0 && copy_tail(log, from, to, at) && !renameat(log->directory, CUTTING, log->directory, name))
		return;
	unlinkat(log->directory, CUTTING, 0);
	unlinkat(log->directory, name, 0);
}

// Earlier runs may have had a wider bound: a file that is too large keeps its end, and the oldest go, as far as this
// run's bound asks for.
static void keep_bound(struct log *log)
{
	char name[32];
	struct stat facts;
	bool beyond = false;
	for (long long number = 0; log->most_size > 0 && number < MOST_NUMBER; number++) {
		file_name(name, sizeof name, number);
		if (fstatat(log->directory, name, &facts, AT_SYMLINK_NOFOLLOW)) {
			if (number == 0)
				continue;
			break;
		}
		beyond |= number >= log->most_files;
		if (beyond) {
			unlinkat(log->directory, name, 0);
		} else if (facts.st_size > log->most_size) {
			cut(log, name, facts.st_size);
			beyond = true;
		}
	}
}

int log_open(struct log *log, int directory, long long most_size, long long most_files, struct failure *why)
{
	log->directory = directory;
	log->most_size = most_size;
	log->most_files = most_files;
	log->used = 0;
	keep_bound(log);
	if (open_file(log))
		return fail(why, "open log", "log in the container's state directory");
	log->records = records_up_to(log, log->fd, log->size);
	return 0;
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

// A failed rename leaves the present file in use: it begins anew, so that the bound holds.
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
	if (open_file(log) == 0 && log->size > 0 && ftruncate(log->fd, 0) == 0)
		log->size = 0;
	if (log->fd >= 0)
		begin_file(log);
}

static size_t write_prefix(char *prefix, const struct timespec *now, const char *stream, char flag)
{
	struct tm time;
	gmtime_r(&now->tv_sec, &time);
	size_t used = strftime(prefix, PREFIX_MOST, "%Y-%m-%dT%H:%M:%S", &time);
	return used + (size_t)snprintf(prefix + used, PREFIX_MOST - used, ".%09ldZ %s %c ", now->tv_nsec, stream, flag);
}

// A file that a rotation could not begin (no descriptor, no inode left) is begun as soon as it can be. Until then no other
// rotation may come: each would push the oldest file out, and put nothing in its place.
static bool has_file(struct log *log)
{
	if (log->fd >= 0)
		return true;
	if (open_file(log))
		return false;
	if (log->size == 0)
		begin_file(log);
	return true;
}

// What finds no file is lost, and counted.
static void add_record(struct log *log, const char *prefix, size_t prefix_length, const char *text, size_t length)
{
	size_t whole = prefix_length + length + 1;
	bool there = has_file(log);
	if (there && log->most_size > 0 && log->size + (long long)(log->used + whole) > log->most_size) {
		flush(log);
		if (log->size > 0)
			rotate(log);
		there = log->fd >= 0;
	}
	if (!there) {
		log->records++;
		return;
	}
	if (log->used + whole > LOG_BATCH)
		flush(log);
	char *end = log->batch + log->used;
	memcpy(end, prefix, prefix_length);
	memcpy(end + prefix_length, text, length);
	end[whole - 1] = '\n';
	log->used += whole;
	log->records++;
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
