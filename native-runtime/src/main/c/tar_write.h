// Headers of a tar as POSIX.1 has them: ustar, and before it an extended header (pax) for what ustar cannot say.
#ifndef DARSENA_TAR_WRITE_H
#define DARSENA_TAR_WRITE_H

#include <stdlib.h>

#include "tar.h"

// Grows as needed; starts zeroed.
struct tar_bytes {
	char *bytes;
	size_t used, room;
};

static inline void tar_bytes_release(struct tar_bytes *bytes)
{
	free(bytes->bytes);
}

// Puts the entry's header in place of what was there. A directory's name gets its slash here. Data and its padding are the
// caller's. 0, or -1 with errno.
int tar_write_header(struct tar_bytes *into, const struct tar_entry *entry);

// How many zeros follow data of this size.
static inline size_t tar_padding(uint64_t size)
{
	return (size_t)((512 - size % 512) % 512);
}

#endif
