#define _GNU_SOURCE
#include "tree_scan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernel.h"
#include "owned.h"
#include "tree_walk.h"

struct scan_level {
	int fd;
	size_t path; // how much of the scan's path is that of the directory
	char *text;  // its names, one behind the other
	const char **names;
	size_t count, next;
};

int scan_prepare(struct failure *why)
{
	return chdir("/proc/self/fd") ? fail(why, "change directory", "/proc/self/fd") : 0;
}

int scan_open(int held, int flags)
{
	char number[16];
	snprintf(number, sizeof number, "%d", held);
	return open(number, flags | O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

bool scan_is_gone(int number)
{
	return number == ENOENT || number == ENOTDIR || number == ELOOP || number == EXDEV || number == ESTALE;
}

bool scan_is_closed(int number)
{
	return number == EACCES || number == EPERM || number == EMFILE || number == ENAMETOOLONG;
}

static void free_level(struct scan_level *level)
{
	close(level->fd);
	free(level->text);
	free(level->names);
}

static void forget_entry(struct scan *scan)
{
	if (scan->fd >= 0)
		close(scan->fd);
	scan->fd = -1;
}

void scan_free(struct scan *scan)
{
	if (!scan)
		return;
	forget_entry(scan);
	while (scan->depth > 0)
		free_level(&scan->levels[--scan->depth]);
	free(scan->levels);
	free(scan);
}

// All names of a directory, each ended by NUL. How many, or -1 with errno. One that was removed has none.
static ssize_t read_text(int directory, char **text, size_t *used)
{
	OWNED_MEMORY char *buffer = malloc(WALK_READ_SIZE);
	size_t room = 0, count = 0;
	if (!buffer)
		return -1;
	long size;
	while ((size = syscall(SYS_getdents64, directory, buffer, WALK_READ_SIZE)) > 0) {
		if (room - *used < (size_t)size) { // a record is longer than its name
			room = room * 2 + (size_t)size;
			char *more = realloc(*text, room);
			if (!more)
				return -1;
			*text = more;
		}
		for (long at = 0; at < size;) {
			const struct walk_entry *entry = (const struct walk_entry *)(buffer + at);
			at += entry->length;
			if (walk_is_dots(entry->name))
				continue;
			size_t length = strlen(entry->name) + 1;
			memcpy(*text + *used, entry->name, length);
			*used += length;
			count++;
		}
	}
	return size < 0 && errno != ENOENT ? -1 : (ssize_t)count;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int read_names(struct scan_level *level)
{
	size_t used = 0;
	ssize_t count = read_text(level->fd, &level->text, &used);
	if (count <= 0)
		return (int)count;
	level->names = malloc((size_t)count * sizeof *level->names);
	if (!level->names)
		return -1;
	const char *name = level->text;
	for (ssize_t i = 0; i < count; i++, name += strlen(name) + 1)
		level->names[i] = name;
	qsort(level->names, (size_t)count, sizeof *level->names, by_bytes);
	level->count = (size_t)count;
	return 0;
}

// Takes the directory, whatever comes of it.
static int push(struct scan *scan, int directory, struct failure *why)
{
	struct scan_level level = { .fd = directory, .path = strlen(scan->path) };
	if (scan->depth == scan->room) {
		size_t room = scan->room ? scan->room * 2 : 16;
		struct scan_level *more = realloc(scan->levels, room * sizeof *more);
		if (!more) {
			close(directory);
			return fail_with(why, ENOMEM, NULL, "walk", "%s", scan->path);
		}
		scan->levels = more;
		scan->room = room;
	}
	if (read_names(&level)) {
		int number = errno;
		free_level(&level);
		if (scan_is_closed(number)) {
			scan->skipped++;
			return 0;
		}
		return fail_with(why, number, NULL, "read directory", "%s", scan->path);
	}
	scan->levels[scan->depth++] = level;
	return 0;
}

struct scan *scan_new(int directory, const char *path, struct failure *why)
{
	struct scan *scan = calloc(1, sizeof *scan);
	if (!scan || strlen(path) >= sizeof scan->path) {
		close(directory);
		free(scan);
		fail_with(why, scan ? ENAMETOOLONG : ENOMEM, NULL, "walk", "%s", path);
		return NULL;
	}
	scan->fd = -1;
	strcpy(scan->path, path);
	if (push(scan, directory, why)) {
		scan_free(scan);
		return NULL;
	}
	return scan;
}

static int append_name(struct scan *scan, const struct scan_level *level, const char *name)
{
	size_t length = level->path, more = strlen(name);
	if (length + 1 + more >= sizeof scan->path)
		return -1;
	if (length)
		scan->path[length++] = '/';
	memcpy(scan->path + length, name, more + 1);
	return 0;
}

static int hold(struct scan *scan, int directory, const char *name)
{
	scan->fd = sys_openat2(directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC, 0, RESOLVE_NO_XDEV | RESOLVE_NO_SYMLINKS);
	return scan->fd < 0 ? -1 : fstat(scan->fd, &scan->status);
}

int scan_next(struct scan *scan, struct failure *why)
{
	while (scan->depth > 0) {
		struct scan_level *level = &scan->levels[scan->depth - 1];
		forget_entry(scan);
		if (level->next == level->count) {
			free_level(level);
			scan->depth--;
			continue;
		}
		const char *name = level->names[level->next++];
		if (append_name(scan, level, name))
			scan->skipped++;
		else if (!hold(scan, level->fd, name))
			return 1;
		else if (scan_is_closed(errno))
			scan->skipped++;
		else if (!scan_is_gone(errno))
			return fail(why, "open", "%s", scan->path);
	}
	return 0;
}

int scan_enter(struct scan *scan, struct failure *why)
{
	int directory = scan_open(scan->fd, O_DIRECTORY);
	if (directory >= 0)
		return push(scan, directory, why);
	if (scan_is_closed(errno))
		scan->skipped++;
	else if (!scan_is_gone(errno))
		return fail(why, "open", "%s", scan->path);
	return 0;
}
