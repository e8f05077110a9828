#define _GNU_SOURCE
#include "deep_path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "kernel.h"
#include "owned.h"

// The C library's openat where nothing is to be refused: kernels and filters know it longer.
static int open_piece(int directory, const char *path, int flags, unsigned resolve)
{
	if (!resolve)
		return openat(directory, path, flags | O_CLOEXEC);
	return sys_openat2(directory, path, flags | O_CLOEXEC, 0, resolve);
}

// How much of a path, up to a slash, the kernel takes at once. 0: no name in it ends in time.
static size_t piece_of(const char *path)
{
	size_t length = PATH_MAX - 1;
	while (length > 0 && path[length] != '/')
		length--;
	return length;
}

int deep_reach(int root, const char **path, unsigned resolve, int *held)
{
	while (strnlen(*path, PATH_MAX) >= PATH_MAX) {
		char piece[PATH_MAX];
		size_t length = piece_of(*path);
		if (!length) {
			errno = ENAMETOOLONG;
			return -1;
		}
		memcpy(piece, *path, length);
		piece[length] = '\0';
		int next = open_piece(*held >= 0 ? *held : root, piece, O_PATH | O_DIRECTORY, resolve);
		close_owned(held);
		*held = next;
		if (next < 0)
			return -1;
		*path += length + strspn(*path + length, "/");
	}
	return *held >= 0 ? *held : root;
}

int deep_open(int root, const char *path, int flags, unsigned resolve)
{
	OWNED_FD held = -1;
	int from = deep_reach(root, &path, resolve, &held);
	return from < 0 ? -1 : open_piece(from, *path ? path : ".", flags, resolve);
}
