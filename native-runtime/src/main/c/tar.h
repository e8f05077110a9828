// Entries of a tar stream: ustar, GNU and pax, as container tools write them. Every number is bounded and checked; names
// are as the archive has them, unclean.
#ifndef DARSENA_TAR_H
#define DARSENA_TAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "decode.h"
#include "error.h"

enum tar_type {
	TAR_FILE = 'f',
	TAR_DIRECTORY = 'd',
	TAR_SYMLINK = 'l',
	TAR_HARDLINK = 'h',
	TAR_CHARACTER = 'c',
	TAR_BLOCK = 'b',
	TAR_FIFO = 'p',
};

struct tar_xattr {
	const char *name;
	const char *value;
	size_t size;
};

// A run of bytes that a sparse file really has.
struct tar_extent {
	uint64_t offset;
	uint64_t length;
};

struct tar_entry {
	enum tar_type type;
	const char *path;
	const char *link; // of a link, else empty
	uint32_t mode;
	uint32_t uid, gid;
	int64_t mtime;
	uint32_t mtime_ns;
	uint32_t major, minor;
	uint64_t size; // of the file when it is written
	bool sparse;
	const struct tar_extent *extents;
	size_t extent_count;
	const struct tar_xattr *xattrs;
	size_t xattr_count;
};

struct tar_reader;

struct tar_reader *tar_new(struct decoder *source);
void tar_free(struct tar_reader *reader);

static inline void tar_owned(struct tar_reader **reader)
{
	tar_free(*reader);
}

// Goes to the next entry, past what was not read of the last. 1 and `entry`, valid until the next call; 0 at the archive's
// end; -1 with a reason.
int tar_next(struct tar_reader *reader, struct tar_entry *entry, struct failure *why);

// The next bytes of the entry's data, valid until the next call. How many, 0 at the end of the data, -1 with a reason.
ssize_t tar_data(struct tar_reader *reader, const unsigned char **bytes, struct failure *why);

#endif
