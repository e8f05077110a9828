// What is released when its variable leaves scope, on every path.
#ifndef DARSENA_OWNED_H
#define DARSENA_OWNED_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static inline void close_owned(int *fd)
{
	if (*fd >= 0) {
		int kept = errno;
		close(*fd);
		errno = kept;
	}
}

static inline void free_owned(void *pointer)
{
	free(*(void **)pointer);
}

static inline void fclose_owned(FILE **stream)
{
	if (*stream) {
		int kept = errno;
		fclose(*stream);
		errno = kept;
	}
}

#define OWNED_FD __attribute__((cleanup(close_owned))) int
#define OWNED_MEMORY __attribute__((cleanup(free_owned)))
#define OWNED_STREAM __attribute__((cleanup(fclose_owned))) FILE

// Hands an owned descriptor on: the variable no longer closes it.
static inline int disown_fd(int *fd)
{
	int value = *fd;
	*fd = -1;
	return value;
}

#endif
