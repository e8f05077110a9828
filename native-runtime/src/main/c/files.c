#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "kernel.h"
#include "owned.h"

ssize_t read_full(int fd, char *bytes, size_t size)
{
	size_t used = 0;
	while (used < size) {
		ssize_t count = read(fd, bytes + used, size - used);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -1;
		if (count == 0)
			break;
		used += (size_t)count;
	}
	return (ssize_t)used;
}

ssize_t file_read(int directory, const char *path, char *text, size_t size)
{
	OWNED_FD fd = openat(directory, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	ssize_t count = read_full(fd, text, size - 1);
	if (count >= 0)
		text[count] = '\0';
	return count;
}

int file_write(int directory, const char *path, const char *text, size_t length)
{
	OWNED_FD fd = openat(directory, path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	ssize_t count;
	do
		count = write(fd, text, length);
	while (count < 0 && errno == EINTR);
	if (count < 0)
		return -1;
	if ((size_t)count != length) {
		errno = EIO;
		return -1;
	}
	return 0;
}

static int temporary(const char *name, char fresh[static NAME_MAX + 1])
{
	if (snprintf(fresh, NAME_MAX + 1, "%s.new", name) < NAME_MAX + 1)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}

int file_replace(int directory, const char *name, const char *text, size_t length)
{
	char fresh[NAME_MAX + 1];
	if (temporary(name, fresh))
		return -1;
	{
		// Not truncated before: what file_reserve has taken is written over.
		OWNED_FD fd = openat(directory, fresh, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (fd < 0)
			return -1;
		for (size_t done = 0; done < length;) {
			ssize_t count = write(fd, text + done, length - done);
			if (count < 0 && errno == EINTR)
				continue;
			if (count < 0)
				return -1;
			done += (size_t)count;
		}
		if (ftruncate(fd, (off_t)length))
			return -1;
	}
	return renameat(directory, fresh, directory, name);
}

int file_reserve(int directory, const char *name, size_t length)
{
	char fresh[NAME_MAX + 1];
	if (temporary(name, fresh))
		return -1;
	OWNED_FD fd = openat(directory, fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return -1;
	int error = posix_fallocate(fd, 0, (off_t)length);
	if (error)
		unlinkat(directory, fresh, 0);
	errno = error;
	return error ? -1 : 0;
}

unsigned long long process_start_ticks(pid_t pid)
{
	char path[32], text[1024];
	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	if (file_read(AT_FDCWD, path, text, sizeof text) < 0)
		return 0;
	// The command in parentheses may hold anything; field 22 is counted from behind the last one.
	char *field = strrchr(text, ')');
	for (int number = 2; field && number < 22; number++)
		field = strchr(field + 1, ' ');
	return field ? strtoull(field + 1, NULL, 10) : 0;
}

bool parse_number(const char *text, long long least, long long most, long long *number)
{
	if (!text || !((*text >= '0' && *text <= '9') || (*text == '-' && text[1] >= '0' && text[1] <= '9')))
		return false;
	char *end;
	errno = 0;
	long long value = strtoll(text, &end, 10);
	if (errno || *end || value < least || value > most)
		return false;
	*number = value;
	return true;
}

static int ascending(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;
	return (x > y) - (x < y);
}

// Closes each open descriptor of a range one by one. 0, or -1 with errno.
static int close_each(unsigned first, unsigned last)
{
	DIR *list = opendir("/proc/self/fd");
	if (!list)
		return -1;
	for (struct dirent *entry; (entry = readdir(list));) {
		long long fd;
		if (parse_number(entry->d_name, first, last < INT_MAX ? last : INT_MAX, &fd) && fd != dirfd(list))
			close((int)fd);
	}
	return closedir(list);
}

// Kernels before 5.9 lack close_range.
static int close_range_of(unsigned first, unsigned last)
{
	if (!sys_close_range(first, last, 0))
		return 0;
	return errno == ENOSYS ? close_each(first, last) : -1;
}

int close_all_but(const int *kept, size_t count)
{
	int sorted[16], result = 0;
	for (size_t i = 0; i < count; i++)
		sorted[i] = kept[i];
	qsort(sorted, count, sizeof *sorted, ascending);
	unsigned first = 3;
	for (size_t i = 0; i < count; i++) {
		if (sorted[i] < (int)first)
			continue;
		if ((unsigned)sorted[i] > first)
			result |= close_range_of(first, (unsigned)sorted[i] - 1);
		first = (unsigned)sorted[i] + 1;
	}
	return close_range_of(first, ~0u) | result;
}

static uint64_t clock_ns(clockid_t clock)
{
	struct timespec now;
	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t monotonic_ns(void)
{
	return clock_ns(CLOCK_MONOTONIC);
}

uint64_t wall_clock_ns(void)
{
	return clock_ns(CLOCK_REALTIME);
}
